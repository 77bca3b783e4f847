using Npgsql;
using Tollgate.Access;
using Tollgate.Accounts;
using Tollgate.Catalog;
using Tollgate.Notifications;
using Tollgate.Storage;
using Tollgate.Subscriptions;

namespace Tollgate.Insight;

/// <summary>
/// Everything that happened to one account, in order, and one sentence that says why its access is what it is. It
/// reads, and writes nothing.
/// </summary>
internal sealed class Explain(NpgsqlDataSource database, AccessGate gate, PlanCatalog catalog, BillingClock clock)
{
    /// <param name="accountOrStripeId">Our id of the account, or Stripe's of its customer or a subscription.</param>
    public async Task<Outcome<Explanation>> RunAsync(string accountOrStripeId, CancellationToken cancellationToken)
    {
        if (await FindAsync(accountOrStripeId, cancellationToken) is not { } account)
        {
            return new AccountNotFound(accountOrStripeId);
        }

        var (state, decision) = await gate.DecideAsync(account, cancellationToken);
        var timeline = new List<TimelineEntry>();
        timeline.AddRange(await ReadEventsAsync(account, cancellationToken));
        timeline.AddRange(await ReadSyncsAsync(account, cancellationToken));
        timeline.AddRange(await ReadChangesAsync(account, cancellationToken));
        timeline.AddRange(await ReadEffectsAsync(account, cancellationToken));
        timeline.AddRange(await ReadQuotesAsync(account, cancellationToken));
        timeline.AddRange(await ReadMailsAsync(account, cancellationToken));
        timeline.AddRange(await ReadAlertsAsync(account, cancellationToken));
        timeline.AddRange(await ReadActionsAsync(account, cancellationToken));
        return new Explanation(
            account.Value,
            AccessSentence.Of(account, state, decision, catalog, clock.Now),
            decision.Plan.Id,
            state,
            // what is said of one second stands in the order of the path: event, sync, change, effect
            [.. timeline.OrderBy(entry => entry.At).ThenBy(entry => entry.Kind)]
        );
    }

    private async Task<AccountId?> FindAsync(string given, CancellationToken cancellationToken)
    {
        var found = await database
            .CreateCommand(
                """
                SELECT account_id FROM billing.accounts WHERE account_id = @given
                UNION SELECT account_id FROM billing.stripe_bindings WHERE stripe_id = @given
                """
            )
            .With("given", given)
            .ReadAsync(row => new AccountId(row.GetString(0)), cancellationToken);
        return found is [var account] ? account : null;
    }

    private Task<List<TimelineEntry>> ReadEventsAsync(AccountId account, CancellationToken cancellationToken) =>
        ReadAsync(
            TimelineKind.Event,
            """
            SELECT COALESCE(stripe_created_at, received_at), event_id || ' ' || type,
                state || COALESCE(': ' || reason, '') || ', arrived ' || to_char(received_at AT TIME ZONE 'UTC',
                    'YYYY-MM-DD HH24:MI:SS') || CASE WHEN attempts > 1 THEN ', attempt ' || attempts ELSE '' END
            FROM (
                SELECT * FROM billing.inbox_receipts WHERE account_id = @account
                UNION ALL SELECT receipt.* FROM billing.stripe_bindings binding
                JOIN billing.inbox_receipts receipt ON receipt.customer_id = binding.stripe_id
                WHERE binding.account_id = @account AND receipt.account_id IS NULL AND (
                    state IN ('received', 'waiting', 'parked') OR state IN ('ignored', 'quarantined', 'dead'))) receipt
            """,
            account,
            cancellationToken
        );

    private Task<List<TimelineEntry>> ReadSyncsAsync(AccountId account, CancellationToken cancellationToken) =>
        ReadAsync(
            TimelineKind.Sync,
            """
            SELECT at, CASE WHEN cause LIKE 'override %' THEN cause ELSE 'asked Stripe for ' || cause END,
                CASE WHEN cause LIKE 'override %' THEN outcome ELSE facts || ' -> ' || outcome END
            FROM billing.account_syncs WHERE account_id = @account
            """,
            account,
            cancellationToken
        );

    private Task<List<TimelineEntry>> ReadEffectsAsync(AccountId account, CancellationToken cancellationToken) =>
        ReadAsync(
            TimelineKind.Effect,
            """
            SELECT created_at, kind, state || COALESCE(' ' || to_char(settled_at AT TIME ZONE 'UTC',
                'YYYY-MM-DD HH24:MI:SS'), '') || COALESCE(': ' || last_error, '')
            FROM billing.outbox WHERE account_id = @account
            """,
            account,
            cancellationToken
        );

    private Task<List<TimelineEntry>> ReadQuotesAsync(AccountId account, CancellationToken cancellationToken) =>
        ReadAsync(
            TimelineKind.Quote,
            """
            SELECT created_at, 'quoted ' || seats || ' seats of ' || price || ' as of ' ||
                extract(epoch FROM proration_date)::bigint,
                state || ', due ' || amount_due || ' ' || currency || COALESCE(', applied as ' || applied_amount, '')
                    || COALESCE(' by ' || invoice_id, '')
            FROM billing.quotes WHERE account_id = @account
            """,
            account,
            cancellationToken
        );

