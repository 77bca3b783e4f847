using Hydra.Tenants;
using Tollgate;
using Tollgate.Http;
using Tollgate.Usage;

namespace Hydra.Gated;

/// <summary>
/// <c>GET /api/usage-report</c>, behind <c>usage_reporting</c>: what the tenant's meters counted on each day (UTC) of
/// the last 90.
/// </summary>
internal static class ReadUsageReport
{
    private static readonly TimeSpan Span = TimeSpan.FromDays(90);

    public static void MapUsageReport(this IEndpointRouteBuilder routes) =>
        routes
            .MapGroup("/api/usage-report")
            .ForMembers()
            .RequireFeature(Features.UsageReporting)
            .MapGet("/", ReadAsync);

    private static async Task<IResult> ReadAsync(HttpContext http, UsageMeters meters, BillingClock clock)
    {
        var until = clock.Now;
        var days = await meters.ReadDaysAsync(http.Member().Account, until - Span, until, http.RequestAborted);
        return BillingJson.Answer(
            new
            {
                From = until - Span,
                Until = until,
                Days = days,
            }
        );
    }
}
