using Npgsql;
using Tollgate.Storage;

namespace Tollgate.Commands.Checks;

/// <summary>
/// Asks the database whether what must always hold does hold. Every query names the rows that break its rule; none is
/// how it should be.
/// </summary>
internal sealed class CheckIntegrity(NpgsqlDataSource database, BillingClock clock)
{
    // while billing is switched off, waiting is what should be
    private const string WhileOn =
        "COALESCE((SELECT is_on FROM billing.switches ORDER BY switch_id DESC LIMIT 1), true)";

    private const string Overdue = "interval '5 minutes'";

    private static readonly (string Rule, string Query)[] Rules =
    [
        (
            "a paid plan has a subscription",
            "SELECT account_id FROM billing.subscriptions WHERE plan IS NOT NULL AND subscription_id IS NULL"
        ),
        (
            "an active subscription has its plan",
            "SELECT account_id FROM billing.subscriptions WHERE status = 'active' AND plan IS NULL"
        ),
        (
            "a customer belongs to one account",
            """
            SELECT stripe_customer_id FROM billing.accounts WHERE stripe_customer_id IS NOT NULL
            GROUP BY stripe_customer_id HAVING count(*) > 1
            """
        ),
        (
            "a subscription belongs to one account",
            """
            SELECT subscription_id FROM billing.subscriptions WHERE subscription_id IS NOT NULL
            GROUP BY subscription_id HAVING count(*) > 1
            """
        ),
        (
            "every pointer is bound to its account",
            """
            SELECT state.account_id FROM billing.subscriptions state WHERE subscription_id IS NOT NULL AND NOT EXISTS (
                SELECT FROM billing.stripe_bindings WHERE stripe_id = state.subscription_id
                    AND account_id = state.account_id)
            """
        ),
        (
            "a meter counts what its ledger says",
            """
            SELECT meter.account_id || ' ' || meter.meter FROM billing.meters meter
            WHERE meter.reserved <> (SELECT count(*) FROM billing.reservations entry
                WHERE entry.account_id = meter.account_id AND entry.meter = meter.meter
                    AND entry.window_no = meter.window_no AND entry.state = 'reserved')
            """
        ),
        (
            "an episode of failed payment has a subscription that is not paid",
            """
            SELECT account_id FROM billing.subscriptions
            WHERE past_due_since IS NOT NULL AND status NOT IN ('past_due', 'unpaid')
            """
        ),
        (
            "no event waits for more than five minutes",
            $"""
            SELECT event_id FROM billing.inbox_receipts
            WHERE state IN ('received', 'waiting') AND received_at < clock_timestamp() - {Overdue} AND {WhileOn}
            """
        ),
        ("no event died", "SELECT event_id FROM billing.inbox_receipts WHERE state = 'dead'"),
        ("no effect is dead", "SELECT account_id || ' ' || kind FROM billing.outbox WHERE state = 'dead'"),
        (
            "no pending effect waits for more than five minutes",
            $"""
            SELECT account_id || ' ' || kind FROM billing.outbox
            WHERE state = 'pending' AND not_before < clock_timestamp() - {Overdue}
                AND (leased_until IS NULL OR leased_until < clock_timestamp())
            """
        ),
        (
            "no mail is due for more than five minutes",
            $"""
            SELECT account_id || ' ' || kind FROM billing.mails
            WHERE state = 'waiting' AND due_at < @now - {Overdue} AND {WhileOn}
                AND not_before < clock_timestamp() - {Overdue}
                AND (leased_until IS NULL OR leased_until < clock_timestamp())
            """
        ),
        (
            "what customers are notified of has its mail",
            """
            SELECT account_id || ' ' || kind FROM billing.outbox effect
            WHERE state = 'done' AND kind IN ('plan_activated', 'payment_action_required', 'payment_recovered',
                    'access_ended')
                AND NOT EXISTS (SELECT FROM billing.mails mail WHERE mail.account_id = effect.account_id
                    AND mail.kind = effect.kind AND mail.episode = effect.occurrence)
            """
        ),
        (
            "no mail was sent twice",
            """
            SELECT account_id || ' ' || kind FROM billing.mails WHERE state = 'sent'
            GROUP BY account_id, kind, episode, due_at HAVING count(*) > 1
            UNION SELECT provider_id FROM billing.mails WHERE provider_id IS NOT NULL
            GROUP BY provider_id HAVING count(*) > 1
            """
        ),
        ("no mail died", "SELECT account_id || ' ' || kind FROM billing.mails WHERE state = 'dead'"),
        (
            "what was charged is what was quoted",
            """
            SELECT account_id || ' ' || kind || ' ' || extract(epoch FROM proration_date)::bigint FROM billing.quotes
            WHERE state = 'Applied' AND applied_amount IS DISTINCT FROM amount_due
            """
        ),
    ];

    public async Task<IReadOnlyList<IntegrityRule>> RunAsync(CancellationToken cancellationToken)
    {
        var checkedRules = new List<IntegrityRule>();
        foreach (var (rule, query) in Rules)
        {
            var broken = await database
                .CreateCommand($"{query} LIMIT 100")
                .With("now", clock.Now)
                .ReadAsync(row => row.GetString(0), cancellationToken);
            checkedRules.Add(new IntegrityRule(rule, broken));
        }

        return checkedRules;
    }
}

/// <param name="BrokenBy">At most a hundred.</param>
internal sealed record IntegrityRule(string Rule, IReadOnlyList<string> BrokenBy)
{
    public bool Holds => BrokenBy.Count == 0;
}
