using Tollgate.Reconciliation;
using Tollgate.Testing;

namespace Tollgate.IntegrationTests.Reconciliation;

public sealed class ReconcileTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    [Trait("fault", "F21")]
    [Trait("liveness", "L05")]
    public async Task A_change_that_made_no_event_is_found_reported_and_repaired_once()
    {
        await using var hydra = await HydraHost.StartAsync();
        await SubscribedAsync(hydra);
        var subscription = (await hydra.TenantAsync<string>("stripe_subscription_id"))!;
        await hydra.Stripe.DeleteAsync($"/v1/subscriptions/{subscription}");
        var reconcile = hydra.Service<Reconcile>();

        Assert.Equal(0, (await reconcile.RunAsync(isDryRun: true, Token))!.Repaired);
        Assert.Equal("active", await hydra.TenantAsync<string>("stripe_subscription_status"));
        Assert.Equal(
            "active canceled",
            await hydra.QueryAsync<string>(
                """
                SELECT (before->>'StripeStatus') || ' ' || (after->>'StripeStatus')
                FROM billing.reconcile_findings WHERE kind = 'drift'
                """
            )
        );

        Assert.Equal(1, (await reconcile.RunAsync(isDryRun: false, Token))!.Repaired);
        Assert.Equal("canceled", await hydra.TenantAsync<string>("stripe_subscription_status"));
        Assert.Equal(
            "reconcile",
            await hydra.QueryAsync<string>("SELECT cause FROM billing.audit ORDER BY id DESC LIMIT 1")
        );
        var written = await WrittenAsync(hydra);

        Assert.Equal(0, (await reconcile.RunAsync(isDryRun: false, Token))!.Repaired);
        Assert.Equal(written, await WrittenAsync(hydra));
    }

    [Fact]
    [Trait("fault", "F22")]
    public async Task A_reconcile_of_all_resolves_that_the_event_history_is_incomplete()
    {
        await using var hydra = await HydraHost.StartAsync();
        await SubscribedAsync(hydra);
        await Eventually.Async(async () => await hydra.Service<CatchUp>().RunAsync(Token) is not null, ct: Token);
        await hydra.Sandbox.AdvanceAsync(TimeSpan.FromDays(35), Token);
        Assert.False((await hydra.Service<CatchUp>().RunAsync(Token))!.IsComplete);

        await hydra.Service<Reconcile>().RunAsync(isDryRun: false, Token);

        Assert.Equal(0L, await OpenAsync(hydra, "event_history_incomplete"));
        Assert.True(
            await hydra.TenantAsync<DateTime>("stripe_current_period_end") > hydra.Sandbox.Clock.GetUtcNow().UtcDateTime
        );
    }

    [Fact]
    [Trait("fault", "F51")]
    public async Task A_second_live_subscription_that_no_event_named_is_found_and_its_alert_ends_with_it()
    {
        await using var hydra = await HydraHost.StartAsync();
        await SubscribedAsync(hydra);
        var current = await hydra.TenantAsync<string>("stripe_subscription_id");
        var second = await SubscribeByHandAsync(hydra);
        Assert.Equal(0L, await OpenAsync(hydra, "double_billing"));

        await hydra.Service<Reconcile>().RunAsync(isDryRun: false, Token);

        Assert.Equal(1L, await OpenAsync(hydra, "double_billing"));
        Assert.Equal(current, await hydra.TenantAsync<string>("stripe_subscription_id"));

        await hydra.Stripe.DeleteAsync($"/v1/subscriptions/{second}");
        await hydra.Service<Reconcile>().RunAsync(isDryRun: false, Token);
        Assert.Equal(0L, await OpenAsync(hydra, "double_billing"));
    }

    [Fact]
    [Trait("decision", "S5")]
    [Trait("fault", "F51")]
    public async Task Any_event_of_the_customer_finds_a_second_live_subscription()
    {
        await using var hydra = await HydraHost.StartAsync();
        await SubscribedAsync(hydra);
        var current = await hydra.TenantAsync<string>("stripe_subscription_id");
        await SubscribeByHandAsync(hydra);
        var customer = (await hydra.TenantAsync<string>("stripe_customer_id"))!;

        await hydra.DeliverAsync(SampleEvents.Event("evt_any", "customer.subscription.updated", customer));

        await Eventually.Async(async () => await OpenAsync(hydra, "double_billing") == 1, ct: Token);
        Assert.Equal(current, await hydra.TenantAsync<string>("stripe_subscription_id"));
    }

    [Fact]
    [Trait("liveness", "L07")]
    public async Task An_account_that_is_built_again_from_Stripe_alone_is_the_same()
    {
        await using var hydra = await HydraHost.StartAsync();
        await SubscribedAsync(hydra);
        var before = await StateAsync(hydra);
        await hydra.QueryAsync<object>("DELETE FROM billing.subscriptions");

        Assert.Equal(1, (await hydra.Service<Reconcile>().RunAsync(isDryRun: false, Token))!.Repaired);

        Assert.Equal(before, await StateAsync(hydra));
    }

    [Fact]
    [Trait("fault", "F66")]
    [Trait("abuse", "X13")]
    public async Task A_second_customer_is_reported_and_never_bound()
    {
        await using var hydra = await HydraHost.StartAsync();
        await SubscribedAsync(hydra);
        var customer = await hydra.TenantAsync<string>("stripe_customer_id");
        foreach (var tenant in (string[])["acme", "nobody"])
        {
            await hydra.Stripe.PostAsync(
                "/v1/customers",
                ("email", "second@acme.test"),
                ("metadata[hydra_tenant_id]", tenant)
            );
        }

        await hydra.Service<Reconcile>().RunAsync(isDryRun: false, Token);

        Assert.Equal(1L, await OpenAsync(hydra, "second_customer"));
        Assert.Equal(1L, await OpenAsync(hydra, "stray_customer"));
        Assert.Equal(customer, await hydra.TenantAsync<string>("stripe_customer_id"));
    }

    [Fact]
    [Trait("fault", "F79")]
    public async Task A_run_that_fails_goes_on_where_it_stopped_and_two_at_once_are_one()
    {
        await using var hydra = await HydraHost.StartAsync();
        await hydra.Stripe.MuteAsync();
        for (var i = 0; i < 12; i++)
        {
            var account = new AccountId($"tenant-{i:00}");
            await hydra
                .Service<Accounts.OpenAccount>()
                .RunAsync(account, account.Value, $"billing@{account}.test", Token);
            var url = await hydra
                .Service<Checkout.StartCheckout>()
                .RunAsync(account, "team_monthly", 3, currency: null, Token);
            await hydra.Stripe.PayCheckoutAsync(url.Value!.AbsoluteUri, "4242424242424242");
        }

        var reconcile = hydra.Service<Reconcile>();
        reconcile.PageSize = 1;
        // the seventh cannot be read
        await hydra.QueryAsync<object>(
            """
            ALTER TABLE billing.subscriptions ADD CONSTRAINT not_the_seventh CHECK (account_id <> 'tenant-06')
            """
        );
        await Assert.ThrowsAnyAsync<Exception>(() => reconcile.RunAsync(isDryRun: false, Token));
        Assert.Equal(6L, await PaidAsync(hydra));
        await hydra.QueryAsync<object>("ALTER TABLE billing.subscriptions DROP CONSTRAINT not_the_seventh");

        var both = await Task.WhenAll(
            reconcile.RunAsync(isDryRun: false, Token),
            reconcile.RunAsync(isDryRun: false, Token)
        );

        var report = Assert.Single(both.OfType<ReconcileReport>());
        Assert.Equal((12, 12), (report.AccountsCompared, report.Repaired));
        Assert.Equal(12L, await PaidAsync(hydra));
    }

    private static Task<long> PaidAsync(HydraHost hydra) =>
        hydra.QueryAsync<long>("SELECT count(*) FROM billing.subscriptions WHERE plan = 'team'")!;

    private static async Task<string> SubscribeByHandAsync(HydraHost hydra)
    {
        var customer = (await hydra.TenantAsync<string>("stripe_customer_id"))!;
        var current = (await hydra.TenantAsync<string>("stripe_subscription_id"))!;
        await hydra.Stripe.ChargeToAsync(customer, current, "4242424242424242");
        var method = (await hydra.Stripe.GetAsync($"/v1/subscriptions/{current}"))
            .GetProperty("default_payment_method")
            .GetString()!;
        var made = await hydra.Stripe.PostAsync(
            "/v1/subscriptions",
            ("customer", customer),
            ("default_payment_method", method),
            ("items[0][price]", (await hydra.TenantAsync<string>("stripe_price_id"))!),
            ("items[0][quantity]", "2")
        );
        return made.GetProperty("id").GetString()!;
    }

    private static Task<string?> StateAsync(HydraHost hydra) =>
        hydra.QueryAsync<string>(
            "SELECT (to_jsonb(state) - 'version' - 'verified_at')::text FROM billing.subscriptions state"
        );

    private static Task<long> OpenAsync(HydraHost hydra, string reason) =>
        hydra.QueryAsync<long>(
            $"SELECT count(*) FROM billing.alerts WHERE reason = '{reason}' AND resolved_at IS NULL"
        )!;

    // every version of every row that could be written
    private static Task<string?> WrittenAsync(HydraHost hydra) =>
        hydra.QueryAsync<string>(
            """
            SELECT concat_ws(' ',
                (SELECT string_agg(xmin::text, ',' ORDER BY account_id) FROM billing.subscriptions),
                (SELECT string_agg(xmin::text, ',' ORDER BY account_id, meter) FROM billing.meters),
                (SELECT count(*) FROM billing.audit),
                (SELECT count(*) FROM billing.outbox),
                (SELECT count(*) FROM billing.alerts))
            """
        );

    private static async Task SubscribedAsync(HydraHost hydra)
    {
        using var owner = await hydra.SignInAsync();
        await hydra.BuyAsync(owner);
        await hydra.TierBecomesAsync("team");
        await hydra.Sandbox.WaitForDeliveriesAsync(Token);
        await hydra.QuietAsync();
        await hydra.Stripe.MuteAsync();
    }
}
