using System.Threading.RateLimiting;
using Tollgate;

namespace ImportCsv.Imports;

/// <summary>
/// How often one address may call what everybody may call, so that a key that was read off a page does not burn its
/// owner's quota at once, and keys cannot be guessed in bulk.
/// </summary>
internal static class PublicRates
{
    public const string Policy = "public";
    private const int UsualCallsPerMinute = 600;

    public static void AddPublicRates(this IServiceCollection services) =>
        services.AddRateLimiter(rates =>
        {
            rates.AddPolicy(Policy, Partition);
            rates.OnRejected = (rejected, _) =>
                new ValueTask(RefusalProblem.ToResult(new TooManyCalls()).ExecuteAsync(rejected.HttpContext));
        });

    private static RateLimitPartition<string> Partition(HttpContext http)
    {
        var perMinute = http
            .RequestServices.GetRequiredService<IConfiguration>()
            .GetValue("ImportCsv:CallsPerMinute", UsualCallsPerMinute);
        return RateLimitPartition.GetSlidingWindowLimiter(
            http.Connection.RemoteIpAddress?.ToString() ?? "",
            _ => new SlidingWindowRateLimiterOptions
            {
                PermitLimit = perMinute,
                Window = TimeSpan.FromMinutes(1),
                SegmentsPerWindow = 6,
            }
        );
    }
}

/// <summary>One address calls too often.</summary>
internal sealed record TooManyCalls()
    : Refusal("too_many_calls", 429, "That is too often.", "Wait a minute, then try again.");
