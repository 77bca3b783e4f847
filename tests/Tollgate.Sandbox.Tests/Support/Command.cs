using System.Diagnostics;

namespace Tollgate.Sandbox.Tests.Support;

/// <summary>How a command ended: its exit code, and what it wrote to standard output and standard error.</summary>
internal sealed record Ended(int Code, string Output, string Error)
{
    public string All => $"exit code {Code}\n{Output}\n{Error}";
}

/// <summary>A command of this machine, run to its end with nothing on standard input.</summary>
internal static class Command
{
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(5);

    /// <summary>What keeps the official tools on this machine: no telemetry, no check for newer versions.</summary>
    public static IReadOnlyDictionary<string, string> Offline { get; } =
        new Dictionary<string, string>(StringComparer.Ordinal)
        {
            // Nothing listens there. Loopback addresses never go through a proxy.
            ["HTTP_PROXY"] = "http://127.0.0.1:9",
            ["HTTPS_PROXY"] = "http://127.0.0.1:9",
            ["NO_PROXY"] = "127.0.0.1",
            ["STRIPE_CLI_TELEMETRY_OPTOUT"] = "true",
        };

    public static async Task<Ended> RunAsync(
        string file,
        IEnumerable<string> arguments,
        string? folder = null,
        IReadOnlyDictionary<string, string>? environment = null,
        CancellationToken cancellationToken = default
    )
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(Longest);
        using var process = Start(file, arguments, folder, environment);
        process.StandardInput.Close();
        try
        {
            var output = process.StandardOutput.ReadToEndAsync(limit.Token);
            var error = process.StandardError.ReadToEndAsync(limit.Token);
            await process.WaitForExitAsync(limit.Token);
            return new Ended(process.ExitCode, await output, await error);
        }
        finally
        {
            if (!process.HasExited)
            {
                process.Kill(entireProcessTree: true);
            }
        }
    }

    public static Process Start(
        string file,
        IEnumerable<string> arguments,
        string? folder = null,
        IReadOnlyDictionary<string, string>? environment = null
    )
    {
        var start = new ProcessStartInfo(file, arguments)
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = folder ?? "",
        };
        foreach (var (name, value) in environment ?? new Dictionary<string, string>(StringComparer.Ordinal))
        {
            start.Environment[name] = value;
        }

        return Process.Start(start)!;
    }
}
