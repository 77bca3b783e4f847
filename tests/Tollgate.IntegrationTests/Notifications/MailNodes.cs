using Microsoft.Extensions.DependencyInjection;
using Tollgate.Notifications;
using Tollgate.Outbox;
using Tollgate.Testing;

namespace Tollgate.IntegrationTests.Notifications;

/// <summary>The words in which the tests of mail speak of a host, its database and what is in it.</summary>
internal static class MailNodes
{
    public static readonly AccountId Acme = new("acme");

    /// <summary>The account has this plan; past due since then, if it is.</summary>
    public static Task IsOnAsync(this HydraHost hydra, string plan, DateTimeOffset? pastDueSince = null) =>
        hydra.QueryAsync<object>(
            $"""
            INSERT INTO billing.stripe_bindings (stripe_id, account_id, bound_at)
                VALUES ('sub_1', 'acme', clock_timestamp()) ON CONFLICT DO NOTHING;
            INSERT INTO billing.subscriptions
                (account_id, plan, subscription_id, status, past_due_since, entitlements, version)
                VALUES ('acme', NULLIF('{plan}', 'free'), 'sub_1', '{(
                plan == "free" ? "canceled"
                : pastDueSince is null ? "active"
                : "past_due"
            )}',
                    {(pastDueSince is { } since ? $"'{since:O}'" : "NULL")}, ARRAY[]::text[], 1)
                ON CONFLICT (account_id) DO UPDATE SET plan = EXCLUDED.plan, status = EXCLUDED.status,
                    past_due_since = EXCLUDED.past_due_since
            """
        );

    /// <summary>Puts into the outbox what the single writer would put there.</summary>
    public static async Task EnqueueAsync(this HydraHost hydra, params Effect[] effects)
    {
        var token = TestContext.Current.CancellationToken;
        await using var connection = await hydra.Database.OpenConnectionAsync(token);
        await using var transaction = await connection.BeginTransactionAsync(token);
        var now = hydra.Service<BillingClock>().Now;
        await EffectOutbox.AddAsync(connection, transaction, Acme, effects, now, token);
        await transaction.CommitAsync(token);
    }

    /// <summary>A payment that failed so long ago.</summary>
    public static PaymentFailed Failed(this HydraHost hydra, TimeSpan ago)
    {
        // whole seconds, as Stripe's are
        var since = DateTimeOffset.FromUnixTimeSeconds((hydra.Service<BillingClock>().Now - ago).ToUnixTimeSeconds());
        return new PaymentFailed($"{since.ToUnixTimeSeconds()}", since, since.AddDays(7));
    }

    /// <summary>The next attempt is now, and whoever made the last one is dead.</summary>
    public static Task HurryAsync(this HydraHost hydra) =>
        hydra.QueryAsync<object>("UPDATE billing.mails SET not_before = clock_timestamp(), leased_until = NULL");

    public static Task MailsBecomeAsync(this HydraHost hydra, string states) =>
        Eventually.Async(
            async () => await hydra.MailsAsync("string_agg(state, ' ' ORDER BY due_at, mail_id)") == states,
            TimeSpan.FromSeconds(30),
            TestContext.Current.CancellationToken,
            $"the mails to be {states}"
        );

    public static Task<string?> MailsAsync(this HydraHost hydra, string column) =>
        hydra.QueryAsync<string>($"SELECT coalesce({column}, '') FROM billing.mails");

    public static Task<string?> AlertAsync(this HydraHost hydra) =>
        hydra.QueryAsync<string>("SELECT payload ->> 'Reason' FROM billing.outbox WHERE kind = 'alert_raised'");

    /// <summary>Another node's worker, on the same database.</summary>
    public static MailWorker AnotherWorker(this HydraHost hydra) =>
        ActivatorUtilities.CreateInstance<MailWorker>(hydra.Service<IServiceProvider>());
}
