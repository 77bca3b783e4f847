using Tollgate.Deadlines;
using Tollgate.Subscriptions;
using Tollgate.Testing;

namespace Tollgate.IntegrationTests.Subscriptions;

public sealed class LeaseTests
{
    private static readonly AccountId Acme = new("acme");

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    [Trait("fault", "F18")]
    [Trait("fault", "F36")]
    public async Task Whoever_lost_the_lease_cannot_commit()
    {
        await using var hydra = await HydraHost.StartAsync();
        var slow = await TakeAsync(hydra);
        Assert.Null(await TakeAsync(hydra));
        await hydra.QueryAsync<object>(
            "UPDATE billing.sync_leases SET leased_until = clock_timestamp() - interval '1 s'"
        );
        var quick = await TakeAsync(hydra);

        Assert.False(await CommitAsync(hydra, slow!.Value));
        Assert.True(await CommitAsync(hydra, quick!.Value));
        Assert.NotNull(await TakeAsync(hydra));
    }

    [Fact]
    public async Task A_request_for_a_sync_fences_off_whoever_is_syncing()
    {
        await using var hydra = await HydraHost.StartAsync();
        var held = await TakeAsync(hydra);
        var dueAt = new DateTimeOffset(2030, 1, 1, 0, 0, 0, TimeSpan.Zero);

        await using var connection = await hydra.Database.OpenConnectionAsync(Token);
        await AccountLeases.RequestSyncAsync(connection, transaction: null, Acme, dueAt, Token);

        Assert.False(await CommitAsync(hydra, held!.Value));
        Assert.Equal(
            dueAt.UtcDateTime,
            await hydra.QueryAsync<DateTime>("SELECT next_due_at FROM billing.sync_leases")
        );
    }

    [Fact]
    public async Task A_success_page_that_polls_does_not_keep_fencing_off_the_sync_it_waits_for()
    {
        await using var hydra = await HydraHost.StartAsync();
        var sync = hydra.Service<SubscriptionSync>();
        await sync.BindAsync(Acme, "sub_bought", Token);
        var held = await TakeAsync(hydra);

        await sync.BindAsync(Acme, "sub_bought", Token);

        Assert.True(await CommitAsync(hydra, held!.Value));
    }

    [Fact]
    [Trait("invariant", "I24")]
    public async Task The_audit_gives_the_row_from_the_first_binding_on()
    {
        await using var hydra = await HydraHost.StartAsync();
        await hydra.Service<SubscriptionSync>().BindAsync(Acme, "sub_bought", Token);
        await hydra.Service<SubscriptionSync>().BindAsync(Acme, "sub_other", Token);

        Assert.Equal(
            "checkout: 0 none, then 1 sub_bought",
            await hydra.QueryAsync<string>(
                """
                SELECT string_agg(
                    format('%s: %s %s, then %s %s', cause, before->>'Version',
                        coalesce(before->>'SubscriptionId', 'none'), after->>'Version', after->>'SubscriptionId'),
                    '; ' ORDER BY id)
                FROM billing.audit
                """
            )
        );
        Assert.Equal(
            "1 sub_bought",
            await hydra.QueryAsync<string>("SELECT version || ' ' || subscription_id FROM billing.subscriptions")
        );
    }

    [Fact]
    [Trait("fault", "F14")]
    public async Task An_account_whose_event_died_is_synced_again()
    {
        await using var hydra = await HydraHost.StartAsync();
        using var owner = await hydra.SignInAsync();
        await hydra.Stripe.MuteAsync();
        await hydra.BuyAsync(owner);
        var customer = await hydra.TenantAsync<string>("stripe_customer_id");
        // a subscription that is another's makes every sync fail
        var subscriptions = await hydra.Stripe.GetAsync("/v1/subscriptions");
        await hydra.QueryAsync<object>(
            $"""
            INSERT INTO billing.stripe_bindings (stripe_id, account_id, bound_at)
                VALUES ('{subscriptions.GetProperty("data")[0].GetProperty(
                "id"
            ).GetString()}', 'globex', clock_timestamp());
            INSERT INTO billing.inbox_receipts (event_id, type, customer_id, received_at, state, attempts, not_before)
                VALUES ('evt_poison', 'customer.subscription.updated', '{customer}', clock_timestamp(), 'received', 7,
                    clock_timestamp())
            """
        );

        await Eventually.Async(
            async () => await hydra.QueryAsync<string>("SELECT state FROM billing.inbox_receipts") == "dead",
            ct: Token
        );
        Assert.True(
            await hydra.QueryAsync<bool>(
                "SELECT next_due_at IS NOT NULL FROM billing.sync_leases WHERE account_id = 'acme'"
            )
        );
    }

