using Microsoft.Extensions.Logging;
using Npgsql;
using Tollgate.Alerts;
using Tollgate.Catalog;
using Tollgate.Inbox;
using Tollgate.Stripe;
using Tollgate.Subscriptions;
using Tollgate.Telemetry;
using Tollgate.Webhooks;

namespace Tollgate.Reconciliation;

/// <summary>
/// Records from Stripe's list what was never delivered, or could not be recorded when it was (decision W2). Each event
/// takes the webhook's own way into the inbox, so what is known changes nothing, and what is new is applied like any
/// other.
/// </summary>
internal sealed partial class CatchUp
{
    /// <summary>How long Stripe lists an event.</summary>
    public static readonly TimeSpan Retention = TimeSpan.FromDays(30);

    /// <summary>
    /// Looked at again before the watermark: what Stripe may have listed late, and clocks that differ.
    /// </summary>
    public static readonly TimeSpan Margin = TimeSpan.FromMinutes(10);

    private const int PageSize = 100;
    private readonly Watermark watermark;
    private readonly NpgsqlDataSource database;
    private readonly StripeClient stripe;
    private readonly StripeReadBudget budget;
    private readonly StripeSettings settings;
    private readonly EventInbox inbox;
    private readonly InboxSignal signal;
    private readonly PlanCatalog catalog;
    private readonly BillingClock clock;
    private readonly ILogger<CatchUp> log;

    public CatchUp(
        NpgsqlDataSource database,
        StripeClient stripe,
        StripeReadBudget budget,
        StripeSettings settings,
        EventInbox inbox,
        InboxSignal signal,
        PlanCatalog catalog,
        BillingClock clock,
        ILogger<CatchUp> log
    )
    {
        watermark = new Watermark(database);
        this.database = database;
        this.stripe = stripe;
        this.budget = budget;
        this.settings = settings;
        this.inbox = inbox;
        this.signal = signal;
        this.catalog = catalog;
        this.clock = clock;
        this.log = log;
    }

    /// <inheritdoc cref="RunAsync(Action{int}, CancellationToken)"/>
    public Task<CatchUpReport?> RunAsync(CancellationToken cancellationToken) =>
        RunAsync(static _ => { }, cancellationToken);

    /// <summary>Null when another node is at it.</summary>
    /// <param name="progress">Called with how many events were listed so far; nobody knows how many there are.</param>
    /// <exception cref="StripeRefusedException">
    /// A page was refused. What was recorded stands; the watermark has not moved.
    /// </exception>
    public async Task<CatchUpReport?> RunAsync(Action<int> progress, CancellationToken cancellationToken)
    {
        var began = clock.Now;
        if (await watermark.TryTakeAsync(began, cancellationToken) is not { } lease)
        {
            return null;
        }

        try
        {
            var report = await RecordSinceAsync(lease, began, progress, cancellationToken);
            await watermark.MoveAsync(lease, began, cancellationToken);
            LogCaughtUp(report.Since, report.Listed, report.Recorded);
            return report;
        }
        catch (Exception failure) when (failure is not NpgsqlException)
        {
            await watermark.ReleaseAsync(lease, CancellationToken.None);
            throw;
        }
    }

    private async Task<CatchUpReport> RecordSinceAsync(
        WatermarkLease lease,
        DateTimeOffset began,
        Action<int> progress,
        CancellationToken cancellationToken
    )
    {
        var oldest = began - Retention;
        var since = lease.CaughtUpTo - Margin;
        var isComplete = since >= oldest;
        if (!isComplete)
        {
            since = oldest;
            await AlertIncompleteHistoryAsync(lease.CaughtUpTo, cancellationToken);
        }

        var report = new CatchUpReport(since, Listed: 0, Recorded: 0, isComplete);
        await foreach (var page in PagesAsync(since, cancellationToken))
        {
            if (!await watermark.TryExtendAsync(lease, cancellationToken))
            {
                throw new InvalidOperationException("Another node has taken over the catch-up.");
            }

            var isNew = await Task.WhenAll(page.Select(listed => RecordAsync(listed, cancellationToken)));
            report = report with
            {
                Listed = report.Listed + page.Count,
                Recorded = report.Recorded + isNew.Count(added => added),
            };
            progress(report.Listed);
        }

        return report;
    }

    private async IAsyncEnumerable<List<StripeEvent>> PagesAsync(
        DateTimeOffset since,
        [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        var page = new List<StripeEvent>(PageSize);
        await budget.SpendAsync(cancellationToken);
        await foreach (var listed in stripe.ListEvents(since, EventRoutes.TypesFor(catalog), cancellationToken))
        {
            page.Add(listed);
            if (page.Count == PageSize)
            {
                yield return page;
                page = new List<StripeEvent>(PageSize);
                await budget.SpendAsync(cancellationToken);
            }
        }

        yield return page;
    }

    private async Task<bool> RecordAsync(StripeEvent listed, CancellationToken cancellationToken)
    {
        var received = WebhookEndpoint.Receive(listed.Payload.ToArray(), settings.LiveMode, isDelivery: false);
        if (await inbox.RecordAsync(received, cancellationToken) is not { } state)
        {
            return false;
        }

        BillingMetrics.Missed();
        LogMissed(received.EventId, received.Type, state);
        signal.Raise();
        return true;
    }

    private async Task AlertIncompleteHistoryAsync(DateTimeOffset caughtUpTo, CancellationToken cancellationToken)
    {
        LogIncomplete(caughtUpTo);
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        var detail = caughtUpTo.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);
        await AlertLog.RaiseAsync(connection, null, account: null, HistoryIncomplete, detail, cancellationToken);
    }

    /// <summary>Reason of the alert; a reconcile of all accounts resolves it.</summary>
    internal const string HistoryIncomplete = "event_history_incomplete";

    [LoggerMessage(
        Level = LogLevel.Information,
        Message = "Caught up since {Since}: {Listed} listed, {Recorded} missed"
    )]
    private partial void LogCaughtUp(DateTimeOffset since, int listed, int recorded);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Stripe event {EventId} {Type} had been missed: {State}")]
    private partial void LogMissed(string eventId, string type, string state);

    [LoggerMessage(
        Level = LogLevel.Error,
        Message = "Events since {CaughtUpTo} may be missing: Stripe lists 30 days. All accounts are to be reconciled"
    )]
    private partial void LogIncomplete(DateTimeOffset caughtUpTo);
}

/// <summary>What a catch-up found.</summary>
/// <param name="Since">Billing time from which on events were listed.</param>
/// <param name="Listed">Events of our types that Stripe listed.</param>
/// <param name="Recorded">Those of them that had not been recorded.</param>
/// <param name="IsComplete">False when the last run is longer ago than Stripe lists events.</param>
internal sealed record CatchUpReport(DateTimeOffset Since, int Listed, int Recorded, bool IsComplete);
