using Microsoft.Extensions.Logging;
using Npgsql;
using Tollgate.Alerts;
using Tollgate.Catalog;
using Tollgate.Settings;
using Tollgate.Startup;
using Tollgate.Storage;
using Tollgate.Stripe;
using Tollgate.Subscriptions;
using Tollgate.Telemetry;

namespace Tollgate.Reconciliation;

/// <summary>
/// Raises once a minute the alerts that no commit makes true, but time: parked for too long, a grace that was extended
/// because Stripe could not be asked, events that nobody applies, a stalled loop.
/// </summary>
internal sealed partial class Watch(
    NpgsqlDataSource database,
    WorkerHeartbeats heartbeats,
    BillingSwitch billing,
    PlanCatalog catalog,
    StripeClient stripe,
    BillingClock clock,
    ILogger<Watch> log
) : WorkerLoop("watch", Interval, heartbeats)
{
    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(1);

    /// <summary>An event whose customer is unknown for this long needs an operator (decision W7).</summary>
    private static readonly TimeSpan ParkedTooLong = TimeSpan.FromDays(7);

    protected override Task PassAsync(CancellationToken stoppingToken) => CheckAsync(stoppingToken);

    protected override void Failed(Exception failure) => LogFailed(failure);

    internal async Task CheckAsync(CancellationToken cancellationToken)
    {
        await CheckParkedAsync(cancellationToken);
        await CheckVerificationsAsync(cancellationToken);
        var ages = (await BillingHealth.ReadAgesAsync(database, cancellationToken))[0];
        var isStuck = billing.IsOn && ages.OldestUnapplied > WorkerHeartbeats.StalledAfter;
        await SetAlertsAsync("events_unapplied", all: [""], wrong: isStuck ? [""] : [], cancellationToken);
        await SetAlertsAsync(
            "worker_stalled",
            [.. Heartbeats.All().Select(OnThisNode)],
            [.. Heartbeats.Stalled().Select(OnThisNode)],
            cancellationToken
        );
        await SetAlertsAsync(
            "worker_only_fails",
            [.. Heartbeats.All().Select(OnThisNode)],
            [.. Heartbeats.OnlyFailing().Select(one => OnThisNode(one.Worker))],
            cancellationToken
        );
        await ProbeAsync(cancellationToken);
    }

    // without traffic no call would find out that Stripe is back; what it answers does not matter
    private async Task ProbeAsync(CancellationToken cancellationToken)
    {
        if (stripe.IsCutOff)
        {
            await stripe.With(StripePatience.Interactive).ListWebhookEndpoints(cancellationToken);
        }
    }

    private static string OnThisNode(string worker) => $"{worker} on {Environment.MachineName}";

    private async Task CheckParkedAsync(CancellationToken cancellationToken) =>
        await database
            .CreateCommand(
                $"""
                WITH linked AS (
                    {AlertLog.ResolveOpen} reason = 'unknown_account' AND NOT EXISTS (
                        SELECT FROM billing.inbox_receipts
                        WHERE state = 'parked' AND COALESCE(customer_id, event_id) = alert.detail)
                )
                {AlertLog.RaiseRows}
                SELECT DISTINCT NULL, 'unknown_account', COALESCE(customer_id, event_id), clock_timestamp()
                FROM billing.inbox_receipts WHERE state = 'parked' AND received_at < @before
                {AlertLog.OnceWhileOpen}
                """
            )
            .With("before", MachineTime.GetUtcNow() - ParkedTooLong)
            .With("by", "watch")
            .RunAsync(cancellationToken);

    // the same as AccessPeriod says of one row; a sync of the account resolves it
    private async Task CheckVerificationsAsync(CancellationToken cancellationToken) =>
        await database
            .CreateCommand(
                $"""
                {AlertLog.RaiseRows}
                SELECT account_id, '{EventOutcomes.VerificationDue}', '', clock_timestamp()
                FROM billing.subscriptions
                WHERE status = 'past_due' AND plan IS NOT NULL AND past_due_since + @grace <= @now
                    AND past_due_since + @grace + @extension > @now
                    AND (verified_at IS NULL OR verified_at < past_due_since + @grace - @age)
                {AlertLog.OnceWhileOpen}
                """
            )
            .With("grace", catalog.Grace)
            .With("extension", AccessPeriod.VerificationExtension)
            .With("age", AccessPeriod.VerificationAge)
            .With("now", clock.Now)
            .RunAsync(cancellationToken);

    private async Task SetAlertsAsync(
        string reason,
        IReadOnlyList<string> all,
        IReadOnlyList<string> wrong,
        CancellationToken cancellationToken
    )
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        foreach (var detail in wrong)
        {
            if (
                await AlertLog.RaiseAsync(connection, null, account: null, reason, detail, cancellationToken)
                is not null
            )
            {
                LogWrong(reason, detail);
            }
        }

        await connection
            .Statement(null, $"{AlertLog.ResolveOpen} account_id IS NULL AND reason = @reason AND detail = ANY(@right)")
            .With("reason", reason)
            .With("right", all.Except(wrong).ToArray())
            .With("by", "watch")
            .RunAsync(cancellationToken);
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "The watch failed and will be tried again")]
    private partial void LogFailed(Exception failure);

    [LoggerMessage(Level = LogLevel.Error, Message = "{Reason} {Detail}")]
    private partial void LogWrong(string reason, string detail);
}