    private Task<List<TimelineEntry>> ReadMailsAsync(AccountId account, CancellationToken cancellationToken) =>
        ReadAsync(
            TimelineKind.Mail,
            """
            SELECT due_at, kind || COALESCE(' to ' || (message->>'To'), ''),
                state || COALESCE(' ' || to_char(settled_at AT TIME ZONE 'UTC', 'YYYY-MM-DD HH24:MI:SS'), '')
                    || COALESCE(': ' || reason, '') || CASE WHEN attempts > 1 THEN ', attempt ' || attempts ELSE '' END
            FROM billing.mails WHERE account_id = @account
            """,
            account,
            cancellationToken
        );

    // an alert that a commit made true stands in the outbox with the billing time of that commit
    private Task<List<TimelineEntry>> ReadAlertsAsync(AccountId account, CancellationToken cancellationToken) =>
        ReadAsync(
            TimelineKind.Alert,
            """
            SELECT COALESCE(
                    (SELECT effect.created_at FROM billing.outbox effect WHERE effect.account_id = @account
                        AND effect.kind = 'alert_raised' AND effect.occurrence LIKE '%:' || alert.alert_id),
                    alert.raised_at),
                concat_ws(' ', alert.reason, NULLIF(alert.detail, '')),
                COALESCE('resolved by ' || alert.resolved_by || ' ' || to_char(alert.resolved_at AT TIME ZONE 'UTC',
                    'YYYY-MM-DD HH24:MI:SS'), 'open')
            FROM billing.alerts alert
            WHERE alert.account_id = @account OR alert.account_id IS NULL AND alert.detail IN
                (SELECT stripe_id FROM billing.stripe_bindings WHERE account_id = @account)
            """,
            account,
            cancellationToken
        );

    private Task<List<TimelineEntry>> ReadActionsAsync(AccountId account, CancellationToken cancellationToken) =>
        ReadAsync(
            TimelineKind.Action,
            """
            SELECT at, author || ': ' || action || ' ' || subject, why || COALESCE(' -> ' || outcome, '')
            FROM billing.operator_actions WHERE account_id = @account
            """,
            account,
            cancellationToken
        );

    private async Task<IEnumerable<TimelineEntry>> ReadChangesAsync(
        AccountId account,
        CancellationToken cancellationToken
    )
    {
        var changes = await database
            .CreateCommand("SELECT at, cause, before, after FROM billing.audit WHERE account_id = @account ORDER BY id")
            .With("account", account)
            .ReadAsync(
                row => (At: row.Time(0), Cause: row.GetString(1), Before: row.GetString(2), After: row.GetString(3)),
                cancellationToken
            );
        return changes.SelectMany(change =>
            RefundAndDisputeHistory
                .Between(change.At, change.Before, change.After)
                .Append(
                    new TimelineEntry(
                        change.At,
                        TimelineKind.Change,
                        StateChanges.Between(change.Before, change.After),
                        change.Cause
                    )
                )
        );
    }

    private async Task<List<TimelineEntry>> ReadAsync(
        TimelineKind kind,
        string sql,
        AccountId account,
        CancellationToken cancellationToken
    ) =>
        await database
            .CreateCommand(sql)
            .With("account", account)
            .ReadAsync(
                row => new TimelineEntry(row.Time(0), kind, row.GetString(1), row.GetString(2)),
                cancellationToken
            );
}

/// <param name="Access">Why access is what it is, in one sentence.</param>
/// <param name="Plan">The tier that holds now.</param>
/// <param name="State">The row that gates.</param>
/// <param name="Timeline">The oldest first.</param>
internal sealed record Explanation(
    string Account,
    string Access,
    string Plan,
    SubscriptionState State,
    IReadOnlyList<TimelineEntry> Timeline
);

/// <param name="At">Billing time.</param>
internal sealed record TimelineEntry(DateTimeOffset At, TimelineKind Kind, string What, string Detail);

/// <summary>What an entry of the timeline is, in the order of the path.</summary>
internal enum TimelineKind
{
    /// <summary>An event of Stripe.</summary>
    Event,

    /// <summary>A refund or dispute, or a change of its status.</summary>
    RefundOrDispute,

    /// <summary>We asked Stripe, and decided.</summary>
    Sync,

    /// <summary>What gates became another.</summary>
    Change,

    /// <summary>An effect, dispatched or pending.</summary>
    Effect,

    /// <summary>A price was shown, and perhaps accepted.</summary>
    Quote,

    /// <summary>A mail: pending, sent, or superseded.</summary>
    Mail,

    /// <summary>Something needs an operator, or did.</summary>
    Alert,

    /// <summary>An operator did something.</summary>
    Action,
}
