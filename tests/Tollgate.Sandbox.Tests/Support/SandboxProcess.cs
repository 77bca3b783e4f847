using System.Diagnostics;

namespace Tollgate.Sandbox.Tests.Support;

/// <summary>The Sandbox's executable in a process of its own.</summary>
internal sealed class SandboxProcess : IDisposable
{
    private readonly Process process;

    private SandboxProcess(Process process) => this.process = process;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static SandboxProcess Start(params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet")
        {
            UseShellExecute = false,
            RedirectStandardError = true,
            RedirectStandardOutput = true,
        };
        start.ArgumentList.Add(Path.Combine(AppContext.BaseDirectory, "Tollgate.Sandbox.Tool.dll"));
        Array.ForEach(arguments, start.ArgumentList.Add);
        return new SandboxProcess(Process.Start(start)!);
    }

    /// <summary>Where it answers, as its first line says.</summary>
    public async Task<Uri> AddressAsync()
    {
        var line =
            await process.StandardOutput.ReadLineAsync(Token) ?? await process.StandardError.ReadToEndAsync(Token);
        return new Uri(line[line.IndexOf("http", StringComparison.Ordinal)..]);
    }

    /// <summary>Waits until it ends by itself.</summary>
    public async Task<(int Code, string Error)> EndAsync()
    {
        var error = await process.StandardError.ReadToEndAsync(Token);
        await process.WaitForExitAsync(Token);
        return (process.ExitCode, error);
    }

    public async Task KillAsync()
    {
        process.Kill();
        await process.WaitForExitAsync(Token);
    }

    public void Dispose()
    {
        if (!process.HasExited)
        {
            process.Kill();
        }

        process.Dispose();
    }
}
