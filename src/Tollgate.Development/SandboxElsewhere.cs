using System.Net.Http.Json;
using System.Text.Json;

namespace Tollgate.Development;

/// <summary>The Sandbox that a serving host of this checkout runs, as a command beside it finds it.</summary>
/// <param name="Clock">Its time, as far from this machine's as it was when it was asked.</param>
internal sealed record SandboxElsewhere(Uri Address, TimeProvider Clock)
{
    /// <summary>Null when nobody answers there.</summary>
    public static async Task<SandboxElsewhere?> FindAsync(
        Uri address,
        TimeProvider machineTime,
        CancellationToken cancellationToken
    )
    {
        using var http = new HttpClient();
        try
        {
            var said = await http.GetFromJsonAsync<JsonElement>(new Uri(address, "/_sandbox/clock"), cancellationToken);
            var now = DateTimeOffset.FromUnixTimeSeconds(said.GetProperty("now").GetInt64());
            return new SandboxElsewhere(address, new ShiftedClock(machineTime, now - machineTime.GetUtcNow()));
        }
        catch (HttpRequestException)
        {
            return null; // no host serves: the command starts the Sandbox itself
        }
    }

    private sealed class ShiftedClock(TimeProvider machineTime, TimeSpan shift) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => machineTime.GetUtcNow() + shift;
    }
}