    [Fact]
    [Trait("fault", "F14")]
    [Trait("fault", "F15")]
    public async Task A_poison_event_is_dead_with_an_alert_others_go_on_and_its_account_converges()
    {
        await using var hydra = await HydraHost.StartAsync();
        using var acme = await hydra.SignInAsync();
        await hydra.BuyAsync(acme);
        await hydra.TierBecomesAsync("team");
        await hydra.Sandbox.WaitForDeliveriesAsync(Token);
        await hydra.QuietAsync();
        var customer = await hydra.TenantAsync<string>("stripe_customer_id");
        var subscription = await hydra.TenantAsync<string>("stripe_subscription_id");
        // a state that cannot be written makes every sync of this account fail
        await hydra.QueryAsync<object>(
            "ALTER TABLE billing.subscriptions ADD CONSTRAINT poison CHECK (account_id <> 'acme' OR seats = 3)"
        );
        var item = (await hydra.Stripe.GetAsync($"/v1/subscriptions/{subscription}"))
            .GetProperty("items")
            .GetProperty("data")[0]
            .GetProperty("id");
        await hydra.Stripe.PostAsync(
            $"/v1/subscriptions/{subscription}",
            ("items[0][id]", item.GetString()!),
            ("items[0][quantity]", "5")
        );
        await hydra.QueryAsync<object>(
            $"""
            INSERT INTO billing.inbox_receipts (event_id, type, customer_id, received_at, state, attempts, not_before)
                VALUES ('evt_poison', 'invoice.paid', '{customer}', clock_timestamp(), 'received', 7,
                    clock_timestamp())
            """
        );
        await PoisonIsAsync(hydra, "dead");
        Assert.Equal(
            1L,
            await hydra.QueryAsync<long>(
                """
                SELECT count(*) FROM billing.alerts
                WHERE account_id = 'acme' AND reason = 'event_failed' AND resolved_at IS NULL
                """
            )
        );

        using var globex = await hydra.SignInAsync("owner@globex.test");
        await hydra.BuyAsync(globex, "business_monthly");
        await hydra.TierBecomesAsync("business", "globex");

        await hydra.QueryAsync<object>("ALTER TABLE billing.subscriptions DROP CONSTRAINT poison");
        await Eventually.Async(async () => await hydra.TenantAsync<int>("stripe_seat_count") == 5, ct: Token);
        await PoisonIsAsync(hydra, "dead");
        var (_, dead) = await hydra.CommandAsync("events", "list", "--state", "dead", "--json");
        Assert.Contains("evt_poison", dead, StringComparison.Ordinal);
    }

    private static Task PoisonIsAsync(HydraHost hydra, string state) =>
        Eventually.Async(
            async () =>
                await hydra.QueryAsync<string>("SELECT state FROM billing.inbox_receipts WHERE event_id = 'evt_poison'")
                == state,
            ct: Token,
            what: $"the poison event to be {state}"
        );

    [Fact]
    [Trait("decision", "W4")]
    public async Task The_read_budget_of_all_nodes_together_is_never_overspent()
    {
        await using var hydra = await HydraHost.StartAsync();
        await hydra.QueryAsync<object>(
            "UPDATE billing.stripe_read_budget SET tokens = 0, refilled_at = clock_timestamp()"
        );
        var started = TimeProvider.System.GetTimestamp();
        using var one = new StripeReadBudget(hydra.Database, TimeProvider.System);
        using var two = new StripeReadBudget(hydra.Database, TimeProvider.System);

        await Task.WhenAll(Enumerable.Range(0, 30).Select(i => (i % 2 == 0 ? one : two).SpendAsync(Token)));

        // thirty reads at twenty a second from an empty bucket; each node may keep up to four of its last chunk
        Assert.True(TimeProvider.System.GetElapsedTime(started) >= TimeSpan.FromSeconds(1.49));
    }

    private static async Task<AccountLease?> TakeAsync(HydraHost hydra)
    {
        await using var connection = await hydra.Database.OpenConnectionAsync(Token);
        return await AccountLeases.TryTakeAsync(connection, transaction: null, Acme, Token);
    }

    private static async Task<bool> CommitAsync(HydraHost hydra, AccountLease lease)
    {
        await using var connection = await hydra.Database.OpenConnectionAsync(Token);
        await using var transaction = await connection.BeginTransactionAsync(Token);
        var committed = await AccountLeases.TryCommitAsync(connection, transaction, lease, nextDueAt: null, Token);
        await transaction.CommitAsync(Token);
        return committed;
    }
}
