using Microsoft.Extensions.Diagnostics.HealthChecks;
using Npgsql;
using Tollgate.Settings;
using Tollgate.Storage;
using Tollgate.Stripe;
using Tollgate.Telemetry;

namespace Tollgate.Reconciliation;

/// <summary>
/// Unhealthy when a loop of this node died, hangs or only fails, or events wait and the node takes none (F19): a
/// restart repairs it. Degraded, which takes no node out of service, when Stripe is away (F72), events wait for it or
/// behind others (F16), or the repairs are late: gates and pages are right all the same.
/// </summary>
internal sealed class BillingHealth(
    NpgsqlDataSource database,
    WorkerHeartbeats heartbeats,
    BillingSwitch billing,
    StripeClient stripe
) : IHealthCheck
{
    private static readonly TimeSpan CatchUpIsLate = TimeSpan.FromHours(2);
    private static readonly TimeSpan ReconcileIsLate = TimeSpan.FromDays(2);

    public async Task<HealthCheckResult> CheckHealthAsync(
        HealthCheckContext context,
        CancellationToken cancellationToken = default
    )
    {
        if (heartbeats.Stalled() is { Count: > 0 } stalled)
        {
            return HealthCheckResult.Unhealthy($"Stalled: {string.Join(", ", stalled)}.");
        }

        if (heartbeats.OnlyFailing() is { Count: > 0 } failing)
        {
            var each = failing.Select(one => $"{one.Worker} ({one.Reason})");
            return HealthCheckResult.Unhealthy($"Failing every time: {string.Join(", ", each)}.");
        }

        var ages = (await ReadAgesAsync(database, cancellationToken))[0];
        if (billing.IsOn && ages.OldestUntried > WorkerHeartbeats.StalledAfter && heartbeats.TriesNothing)
        {
            return HealthCheckResult.Unhealthy("Events wait and are not taken.");
        }

        var data = new Dictionary<string, object>
        {
            ["billing_on"] = billing.IsOn,
            ["stripe_cut_off"] = stripe.IsCutOff,
            ["oldest_unapplied_seconds"] = ages.OldestUnapplied?.TotalSeconds ?? 0,
            ["last_catch_up_seconds"] = ages.LastCatchUp?.TotalSeconds ?? -1,
            ["last_reconcile_seconds"] = ages.LastReconcile?.TotalSeconds ?? -1,
        };
        var late =
            stripe.IsCutOff ? "Stripe does not answer and is not asked for a while."
            : billing.IsOn && ages.OldestUnapplied > WorkerHeartbeats.StalledAfter ? "Events wait for long."
            : ages.LastCatchUp > CatchUpIsLate ? "The catch-up is late."
            : billing.IsOn && ages.LastReconcile > ReconcileIsLate ? "The reconcile is late."
            : null;
        return late is null ? HealthCheckResult.Healthy(data: data) : HealthCheckResult.Degraded(late, data: data);
    }

    /// <summary>One row; null for what never was.</summary>
    internal static Task<List<BillingAges>> ReadAgesAsync(
        NpgsqlDataSource database,
        CancellationToken cancellationToken
    ) =>
        database
            .CreateCommand(
                """
                SELECT
                    (SELECT clock_timestamp() - min(received_at) FROM billing.inbox_receipts
                        WHERE state IN ('received', 'waiting')),
                    (SELECT clock_timestamp() - min(not_before) FROM billing.inbox_receipts
                        WHERE state IN ('received', 'waiting') AND not_before <= clock_timestamp()),
                    (SELECT clock_timestamp() - finished_at FROM billing.catch_up),
                    (SELECT clock_timestamp() - max(finished_at) FROM billing.reconcile_runs WHERE NOT is_dry_run)
                """
            )
            .ReadAsync(row => new BillingAges(Age(row, 0), Age(row, 1), Age(row, 2), Age(row, 3)), cancellationToken);

    private static TimeSpan? Age(NpgsqlDataReader row, int column) =>
        row.IsDBNull(column) ? null : row.GetFieldValue<TimeSpan>(column);
}

/// <summary>How long ago, in machine time.</summary>
/// <param name="OldestUntried">Due, and nobody took it; one that is tried again later is not due.</param>
internal sealed record BillingAges(
    TimeSpan? OldestUnapplied,
    TimeSpan? OldestUntried,
    TimeSpan? LastCatchUp,
    TimeSpan? LastReconcile
);
