using System.Text.Json;
using Tollgate.Sandbox.Tests.Support;

namespace Tollgate.Sandbox.Tests;

/// <summary><c>invoice.upcoming</c>, a week before a renewal is charged.</summary>
public sealed class UpcomingInvoiceTests
{
    private const long Week = 7 * 24 * 3600;

    [Fact]
    public async Task Renewal_is_announced_a_week_before_with_the_invoice_it_will_have()
    {
        await using var sandbox = await TestSandbox.StartAsync();
        var subscription = await Some.SubscriptionAsync(sandbox, quantity: 2);
        var boundary = End(subscription);
        await sandbox.AdvanceToAsync(boundary - Week - 1);
        Assert.Empty(await UpcomingAsync(sandbox));

        await sandbox.AdvanceToAsync(boundary - Week);
        var upcoming = Assert.Single(await UpcomingAsync(sandbox));
        Assert.Equal(boundary - Week, upcoming.GetProperty("created").GetInt64());
        var invoice = Answered.At(upcoming, "data.object");
        Assert.False(invoice.TryGetProperty("id", out _));
        Assert.Equal("upcoming", invoice.GetProperty("billing_reason").GetString());
        Assert.Equal(4000, invoice.GetProperty("amount_due").GetInt64());
        Assert.Equal(boundary + 3600, invoice.GetProperty("next_payment_attempt").GetInt64());
        Assert.Equal(subscription.Id, Answered.At(invoice, "parent.subscription_details.subscription").GetString());
        Assert.Equal(JsonValueKind.Null, Answered.At(invoice, "lines.data.0.invoice").ValueKind);
        Assert.Equal(JsonValueKind.Null, Answered.At(upcoming, "request.id").ValueKind);
        var mostRecent = (await sandbox.GetAsync("/v1/invoices", $"subscription={subscription.Id}")).Ids;
        Assert.Equal(subscription["latest_invoice"], Assert.Single(mostRecent));
    }

    [Fact]
    public async Task Each_renewal_is_announced_once_and_before_it()
    {
        await using var sandbox = await TestSandbox.StartAsync();
        await Some.SubscriptionAsync(sandbox);
        await sandbox.AdvanceAsync(TimeSpan.FromDays(70));
        var types = await sandbox.EventTypesAsync();
        // Events are kept for thirty days.
        Assert.Equal(
            ["invoice.upcoming", "invoice.created"],
            types.Where(type => type is "invoice.created" or "invoice.upcoming")
        );
    }

    [Theory]
    [InlineData("day")]
    [InlineData("week")]
    public async Task Period_that_is_not_longer_than_the_notice_has_none(string interval)
    {
        await using var sandbox = await TestSandbox.StartAsync();
        await Some.SubscriptionAsync(sandbox, price: await Some.PriceAsync(sandbox, interval: interval));
        await sandbox.AdvanceAsync(TimeSpan.FromDays(15));
        Assert.Empty(await UpcomingAsync(sandbox));
    }

    [Theory]
    [InlineData("cancel_at_period_end=true", "cancel_at_period_end=false")]
    [InlineData("pause_collection[behavior]=void", "pause_collection=")]
    public async Task Renewal_that_will_take_no_money_is_not_announced_nor_later_made_up_for(string stop, string goOn)
    {
        await using var sandbox = await TestSandbox.StartAsync();
        var subscription = await Some.SubscriptionAsync(sandbox);
        await sandbox.PostAsync($"/v1/subscriptions/{subscription.Id}", stop);
        await sandbox.AdvanceToAsync(End(subscription) - Week);
        await sandbox.PostAsync($"/v1/subscriptions/{subscription.Id}", goOn);
        await sandbox.AdvanceToAsync(End(subscription) - 1);
        Assert.Empty(await UpcomingAsync(sandbox));

        await sandbox.AdvanceAsync(TimeSpan.FromDays(30));
        Assert.Single(await UpcomingAsync(sandbox));
    }

    [Fact]
    public async Task Invoice_that_will_be_sent_is_not_announced()
    {
        await using var sandbox = await TestSandbox.StartAsync();
        await Some.SubscriptionAsync(sandbox, null, null, 1, "collection_method=send_invoice", "days_until_due=7");
        await sandbox.AdvanceAsync(TimeSpan.FromDays(32));
        Assert.Empty(await UpcomingAsync(sandbox));
    }

    [Fact]
    public async Task End_of_a_trial_is_announced_unless_it_is_brought_nearer_than_the_notice()
    {
        await using var sandbox = await TestSandbox.StartAsync();
        await Some.SubscriptionAsync(sandbox, null, null, 1, "trial_period_days=14");
        var shortened = await Some.SubscriptionAsync(sandbox, null, null, 1, "trial_period_days=14");
        var end = shortened.Int("created") + 5 * 24 * 3600;
        await sandbox.PostAsync($"/v1/subscriptions/{shortened.Id}", $"trial_end={end}", "proration_behavior=none");
        await sandbox.AdvanceAsync(TimeSpan.FromDays(14.5));
        var upcoming = Assert.Single(await UpcomingAsync(sandbox));
        Assert.NotEqual(
            shortened.Id,
            Answered.At(upcoming, "data.object.parent.subscription_details.subscription").GetString()
        );
        Assert.Equal(2000, Answered.At(upcoming, "data.object.amount_due").GetInt64());
    }

    [Fact]
    public async Task Schedule_shows_its_next_phase_and_does_not_enter_it()
    {
        await using var sandbox = await TestSandbox.StartAsync();
        var (subscription, schedule) = await Planned.ToIntervalAsync(sandbox, "month", "year", 20_000);
        await sandbox.AdvanceToAsync(End(await sandbox.GetAsync(subscription)) - Week);
        var upcoming = Assert.Single(await UpcomingAsync(sandbox));
        Assert.Equal(20_000, Answered.At(upcoming, "data.object.amount_due").GetInt64());
        var planned = await sandbox.GetAsync(schedule);
        Assert.Equal(planned.Int("phases.0.end_date"), planned.Int("current_phase.end_date"));
    }

    [Fact]
    public async Task Test_clock_announces_by_its_own_time()
    {
        await using var sandbox = await TestSandbox.StartAsync();
        const long frozen = 1_600_000_000;
        var clock = await sandbox.PostAsync("/v1/test_helpers/test_clocks", $"frozen_time={frozen}");
        var customer = await sandbox.PostAsync(
            "/v1/customers",
            $"test_clock={clock.Id}",
            "payment_method=pm_card_visa",
            "invoice_settings[default_payment_method]=pm_card_visa"
        );
        var subscription = await Some.SubscriptionAsync(sandbox, customer.Id);
        var end = End(subscription);
        await sandbox.PostAsync($"/v1/test_helpers/test_clocks/{clock.Id}/advance", $"frozen_time={end - 60}");
        var upcoming = Assert.Single(await UpcomingAsync(sandbox));
        Assert.Equal(end - Week, upcoming.GetProperty("created").GetInt64());
        Assert.Equal(clock.Id, Answered.At(upcoming, "data.object.test_clock").GetString());
    }

    private static long End(Answered subscription) => subscription.Int("items.data.0.current_period_end");

    private static Task<IReadOnlyList<JsonElement>> UpcomingAsync(TestSandbox sandbox) =>
        sandbox.EventsAsync("invoice.upcoming");
}
