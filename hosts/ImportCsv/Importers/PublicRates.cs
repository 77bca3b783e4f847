using System.Net;
using System.Net.Sockets;
using System.Threading.RateLimiting;
using Tollgate;
using Tollgate.Http;

namespace ImportCsv.Importers;

/// <summary>
/// How often one address may call what everybody may call, so that a key that was read off a page does not burn its
/// owner's quota at once, and keys cannot be guessed in bulk.
/// </summary>
internal static class PublicRates
{
    public const string Policy = "public";

    public static void AddPublicRates(this IServiceCollection services) =>
        services.AddRateLimiter(rates =>
        {
            rates.AddPolicy(Policy, http => Partition(http, "ImportCsv:CallsPerMinute", 600));
            rates.OnRejected = (rejected, _) =>
            {
                EmbeddingOrigin.Open(rejected.HttpContext); // before its endpoint, which would have done it
                return new ValueTask(RefusalProblem.ToResult(new TooManyCalls()).ExecuteAsync(rejected.HttpContext));
            };
        });

    private static RateLimitPartition<string> Partition(HttpContext http, string setting, int usual)
    {
        var perMinute = http.RequestServices.GetRequiredService<IConfiguration>().GetValue(setting, usual);
        return RateLimitPartition.GetSlidingWindowLimiter(
            Network(http.Connection.RemoteIpAddress),
            _ => PerMinute(perMinute)
        );
    }

    public static SlidingWindowRateLimiterOptions PerMinute(int calls) =>
        new()
        {
            PermitLimit = calls,
            Window = TimeSpan.FromMinutes(1),
            SegmentsPerWindow = 6,
        };

    /// <summary>Whose the address is: of IPv6 one customer has a whole network.</summary>
    internal static string Network(IPAddress? address) =>
        address switch
        {
            null => "",
            { IsIPv4MappedToIPv6: true } => $"{address.MapToIPv4()}",
            { AddressFamily: AddressFamily.InterNetworkV6 } => Convert.ToHexString(address.GetAddressBytes()[..8]),
            _ => $"{address}",
        };
}

/// <summary>One address calls too often.</summary>
internal sealed record TooManyCalls()
    : Refusal("too_many_calls", 429, "That is too often.", "Wait a minute, then try again.");
