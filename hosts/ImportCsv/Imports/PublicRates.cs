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

    /// <summary>Of links for new passwords.</summary>
    public const string ResetPolicy = "reset";

    public static void AddPublicRates(this IServiceCollection services) =>
        services.AddRateLimiter(rates =>
        {
            rates.AddPolicy(Policy, http => Partition(http, "ImportCsv:CallsPerMinute", 600));
            rates.AddPolicy(ResetPolicy, http => Partition(http, "ImportCsv:ResetsPerMinute", 20));
            rates.OnRejected = (rejected, _) =>
                new ValueTask(RefusalProblem.ToResult(new TooManyCalls()).ExecuteAsync(rejected.HttpContext));
        });

    private static RateLimitPartition<string> Partition(HttpContext http, string setting, int usual)
    {
        var perMinute = http.RequestServices.GetRequiredService<IConfiguration>().GetValue(setting, usual);
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
