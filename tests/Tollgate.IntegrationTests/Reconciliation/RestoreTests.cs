using Tollgate.IntegrationTests.Notifications;
using Tollgate.Reconciliation;
using Tollgate.Testing;

namespace Tollgate.IntegrationTests.Reconciliation;

/// <summary>The database is put back to an older state.</summary>
public sealed class RestoreTests
{
    private const string Tables = """
        SELECT relname FROM pg_class
        WHERE relnamespace = 'billing'::regnamespace AND relkind IN ('r', 'p') AND NOT relispartition
        """;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    [Trait("fault", "F97")]
    public async Task After_a_restore_catch_up_and_reconcile_converge_and_no_mail_of_the_gap_goes_out_again()
    {
        await using var resend = await FakeResend.StartAsync();
        await using var hydra = await HydraHost.StartAsync(resend.Settings);
        using var owner = await hydra.SignInAsync();
        await hydra.BuyAsync(owner);
        await hydra.TierBecomesAsync("team");
        await SettledAsync(hydra);
        await BackUpAsync(hydra);

        await hydra.FailRenewalAsync();
        await SettledAsync(hydra);
        await hydra.Stripe.MuteAsync();
        var (sent, mails) = (await SentAsync(hydra), resend.Mails.Count);
        Assert.True(sent > 1, $"{sent} mails were sent"); // one of them in the gap
        Assert.Equal("active", await RestoreAsync(hydra));

        await hydra.Service<CatchUp>().RunAsync(Token);
        await hydra.Service<Reconcile>().RunAsync(isDryRun: false, Token);

        await hydra.StatusBecomesAsync("past_due");
        await SettledAsync(hydra);
        await Eventually.Async(
            async () => await SentAsync(hydra) == sent,
            ct: Token,
            what: "the gap's mails to be dispatched"
        );
        Assert.Equal(mails, resend.Mails.Count);
    }

    private static Task<long> SentAsync(HydraHost hydra) =>
        hydra.QueryAsync<long>("SELECT count(*) FROM billing.mails WHERE state = 'sent'");

    /// <summary>
    /// Until all that happened is applied, and all effects were dispatched. The clock is compared to the microsecond: a
    /// mail of this very second is due, too.
    /// </summary>
    private static async Task SettledAsync(HydraHost hydra)
    {
        await hydra.Sandbox.WaitForDeliveriesAsync(Token);
        await hydra.QuietAsync();
        await Eventually.Async(
            async () =>
                await hydra.QueryAsync<bool>(
                    $"""
                    SELECT NOT EXISTS (SELECT FROM billing.outbox WHERE state = 'pending')
                        AND NOT EXISTS (SELECT FROM billing.mails WHERE state = 'waiting'
                            AND due_at <= timestamptz '{hydra.Sandbox.Clock.GetUtcNow():O}')
                    """
                ),
            ct: Token,
            what: "all effects to be dispatched"
        );
    }

    private static Task BackUpAsync(HydraHost hydra) =>
        hydra.QueryAsync<object>(
            $"""
            DO $$ DECLARE name text; BEGIN
                CREATE SCHEMA backup;
                FOR name IN {Tables} LOOP
                    EXECUTE format('CREATE TABLE backup.%1$I AS TABLE billing.%1$I', name);
                END LOOP;
            END $$
            """
        );

    /// <summary>
    /// The restored status, read before the tables are free again: from then on the product repairs it by itself.
    /// </summary>
    private static Task<string?> RestoreAsync(HydraHost hydra) =>
        hydra.QueryAsync<string>(
            $"""
            DO $$ DECLARE name text; BEGIN
                SET LOCAL session_replication_role = replica;
                EXECUTE (SELECT 'TRUNCATE ' || string_agg(format('billing.%I', relname), ', ') FROM ({Tables}) every);
                FOR name IN {Tables} LOOP
                    EXECUTE format('INSERT INTO billing.%1$I OVERRIDING SYSTEM VALUE TABLE backup.%1$I', name);
                END LOOP;
            END $$;
            SELECT stripe_subscription_status FROM public.tenants WHERE tenant_id = 'acme'
            """
        );
}
