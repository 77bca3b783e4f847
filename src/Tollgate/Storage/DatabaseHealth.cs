using Microsoft.Extensions.Diagnostics.HealthChecks;
using Npgsql;

namespace Tollgate.Storage;

/// <summary>
/// Ready means that the database takes writes: on a full disk, or on a standby, it still answers, and nothing that is
/// paid for could be recorded.
/// </summary>
internal sealed class DatabaseHealth(NpgsqlDataSource database) : IHealthCheck
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    public async Task<HealthCheckResult> CheckHealthAsync(
        HealthCheckContext context,
        CancellationToken cancellationToken = default
    )
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(Patience);
        try
        {
            await database
                .CreateCommand("UPDATE billing.write_probe SET written_at = clock_timestamp()")
                .RunAsync(patience.Token);
            return HealthCheckResult.Healthy();
        }
        catch (PostgresException refused)
        {
            // its text names tables and settings, and no row
            return HealthCheckResult.Unhealthy($"It cannot be written ({refused.SqlState}): {refused.MessageText}.");
        }
        catch (Exception failure)
            when (failure is NpgsqlException or OperationCanceledException && !cancellationToken.IsCancellationRequested
            )
        {
            return HealthCheckResult.Unhealthy("It does not answer.");
        }
    }
}
