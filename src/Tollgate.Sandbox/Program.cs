using System.Globalization;
using System.Runtime.InteropServices;
using Tollgate.Sandbox;

const string usage = "Usage: stripe-sandbox [--port 12111] [--data DIRECTORY] [--seed FILE] [--rate-limits on|off]";
const int defaultPort = 12111;

var options = new SandboxOptions { Port = defaultPort };
for (var index = 0; index < args.Length; index += 2)
{
    var value = index + 1 < args.Length ? args[index + 1] : null;
    switch (args[index])
    {
        case "--port" when int.TryParse(value, CultureInfo.InvariantCulture, out var port) && port is >= 0 and <= 65535:
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
        case "--help" or "-h":
            Console.WriteLine(usage);
            return 0;
        default:
            Console.Error.WriteLine(usage);
            return 1;
    }
}

using var stop = new CancellationTokenSource();
using var interrupted = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
using var terminated = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
try
{
    await using var server = await SandboxServer.StartAsync(options, stop.Token);
    Console.WriteLine($"Sandbox, a local Stripe: {server.BaseAddress.GetLeftPart(UriPartial.Authority)}");
    Console.WriteLine("Any key that begins with sk_test_ is good. Ctrl+C stops it.");
    await server.WaitForShutdownAsync(stop.Token);
    return 0;
}
catch (Exception error) when (error is IOException or InvalidDataException or UnauthorizedAccessException)
{
    Console.Error.WriteLine(
        $"The Sandbox cannot start on port {options.Port}: {error.Message.ReplaceLineEndings(" ")}"
    );
    return 1;
}

void Stop(PosixSignalContext signal)
{
    signal.Cancel = true;
    stop.Cancel();
}
