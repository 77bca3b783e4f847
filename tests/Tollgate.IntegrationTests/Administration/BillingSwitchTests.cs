using System.Net;
using System.Net.Http.Json;
using Tollgate.IntegrationTests.Reconciliation;
using Tollgate.Settings;
using Tollgate.Testing;

namespace Tollgate.IntegrationTests.Administration;

public sealed class BillingSwitchTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    [Trait("fault", "F29")]
    [Trait("invariant", "I23")]
    public async Task Switched_off_while_it_runs_nothing_blocks_or_sells_and_what_waits_drains_later()
    {
        await using var hydra = await HydraHost.StartAsync();
        using var owner = await hydra.SignInAsync();
        await hydra.BuyAsync(owner);
        await hydra.TierBecomesAsync("team");
        await hydra.Sandbox.WaitForDeliveriesAsync(Token);
        await hydra.QuietAsync();
        var subscription = await hydra.TenantAsync<string>("stripe_subscription_id");
        var turn = hydra.Service<SetBillingSwitch>();
        await turn.RunAsync(isOn: false, "a test", "sam", Token);

        await hydra.Stripe.DeleteAsync($"/v1/subscriptions/{subscription}");
        await hydra.Sandbox.WaitForDeliveriesAsync(Token);
        Assert.Equal(
            "received",
            await hydra.QueryAsync<string>(
                "SELECT state FROM billing.inbox_receipts WHERE type = 'customer.subscription.deleted'"
            )
        );
        var checkout = await owner.PostAsJsonAsync(
            "/api/billing/checkout",
            new { price_id = "team_monthly", seat_count = 3 },
            Token
        );
        Assert.Equal(HttpStatusCode.ServiceUnavailable, checkout.StatusCode);
        var status = await HydraHost.Json(await owner.GetAsync("/api/billing/status", Token));
        Assert.False(status.GetProperty("billing_enabled").GetBoolean());
        Assert.Equal("free", status.GetProperty("tier").GetString());

        await turn.RunAsync(isOn: true, "the test is over", "sam", Token);
        await hydra.StatusBecomesAsync("canceled");
        Assert.Equal(
            "a test by sam, the test is over by sam",
            await hydra.QueryAsync<string>(
                "SELECT string_agg(why || ' by ' || author, ', ' ORDER BY switch_id) FROM billing.switches"
            )
        );
    }

    [Fact]
    [Trait("fault", "F29")]
    public async Task Five_hundred_events_that_waited_are_one_sync_and_mail_nothing_that_is_over()
    {
        await using var hydra = await HydraHost.StartAsync();
        using var owner = await hydra.SignInAsync();
        await hydra.BuyAsync(owner);
        await hydra.TierBecomesAsync("team");
        await hydra.Sandbox.WaitForDeliveriesAsync(Token);
        await hydra.QuietAsync();
        var customer = (await hydra.TenantAsync<string>("stripe_customer_id"))!;
        var subscription = (await hydra.TenantAsync<string>("stripe_subscription_id"))!;
        var turn = hydra.Service<SetBillingSwitch>();
        await turn.RunAsync(isOn: false, "a test", "sam", Token);

        await FailAndPayAsync(hydra, customer, subscription);
        await Parallel.ForEachAsync(
            Enumerable.Range(1, 500),
            new ParallelOptions { MaxDegreeOfParallelism = 8, CancellationToken = Token },
            async (number, _) =>
            {
                using var answer = await hydra.DeliverAsync(
                    SampleEvents.Event($"evt_waits_{number}", customer: customer)
                );
                Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
            }
        );
        Assert.Equal(500L, await WaitingAsync(hydra, "state = 'received'"));

        await turn.RunAsync(isOn: true, "the test is over", "sam", Token);
        await hydra.QuietAsync();
        Assert.Equal(500L, await WaitingAsync(hydra, "state = 'applied'"));
        Assert.Equal(
            1L,
            await hydra.QueryAsync<long>(
                "SELECT count(DISTINCT claim_token) FROM billing.inbox_receipts WHERE event_id LIKE 'evt_waits_%'"
            )
        );
        Assert.Equal("active", await hydra.TenantAsync<string>("stripe_subscription_status"));
        Assert.Equal(
            0L,
            await hydra.QueryAsync<long>("SELECT count(*) FROM billing.mails WHERE kind LIKE 'payment_failed%'")
        );
    }

    [Fact]
    [Trait("fault", "F30")]
    public async Task A_node_applies_another_nodes_switch_within_a_second()
    {
        await using var hydra = await HydraHost.StartAsync();
        var here = hydra.Service<BillingSwitch>();
        var elsewhere = new SetBillingSwitch(hydra.Database, new BillingSwitch(new TollgateOptions()));
        var best = TimeSpan.MaxValue; // the best of some: others use the machine as well
        for (var word = 0; word < 10 && best > TimeSpan.FromSeconds(1); word++)
        {
            var isOn = !here.IsOn;
            await elsewhere.RunAsync(isOn, "a test", "sam", Token);
            var began = TimeProvider.System.GetTimestamp();
            await Eventually.Async(() => here.IsOn == isOn, ct: Token);
            var took = TimeProvider.System.GetElapsedTime(began);
            best = took < best ? took : best;
        }

        Assert.InRange(best, TimeSpan.Zero, TimeSpan.FromSeconds(1));
    }

    /// <summary>A renewal fails, and is paid a day later.</summary>
    private static async Task FailAndPayAsync(HydraHost hydra, string customer, string subscription)
    {
        await hydra.Stripe.ChargeToAsync(customer, subscription, "4000000000000341");
        var end = await hydra.TenantAsync<DateTime>("stripe_current_period_end");
        var charged = end + TimeSpan.FromMinutes(61) - hydra.Sandbox.Clock.GetUtcNow().UtcDateTime;
        await hydra.Sandbox.AdvanceAsync(charged, Token);
        await hydra.Stripe.ChargeToAsync(customer, subscription, "4242424242424242");
        var failed = await hydra.Stripe.GetAsync($"/v1/subscriptions/{subscription}");
        await hydra.Stripe.PostAsync($"/v1/invoices/{failed.GetProperty("latest_invoice").GetString()}/pay");
        await hydra.Sandbox.WaitForDeliveriesAsync(Token);
    }

    private static Task<long> WaitingAsync(HydraHost hydra, string which) =>
        hydra.QueryAsync<long>(
            $"SELECT count(*) FROM billing.inbox_receipts WHERE event_id LIKE 'evt_waits_%' AND {which}"
        );

    [Fact]
    public void The_environments_false_wins_over_a_stored_true()
    {
        var billing = new BillingSwitch(new TollgateOptions { BillingEnabled = false });
        billing.Apply(isOn: true);
        Assert.False(billing.IsOn);
    }
}
