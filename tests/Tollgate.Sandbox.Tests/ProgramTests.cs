using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Tollgate.Sandbox.Tests.Support;

namespace Tollgate.Sandbox.Tests;

/// <summary>The executable.</summary>
public sealed class ProgramTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Port_in_use_is_one_clear_line_and_exit_code_1()
    {
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        var port = ((IPEndPoint)taken.LocalEndpoint).Port;
        using var process = SandboxProcess.Start("--port", port.ToString(CultureInfo.InvariantCulture));
        var (code, error) = await process.EndAsync();
        Assert.Equal(1, code);
        var line = Assert.Single(error.Split('\n', StringSplitOptions.RemoveEmptyEntries));
        Assert.Contains(port.ToString(CultureInfo.InvariantCulture), line, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Unknown_argument_shows_the_usage()
    {
        using var process = SandboxProcess.Start("--porrt", "1");
        var (code, error) = await process.EndAsync();
        Assert.Equal(1, code);
        Assert.StartsWith("Usage:", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Sandbox_starts_within_100_ms()
    {
        // The best of some: others use the machine as well.
        var limit = TimeSpan.FromMilliseconds(100);
        var best = TimeSpan.MaxValue;
        for (var start = 0; start < 200 && best > limit; start++)
        {
            var watch = Stopwatch.StartNew();
            await using var sandbox = await SandboxServer.StartAsync(null, Token);
            best = watch.Elapsed < best ? watch.Elapsed : best;
        }

        Assert.InRange(best, TimeSpan.Zero, limit);
    }

    [Fact]
    public async Task Sandboxes_start_quickly_and_many_at_once()
    {
        await using var warm = await TestSandbox.StartAsync();
        var started = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => SandboxServer.StartAsync(null, Token)));
        Assert.Equal(20, started.Select(server => server.BaseAddress.Port).Distinct().Count());
        foreach (var server in started)
        {
            await server.DisposeAsync();
        }
    }
}
