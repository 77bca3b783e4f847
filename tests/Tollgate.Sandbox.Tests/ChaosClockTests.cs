using Tollgate.Sandbox.Chaos;
using Tollgate.Sandbox.Tests.Support;

namespace Tollgate.Sandbox.Tests;

/// <summary>Faults of deliveries while a test clock is advanced.</summary>
public sealed class ChaosClockTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Renewals_of_a_test_clock_are_right_whatever_is_lost_or_doubled_and_can_be_sent_again()
    {
        await using var receiver = await Receiver.StartAsync();
        await using var sandbox = await TestSandbox.StartAsync();
        var endpoint = await sandbox.PostAsync(
            "/v1/webhook_endpoints",
            $"url={receiver.Url}",
            "enabled_events[]=invoice.upcoming",
            "enabled_events[]=invoice.paid",
            "enabled_events[]=customer.subscription.updated"
        );
        var clock = await sandbox.PostAsync("/v1/test_helpers/test_clocks", "frozen_time=1600000000");
        var customer = await sandbox.PostAsync(
            "/v1/customers",
            $"test_clock={clock.Id}",
            "payment_method=pm_card_visa",
            "invoice_settings[default_payment_method]=pm_card_visa"
        );
        var subscription = await Some.SubscriptionAsync(sandbox, customer.Id);
        await sandbox.Server.WaitForDeliveriesAsync(Token);
        var before = receiver.All.Count;

        sandbox.Server.Chaos.Add(new ChaosRule(Fault.Drop) { EventTypes = ["invoice.*"] });
        sandbox.Server.Chaos.Add(new ChaosRule(Fault.Duplicate) { EventTypes = ["customer.subscription.*"] });
        var boundary = subscription.Int("items.data.0.current_period_end");
        await sandbox.PostAsync($"/v1/test_helpers/test_clocks/{clock.Id}/advance", $"frozen_time={boundary + 3600}");
        await sandbox.Server.WaitForDeliveriesAsync(Token);
        var renewed = await sandbox.GetAsync($"/v1/subscriptions/{subscription.Id}", "expand[]=latest_invoice");
        Assert.Equal("active", renewed["status"]);
        Assert.Equal(boundary, renewed.Int("items.data.0.current_period_start"));
        Assert.Equal("paid", renewed["latest_invoice.status"]);
        var arrived = receiver.All.Skip(before).ToList();
        Assert.Equal(
            ["customer.subscription.updated", "customer.subscription.updated"],
            arrived.Select(one => one.Type)
        );
        Assert.Single(arrived.Select(one => one.EventId).Distinct(StringComparer.Ordinal));

        sandbox.Server.Chaos.Reset();
        var lost = (await sandbox.GetAsync("/v1/events", "delivery_success=false")).Ids;
        foreach (var id in lost)
        {
            await sandbox.PostAsync($"/v1/events/{id}/retry", $"webhook_endpoint={endpoint.Id}");
        }

        await sandbox.Server.WaitForDeliveriesAsync(Token);
        var replayed = receiver.All.Skip(before + 2).ToList();
        Assert.Equal(
            ["invoice.paid", "invoice.upcoming"],
            replayed.Select(one => one.Type).Order(StringComparer.Ordinal)
        );
        Assert.Equal(
            lost.Order(StringComparer.Ordinal),
            replayed.Select(one => one.EventId).Order(StringComparer.Ordinal)
        );
    }
}
