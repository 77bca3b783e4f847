using System.Collections.Concurrent;
using System.Net;
using System.Text.Json;
using Tollgate.Reconciliation;
using Tollgate.Subscriptions;
using Tollgate.Testing;

namespace Tollgate.IntegrationTests.Reconciliation;

public sealed class CatchUpTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    [Trait("fault", "F09")]
    public async Task A_thousand_deliveries_while_the_database_is_away_are_refused_at_once_and_none_is_lost()
    {
        await using var proxy = await CuttableProxy.StartAsync();
        await using var hydra = await HydraHost.StartBehindAsync(proxy, "--Tollgate:WhenUnrecordable=Retry");
        var bodies = Enumerable.Range(0, 1000).Select(i => SampleEvents.Event($"evt_{i}")).ToList();
        await proxy.CutAsync();

        var took = new ConcurrentBag<TimeSpan>();
        await Parallel.ForEachAsync(bodies, Token, async (body, _) => took.Add(await IsRefusedAsync(hydra, body)));
        Assert.True(Median(took) < TimeSpan.FromSeconds(3));
        proxy.Repair();
        await Parallel.ForEachAsync(
            bodies,
            Token,
            async (body, token) =>
                await Eventually.Async(
                    async () => (await hydra.DeliverAsync(body)).StatusCode == HttpStatusCode.OK,
                    ct: token
                )
        );

        Assert.Equal(1000L, await hydra.QueryAsync<long>("SELECT count(*) FROM billing.inbox_receipts"));
    }

    [Fact]
    [Trait("fault", "F10")]
    public async Task A_database_that_does_not_answer_keeps_no_delivery_waiting()
    {
        await using var proxy = await CuttableProxy.StartAsync();
        await using var hydra = await HydraHost.StartBehindAsync(proxy, "--Tollgate:WhenUnrecordable=Retry");
        Assert.Equal(HttpStatusCode.OK, (await hydra.DeliverAsync(SampleEvents.Event("evt_0"))).StatusCode);
        proxy.Block();

        var took = await Task.WhenAll(
            Enumerable.Range(1, 50).Select(i => IsRefusedAsync(hydra, SampleEvents.Event($"evt_{i}")))
        );

        Assert.True(Median(took) < TimeSpan.FromSeconds(5));
        proxy.Unblock();
    }

    [Fact]
    [Trait("fault", "F12")]
    [Trait("decision", "W2")]
    public async Task What_was_accepted_while_the_database_was_away_comes_back_with_it()
    {
        await using var proxy = await CuttableProxy.StartAsync();
        await using var hydra = await HydraHost.StartBehindAsync(proxy);
        using var owner = await hydra.SignInAsync();
        await hydra.BuyAsync(owner);
        await hydra.TierBecomesAsync("team");
        await hydra.Sandbox.WaitForDeliveriesAsync(Token);
        await hydra.QuietAsync();
        var subscription = (await hydra.TenantAsync<string>("stripe_subscription_id"))!;
        var customer = (await hydra.TenantAsync<string>("stripe_customer_id"))!;
        var known = await hydra.QueryAsync<long>("SELECT count(*) FROM billing.inbox_receipts");
        await proxy.CutAsync();

        await hydra.Stripe.PostAsync($"/v1/subscriptions/{subscription}", ("metadata[note]", "before it ends"));
        await hydra.Stripe.DeleteAsync($"/v1/subscriptions/{subscription}");
        await hydra.Sandbox.WaitForDeliveriesAsync(Token);
        // it has its 200 for each, and will not come again: nothing but the catch-up finds them
        var lost = (await hydra.Stripe.EventsAsync(customer)).Select(item => JsonElement.Parse(item.Body)).ToList();
        Assert.All(lost, item => Assert.Equal(0, item.GetProperty("pending_webhooks").GetInt32()));
        Assert.Equal(2, lost.Count(item => Type(item) is "customer.subscription.deleted" || IsNote(item)));
        Assert.Equal(HttpStatusCode.OK, (await hydra.DeliverAsync(lost[^1].GetRawText())).StatusCode);
        await hydra.Stripe.MuteAsync();
        proxy.Repair();

        await Eventually.Async(
            async () =>
            {
                try
                {
                    return await hydra.TenantAsync<string>("stripe_subscription_status") == "canceled";
                }
                catch (Npgsql.NpgsqlException)
                {
                    return false; // a pooled connection of before the cut
                }
            },
            timeout: TimeSpan.FromSeconds(30),
            ct: Token,
            what: "the event to be caught up with"
        );
        foreach (var item in lost.Where(item => EventRoutes.Types.Contains(Type(item))))
        {
            var id = item.GetProperty("id").GetString();
            await Eventually.Async(
                async () =>
                    await hydra.QueryAsync<long>($"SELECT count(*) FROM billing.inbox_receipts WHERE event_id = '{id}'")
                    == 1,
                ct: Token,
                what: $"{id} to be recorded"
            );
        }

        Assert.True(await hydra.QueryAsync<long>("SELECT count(*) FROM billing.inbox_receipts") >= known + 2);
    }

    private static string Type(JsonElement item) => item.GetProperty("type").GetString()!;

    private static bool IsNote(JsonElement item) =>
        Type(item) == "customer.subscription.updated"
        && item.GetProperty("data").GetProperty("object").GetProperty("metadata").TryGetProperty("note", out _);

    [Fact]
    [Trait("fault", "F20")]
    public async Task A_catch_up_beside_live_deliveries_applies_nothing_twice_and_one_node_runs_it()
    {
        await using var hydra = await HydraHost.StartAsync();
        using var owner = await hydra.SignInAsync();
        var catchUp = hydra.Service<CatchUp>();

        await Task.WhenAll(
            hydra.BuyAsync(owner),
            catchUp.RunAsync(Token),
            catchUp.RunAsync(Token),
            catchUp.RunAsync(Token)
        );
        await hydra.TierBecomesAsync("team");
        await hydra.Sandbox.WaitForDeliveriesAsync(Token);
        await catchUp.RunAsync(Token);
        await hydra.QuietAsync();

        Assert.Equal(
            1L,
            await hydra.QueryAsync<long>("SELECT count(*) FROM billing.outbox WHERE kind = 'plan_activated'")
        );
        Assert.Equal(0, (await catchUp.RunAsync(Token))!.Recorded);
        await hydra.QueryAsync<object>(
            "UPDATE billing.catch_up SET leased_until = clock_timestamp() + interval '1 minute'"
        );
        Assert.Null(await catchUp.RunAsync(Token));
    }

    [Fact]
    [Trait("fault", "F22")]
    public async Task After_thirty_five_days_the_history_is_said_to_be_incomplete()
    {
        await using var hydra = await HydraHost.StartAsync();
        var catchUp = hydra.Service<CatchUp>();
        await Eventually.Async(async () => await catchUp.RunAsync(Token) is { IsComplete: true }, ct: Token);
        await hydra.Sandbox.AdvanceAsync(TimeSpan.FromDays(35), Token);

        var report = await catchUp.RunAsync(Token);

        Assert.False(report!.IsComplete);
        Assert.Equal(
            1L,
            await hydra.QueryAsync<long>(
                "SELECT count(*) FROM billing.alerts WHERE reason = 'event_history_incomplete' AND resolved_at IS NULL"
            )
        );
    }

    [Fact]
    [Trait("fault", "F45")]
    public async Task Eight_days_without_webhooks_over_failure_and_recovery_block_nobody()
    {
        await using var hydra = await HydraHost.StartAsync();
        using var owner = await hydra.SignInAsync();
        await hydra.BuyAsync(owner);
        await hydra.TierBecomesAsync("team");
        await hydra.FailRenewalAsync();
        await hydra.Sandbox.WaitForDeliveriesAsync(Token);
        await hydra.QuietAsync();
        await hydra.Stripe.MuteAsync();
        var customer = (await hydra.TenantAsync<string>("stripe_customer_id"))!;
        var subscription = (await hydra.TenantAsync<string>("stripe_subscription_id"))!;
        await hydra.Stripe.ChargeToAsync(customer, subscription, "4242424242424242");
        var invoice = (await hydra.Stripe.GetAsync($"/v1/subscriptions/{subscription}")).GetProperty("latest_invoice");
        await hydra.Stripe.PostAsync($"/v1/invoices/{invoice.GetString()}/pay");
        await hydra.Sandbox.AdvanceAsync(TimeSpan.FromDays(8), Token);

        var status = await owner.GetAsync("/api/billing/status", Token);
        Assert.Equal("team", (await HydraHost.Json(status)).GetProperty("tier").GetString());
        await hydra.StatusBecomesAsync("active");
        await hydra.Service<CatchUp>().RunAsync(Token);
        await hydra.QuietAsync();
        Assert.Equal("active", await hydra.TenantAsync<string>("stripe_subscription_status"));
        Assert.Null(await hydra.TenantAsync<DateTime?>("past_due_since"));
    }

    private static async Task<TimeSpan> IsRefusedAsync(HydraHost hydra, string body)
    {
        var began = TimeProvider.System.GetTimestamp();
        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await hydra.DeliverAsync(body)).StatusCode);
        return TimeProvider.System.GetElapsedTime(began);
    }

    /// <summary>Not the longest: others use the machine as well.</summary>
    private static TimeSpan Median(IReadOnlyCollection<TimeSpan> times) => times.Order().ElementAt(times.Count / 2);
}
