using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Npgsql;

namespace Tollgate;

/// <summary>Whether a node lives, and whether it is ready to be called.</summary>
public static class HostHealth
{
    /// <summary>
    /// Maps <c>/health/live</c>, 200 while the process serves, and <c>/health/ready</c>, which asks the database, what
    /// bills and the host's own checks.
    /// </summary>
    public static void MapTollgateHealth(this IEndpointRouteBuilder routes)
    {
        // short-circuited: a cookie that comes along is not looked at, which would ask the database for its key
        routes.MapHealthChecks("/health/live", new HealthCheckOptions { Predicate = _ => false }).ShortCircuit();
        routes.MapHealthChecks("/health/ready");
    }
}

/// <summary>Ready means that the database answers; without it nothing here can be trusted.</summary>
internal sealed class DatabaseHealth(NpgsqlDataSource database) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(
        HealthCheckContext context,
        CancellationToken cancellationToken = default
    )
    {
        await using var command = database.CreateCommand("SELECT 1");
        await command.ExecuteScalarAsync(cancellationToken);
        return HealthCheckResult.Healthy();
    }
}
