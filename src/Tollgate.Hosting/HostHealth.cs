using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Tollgate.Hosting;

/// <summary>Whether a node lives, and whether it is ready to be called.</summary>
public static class HostHealth
{
    /// <summary>
    /// Maps <c>/health/live</c>, 200 while the process serves, and <c>/health/ready</c>, which asks whether the
    /// database takes writes, what bills and the host's own checks. Its body says <c>Healthy</c>, <c>Degraded</c> or
    /// <c>Unhealthy</c>, and why, a line for each check. Whoever watches signs in nowhere, so both are for everybody,
    /// under a fallback policy as well.
    /// </summary>
    /// <returns>Both, for conventions of the host's: <c>RequireHost</c> keeps them to an own address.</returns>
    public static IEndpointConventionBuilder MapTollgateHealth(this IEndpointRouteBuilder routes)
    {
        var health = routes.MapGroup("").AllowAnonymous();
        // short-circuited: a cookie that comes along is not read, which would ask the database for its key
        health.MapHealthChecks("/health/live", new HealthCheckOptions { Predicate = _ => false }).ShortCircuit();
        health.MapHealthChecks("/health/ready", new HealthCheckOptions { ResponseWriter = WriteAsync });
        return health;
    }

    // whoever runs it reads here what is wrong; checks say nothing of accounts
    private static Task WriteAsync(HttpContext http, HealthReport report)
    {
        http.Response.ContentType = "text/plain; charset=utf-8";
        var lines = report
            .Entries.Where(entry => entry.Value.Status != HealthStatus.Healthy)
            .Select(entry => $"{entry.Key}: {entry.Value.Description}")
            .Prepend(report.Status.ToString());
        return http.Response.WriteAsync(string.Join('\n', lines), http.RequestAborted);
    }
}
