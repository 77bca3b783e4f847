using System.Net;
using Microsoft.AspNetCore.Http;

namespace Tollgate.Sandbox.Wire;

/// <summary>
/// Guards all that is served, API and pages alike, against a foreign page that calls this machine, and against DNS
/// names that were rebound to it.
/// </summary>
internal static class LocalCallers
{
    /// <summary>The address is one of this machine's own, and no other site's page makes the call.</summary>
    public static bool Include(HttpRequest request)
    {
        var host = request.Host.Host;
        var isLoopback =
            host == "localhost" || (IPAddress.TryParse(host, out var address) && IPAddress.IsLoopback(address));
        var origin = request.Headers.Origin.ToString();
        return isLoopback && (origin.Length == 0 || origin == $"{request.Scheme}://{request.Host}");
    }
}
