using System.Globalization;
using System.Runtime.InteropServices;

namespace Tollgate.Sandbox.Tool;

/// <summary>The Sandbox as a command of its own, until it is interrupted.</summary>
internal static class SandboxTool
{
    private const string Usage =
        "Usage: tollgate-sandbox [--port 12111] [--data DIRECTORY] [--seed FILE] [--rate-limits on|off] "
        + "[--after-last-retry cancel|unpaid|past_due]";

    private const int DefaultPort = 12111;

    public static async Task<int> Main(string[] args)
    {
        if (args is ["--help" or "-h", ..])
        {
            await Console.Out.WriteLineAsync(Usage);
            return 0;
        }

        if (Read(args) is not { } options)
        {
            await Console.Error.WriteLineAsync(Usage);
            return 1;
        }

        return await RunAsync(options);
    }

    /// <summary>Null for arguments that it does not have.</summary>
    private static SandboxOptions? Read(string[] args)
    {
        var options = new SandboxOptions { Port = DefaultPort };
        for (var index = 0; index < args.Length; index += 2)
        {
            var value = index + 1 < args.Length ? args[index + 1] : null;
            switch (args[index])
            {
                case "--port"
                    when int.TryParse(value, CultureInfo.InvariantCulture, out var port) && port is >= 0 and <= 65535:
                    options = options with { Port = port };
                    break;
                case "--data" when value is not null:
                    options = options with { DataDirectory = value };
                    break;
                case "--seed" when value is not null:
                    options = options with { SeedFile = value };
                    break;
                case "--rate-limits" when value is "on" or "off":
                    options = options with { RateLimits = value == "on" ? new RateLimits() : null };
                    break;
                case "--after-last-retry" when AfterLastRetries.Names.TryGetValue(value ?? "", out var what):
                    options = options with { AfterLastRetry = what };
                    break;
                default:
                    return null;
            }
        }

        return options;
    }

    private static async Task<int> RunAsync(SandboxOptions options)
    {
        using var stop = new CancellationTokenSource();
        using var interrupted = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
        using var terminated = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
        try
        {
            await using var server = await SandboxServer.StartAsync(options, stop.Token);
            var address = server.BaseAddress.GetLeftPart(UriPartial.Authority);
            await Console.Out.WriteLineAsync($"Sandbox, a local Stripe: {address}");
            await Console.Out.WriteLineAsync("Any key that begins with sk_test_ is good. Ctrl+C stops it.");
            await server.WaitForShutdownAsync(stop.Token);
            return 0;
        }
        catch (Exception error) when (error is IOException or InvalidDataException or UnauthorizedAccessException)
        {
            var reason = error.Message.ReplaceLineEndings(" ");
            await Console.Error.WriteLineAsync($"The Sandbox cannot start on port {options.Port}: {reason}");
            return 1;
        }

        void Stop(PosixSignalContext signal)
        {
            signal.Cancel = true;
            stop.Cancel();
        }
    }
}
