using System.Net;
using Tollgate.Testing;

namespace Tollgate.IntegrationTests.Reconciliation;

public sealed class AlertTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    [Trait("fault", "F25")]
    [Trait("fault", "F23")]
    [Trait("liveness", "L02")]
    public async Task What_is_quarantined_on_receipt_has_one_open_alert_and_is_answered_200()
    {
        await using var hydra = await HydraHost.StartAsync();
        var body = SampleEvents.Event("evt_1");
        foreach (
            var delivery in (string[])
                [
                    body.Replace("\"livemode\":false", "\"livemode\":true", StringComparison.Ordinal),
                    SampleEvents.Event("evt_2").Replace("2026-10-28.endive", "2024-06-20", StringComparison.Ordinal),
                    SampleEvents.Event("evt_3").Replace("2026-10-28.endive", "2024-06-20", StringComparison.Ordinal),
                    "not json",
                ]
        )
        {
            Assert.Equal(HttpStatusCode.OK, (await hydra.DeliverAsync(delivery)).StatusCode);
            Assert.Equal(HttpStatusCode.OK, (await hydra.DeliverAsync(delivery)).StatusCode);
        }

        Assert.Equal(
            "api_version,livemode,unreadable",
            await hydra.QueryAsync<string>("SELECT string_agg(reason, ',' ORDER BY reason) FROM billing.alerts")
        );
        Assert.Equal(
            4L,
            await hydra.QueryAsync<long>("SELECT count(*) FROM billing.inbox_receipts WHERE state = 'quarantined'")
        );
        Assert.Equal(0L, await hydra.QueryAsync<long>(SampleEvents.WithoutAlert));
    }

    [Fact]
    [Trait("fault", "F23")]
    public async Task An_event_in_a_foreign_version_is_no_hint_but_its_account_is_asked_for()
    {
        await using var hydra = await HydraHost.StartAsync();
        using var owner = await hydra.SignInAsync();
        await hydra.BuyAsync(owner);
        await hydra.TierBecomesAsync("team");
        await hydra.Sandbox.WaitForDeliveriesAsync(Token);
        await hydra.QuietAsync();
        await hydra.Stripe.MuteAsync();
        var customer = (await hydra.TenantAsync<string>("stripe_customer_id"))!;
        var subscription = (await hydra.TenantAsync<string>("stripe_subscription_id"))!;
        await hydra.Stripe.DeleteAsync($"/v1/subscriptions/{subscription}");
        var foreign = SampleEvents
            .Event("evt_foreign", "customer.subscription.deleted", customer)
            .Replace("2026-10-28.endive", "2024-06-20", StringComparison.Ordinal);

        Assert.Equal(HttpStatusCode.OK, (await hydra.DeliverAsync(foreign)).StatusCode);

        await hydra.StatusBecomesAsync("canceled");
        Assert.Equal(
            "quarantined",
            await hydra.QueryAsync<string>("SELECT state FROM billing.inbox_receipts WHERE event_id = 'evt_foreign'")
        );
    }

    [Fact]
    [Trait("fault", "F53")]
    [Trait("liveness", "L02")]
    public async Task An_unknown_price_has_an_open_alert_until_it_is_known_and_its_events_are_then_applied()
    {
        await using var hydra = await HydraHost.StartAsync();
        using var owner = await hydra.SignInAsync();
        await hydra.BuyAsync(owner);
        await hydra.TierBecomesAsync("team");
        await hydra.Sandbox.WaitForDeliveriesAsync(Token);
        await hydra.QuietAsync();
        var price = (await hydra.TenantAsync<string>("stripe_price_id"))!;
        await MoveToAsync(hydra, await SampleEvents.PriceNobodyKnowsAsync(hydra));
        await OpenAlertsBecomeAsync(hydra, 1);
        Assert.Equal(0L, await hydra.QueryAsync<long>(SampleEvents.WithoutAlert));

        await MoveToAsync(hydra, price);

        await OpenAlertsBecomeAsync(hydra, 0);
        Assert.Equal(
            0L,
            await hydra.QueryAsync<long>("SELECT count(*) FROM billing.inbox_receipts WHERE state = 'quarantined'")
        );
        Assert.StartsWith(
            "evt_",
            await hydra.QueryAsync<string>("SELECT resolved_by FROM billing.alerts"),
            StringComparison.Ordinal
        );
    }

    private static async Task MoveToAsync(HydraHost hydra, string price)
    {
        var subscription = await hydra.TenantAsync<string>("stripe_subscription_id");
        var item = (await hydra.Stripe.GetAsync($"/v1/subscriptions/{subscription}"))
            .GetProperty("items")
            .GetProperty("data")[0];
        await hydra.Stripe.PostAsync(
            $"/v1/subscriptions/{subscription}",
            ("items[0][id]", item.GetProperty("id").GetString()!),
            ("items[0][price]", price),
            ("items[0][quantity]", "3"),
            ("proration_behavior", "none")
        );
    }

    private static Task OpenAlertsBecomeAsync(HydraHost hydra, long count) =>
        Eventually.Async(
            async () =>
                await hydra.QueryAsync<long>("SELECT count(*) FROM billing.alerts WHERE resolved_at IS NULL") == count,
            ct: Token,
            what: $"{count} open alerts"
        );
}
