using System.Diagnostics.Metrics;
using System.Threading.Channels;
using Microsoft.Extensions.Logging;
using Npgsql;
using Tollgate.Startup;
using Tollgate.Storage;
using Tollgate.Stripe;
using Tollgate.Subscriptions;
using Tollgate.Telemetry;

namespace Tollgate.Reconciliation;

/// <summary>
/// The database's state, as metrics. All of it is one query, made after a collection and at most every 15 seconds; a
/// collection never waits for it and gets what the last one found. Without collections there are no queries.
/// Unknown is not reported.
/// </summary>
internal sealed partial class BillingGauges : WorkerLoop
{
    private static readonly TimeSpan AtMostEvery = TimeSpan.FromSeconds(15);

    private readonly NpgsqlDataSource database;
    private readonly ILogger<BillingGauges> log;
    private readonly Meter meter = new(BillingMetrics.Name);
    private readonly Channel<bool> asked = Channel.CreateBounded<bool>(
        new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite }
    );

    private volatile IReadOnlyList<GaugeValue> found = [];
    private bool hasRun;

    public BillingGauges(
        NpgsqlDataSource database,
        StripeClient stripe,
        WorkerHeartbeats heartbeats,
        ILogger<BillingGauges> log
    )
        : base("metrics", Timeout.InfiniteTimeSpan, heartbeats)
    {
        this.database = database;
        this.log = log;
        Gauge("tollgate.webhook.oldest_unapplied", "s", "Age of the oldest event that waits to be applied.");
        Gauge("tollgate.webhook.unresolved", "{event}", "Events that wait for an account or an operator.", "state");
        Gauge("tollgate.outbox.oldest_pending", "s", "Age of the oldest effect that is pending.");
        Gauge("tollgate.outbox.dead", "{effect}", "Effects that were given up.");
        Gauge("tollgate.mail.oldest_unsent", "s", "Since the first attempt at the oldest mail that is not sent yet.");
        Gauge("tollgate.stripe.read_budget", "{read}", "Reads of Stripe that all nodes together may make at once.");
        Gauge("tollgate.alerts.open", "{alert}", "Open alerts.", "reason");
        Gauge("tollgate.catch_up.age", "s", "Since the last catch-up ended.");
        Gauge("tollgate.reconcile.age", "s", "Since the last reconcile of all accounts ended.");
        Gauge("tollgate.reconcile.findings", "{finding}", "What the last reconcile found.", "kind");
        meter.CreateObservableGauge(
            "tollgate.stripe.circuit.open",
            () => stripe.IsCutOff ? 1 : 0,
            "{circuit}",
            "1 while Stripe is away and not asked, on this node."
        );
    }

    public override void Dispose()
    {
        meter.Dispose();
        base.Dispose();
    }

    protected override async Task PassAsync(CancellationToken stoppingToken) => found = await ReadAsync(stoppingToken);

    protected override void Failed(Exception failure)
    {
        found = [];
        LogUnknown(failure); // the next collection asks again
    }

    protected override async Task WaitAsync(bool succeeded, PeriodicTimer ticks, CancellationToken stoppingToken)
    {
        if (hasRun)
        {
            await Task.Delay(AtMostEvery, MachineTime, stoppingToken);
        }

        hasRun = await asked.Reader.ReadAsync(stoppingToken);
    }

    private void Gauge(string name, string unit, string description, string? label = null) =>
        meter.CreateObservableGauge(name, () => Observe(name, label), unit, description);

    private IEnumerable<Measurement<double>> Observe(string name, string? label)
    {
        asked.Writer.TryWrite(true);
        return found
            .Where(standing => standing.Name == name)
            .Select(standing =>
                label is null
                    ? new Measurement<double>(standing.Value)
                    : new(standing.Value, new KeyValuePair<string, object?>(label, standing.Of))
            );
    }

    private async Task<IReadOnlyList<GaugeValue>> ReadAsync(CancellationToken cancellationToken) =>
        await database
            .CreateCommand(Query)
            .With("rate", StripeReadBudget.Rate)
            .ReadAsync(
                row => new GaugeValue(row.GetString(0), row.Nullable<string>(1), row.GetDouble(2)),
                cancellationToken
            );

    private const string Query = """
        SELECT name, of, value::float8 FROM (
            SELECT 'tollgate.webhook.oldest_unapplied' AS name, NULL AS of,
                COALESCE(EXTRACT(EPOCH FROM clock_timestamp() - min(received_at)), 0) AS value
            FROM billing.inbox_receipts WHERE state IN ('received', 'waiting')
            UNION ALL
            SELECT 'tollgate.webhook.unresolved', 'parked', count(*)
            FROM billing.inbox_receipts WHERE state = 'parked'
            UNION ALL
            SELECT 'tollgate.webhook.unresolved', unresolved.state, count(event.event_id)
            FROM unnest(ARRAY['quarantined', 'dead']) AS unresolved (state)
            LEFT JOIN billing.inbox_receipts event
                ON event.state = unresolved.state AND event.state IN ('quarantined', 'dead')
            GROUP BY unresolved.state
            UNION ALL
            SELECT 'tollgate.outbox.oldest_pending', NULL,
                GREATEST(0, EXTRACT(EPOCH FROM clock_timestamp() - min(created_at)))
            FROM billing.outbox WHERE state = 'pending'
            UNION ALL
            SELECT 'tollgate.outbox.dead', NULL, count(*) FROM billing.outbox WHERE state = 'dead'
            UNION ALL
            SELECT 'tollgate.mail.oldest_unsent', NULL,
                COALESCE(EXTRACT(EPOCH FROM clock_timestamp() - min(first_tried_at)), 0)
            FROM billing.mails WHERE state = 'waiting'
            UNION ALL
            SELECT 'tollgate.stripe.read_budget', NULL,
                LEAST(@rate, tokens + @rate * EXTRACT(EPOCH FROM clock_timestamp() - refilled_at))
            FROM billing.stripe_read_budget
            UNION ALL
            SELECT 'tollgate.alerts.open', reason, count(*)
            FROM billing.alerts WHERE resolved_at IS NULL GROUP BY reason
            UNION ALL
            SELECT 'tollgate.catch_up.age', NULL, EXTRACT(EPOCH FROM clock_timestamp() - finished_at)
            FROM billing.catch_up WHERE finished_at IS NOT NULL
            UNION ALL
            SELECT 'tollgate.reconcile.age', NULL, EXTRACT(EPOCH FROM clock_timestamp() - max(finished_at))
            FROM billing.reconcile_runs WHERE NOT is_dry_run HAVING max(finished_at) IS NOT NULL
            UNION ALL
            SELECT 'tollgate.reconcile.findings', kind, count(*)
            FROM billing.reconcile_findings WHERE run_id =
                (SELECT run_id FROM billing.reconcile_runs WHERE finished_at IS NOT NULL ORDER BY run_id DESC LIMIT 1)
            GROUP BY kind
        ) AS standing
        """;

    /// <param name="Name">Of the metric.</param>
    /// <param name="Of">What its label says; null where it has none.</param>
    private sealed record GaugeValue(string Name, string? Of, double Value);

    [LoggerMessage(Level = LogLevel.Debug, Message = "How billing stands could not be read for the metrics")]
    private partial void LogUnknown(Exception failure);
}
