using System.Collections.Concurrent;
using System.Diagnostics;

namespace Tollgate.Sandbox.Tests.Support;

/// <summary>A running <c>stripe listen</c>, or another command that does not end by itself.</summary>
internal sealed class Listening : IAsyncDisposable
{
    private readonly Process process;
    private readonly ConcurrentQueue<string> lines = [];
    private readonly Task reading;

    private Listening(Process process)
    {
        this.process = process;
        reading = Task.WhenAll(ReadAsync(process.StandardOutput), ReadAsync(process.StandardError));
    }

    /// <summary>All that it wrote so far.</summary>
    public string Output => string.Join('\n', lines);

    /// <summary>Starts it with some arguments and waits until it is connected.</summary>
    public static Task<Listening> StartAsync(StripeCli cli, params string[] arguments) =>
        ReadyAsync(cli, ["listen", "--skip-update", .. arguments]);

    /// <summary>Starts <c>stripe logs tail</c> and waits until it is connected.</summary>
    public static Task<Listening> TailAsync(StripeCli cli, params string[] arguments) =>
        ReadyAsync(cli, ["logs", "tail", .. arguments]);

    private static async Task<Listening> ReadyAsync(StripeCli cli, string[] arguments)
    {
        var listening = new Listening(cli.Start(arguments));
        await listening.WaitForAsync("Ready!");
        return listening;
    }

    public Task WaitForAsync(string text) =>
        Until.TrueAsync(
            () => Task.FromResult(Output.Contains(text, StringComparison.Ordinal)),
            () => $"'{text}' is not in the output:\n{Output}"
        );

    public async ValueTask DisposeAsync()
    {
        if (!process.HasExited)
        {
            process.Kill();
        }

        await process.WaitForExitAsync(CancellationToken.None);
        await reading;
        process.Dispose();
    }

    private async Task ReadAsync(StreamReader reader)
    {
        while (await reader.ReadLineAsync() is { } line)
        {
            lines.Enqueue(line);
        }
    }
}
