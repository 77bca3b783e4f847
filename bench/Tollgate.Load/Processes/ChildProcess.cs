using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Tollgate.Load.Processes;

/// <summary>A process of the bench's own that listens on this machine; what it says goes to a file.</summary>
internal sealed class ChildProcess : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(5);
    private readonly Process process;
    private readonly string log;

    private ChildProcess(Process process, string log, int port)
    {
        this.process = process;
        this.log = log;
        Address = new Uri($"http://127.0.0.1:{port.ToString(CultureInfo.InvariantCulture)}");
    }

    public Uri Address { get; }

    public int Id => process.Id;

    /// <summary>Returns once something answers at that path of the port.</summary>
    public static Task<ChildProcess> StartAsync(
        ChildStart start,
        int port,
        string readyPath,
        CancellationToken cancellationToken
    ) => StartAsync(start, port, () => new HttpRequestMessage(HttpMethod.Get, readyPath), cancellationToken);

    /// <summary>Returns once a request is answered with a status of success.</summary>
    public static async Task<ChildProcess> StartAsync(
        ChildStart start,
        int port,
        Func<HttpRequestMessage> ask,
        CancellationToken cancellationToken
    )
    {
        var file = Path.Combine(start.LogFolder, $"{start.Name}.log");
        // exec: the process keeps its id, and nobody has to read what it says
        var info = start.Info("/bin/sh", ["-c", "log=$1; shift; exec \"$@\" >>\"$log\" 2>&1", "sh", file]);
        var child = new ChildProcess(Process.Start(info)!, file, port);
        try
        {
            await child.WaitAsync(ask, cancellationToken);
            return child;
        }
        catch
        {
            child.Dispose();
            throw;
        }
    }

    /// <summary>Runs a command to its end, and answers what it wrote.</summary>
    public static async Task<string> RunAsync(ChildStart start, CancellationToken cancellationToken)
    {
        var info = start.Info(start.File, []);
        info.RedirectStandardOutput = info.RedirectStandardError = true;
        using var command = Process.Start(info)!;
        var output = command.StandardOutput.ReadToEndAsync(cancellationToken);
        var error = command.StandardError.ReadToEndAsync(cancellationToken);
        await command.WaitForExitAsync(cancellationToken);
        return command.ExitCode == 0
            ? await output
            : throw new InvalidOperationException($"{start.Name} ended with {command.ExitCode}: {await error}");
    }

    public static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    public void Dispose()
    {
        if (!process.HasExited)
        {
            process.Kill(entireProcessTree: true);
            process.WaitForExit();
        }

        process.Dispose();
    }

    private async Task WaitAsync(Func<HttpRequestMessage> ask, CancellationToken cancellationToken)
    {
        using var http = new HttpClient(new SocketsHttpHandler { UseProxy = false }) { BaseAddress = Address };
        var began = Stopwatch.GetTimestamp();
        while (true)
        {
            try
            {
                using var request = ask();
                using var answer = await http.SendAsync(request, cancellationToken);
                if (answer.IsSuccessStatusCode)
                {
                    return;
                }
            }
            catch (HttpRequestException)
            {
                // it does not listen yet
            }

            if (process.HasExited || Stopwatch.GetElapsedTime(began) > Patience)
            {
                var said = File.Exists(log) ? await File.ReadAllTextAsync(log, cancellationToken) : "";
                throw new InvalidOperationException($"{Path.GetFileName(log)} does not answer: {said}");
            }

            await Task.Delay(Pause, TimeProvider.System, cancellationToken);
        }
    }
}

/// <summary>How a child is started.</summary>
/// <param name="Name">Of its log.</param>
internal sealed record ChildStart(string Name, string File, params string[] Arguments)
{
    public required string LogFolder { get; init; }

    public string? WorkingDirectory { get; init; }

    public IReadOnlyDictionary<string, string> Settings { get; init; } = new Dictionary<string, string>();

    /// <param name="before">Arguments of <paramref name="file"/> before the command, if it is another program.</param>
    public ProcessStartInfo Info(string file, string[] before)
    {
        var info = new ProcessStartInfo(file)
        {
            UseShellExecute = false,
            WorkingDirectory = WorkingDirectory ?? LogFolder,
        };
        string[] all = before is [] ? Arguments : [.. before, File, .. Arguments];
        Array.ForEach(all, info.ArgumentList.Add);
        foreach (var (name, value) in Settings)
        {
            info.Environment[name] = value;
        }

        return info;
    }
}
