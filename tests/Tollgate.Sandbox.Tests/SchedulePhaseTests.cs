using Tollgate.Sandbox.Tests.Support;

namespace Tollgate.Sandbox.Tests;

/// <summary>Schedules that start subscriptions, and what a phase can say.</summary>
public sealed class SchedulePhaseTests
{
    private static readonly DateTimeOffset April = DateTimeOffset.FromUnixTimeSeconds(1775001600);
    private static readonly long May = Unix(April.AddMonths(1));

    [Fact]
    public async Task Schedule_that_starts_now_has_an_active_subscription_whose_first_invoice_is_a_draft_for_an_hour()
    {
        await using var sandbox = await TestSandbox.StartAtAsync(April);
        var (customer, price) = (await Some.CustomerAsync(sandbox), await Some.PriceAsync(sandbox));
        var schedule = await sandbox.PostAsync(
            Planned.Schedules,
            [
                $"customer={customer}",
                "start_date=now",
                "metadata[tenant]=acme",
                .. Planned.Phase(0, price, 1, "iterations=2", "metadata[plan]=team"),
                .. Planned.Phase(1, price, 2, "iterations=1"),
                "expand[]=subscription.latest_invoice",
            ]
        );
        Assert.Equal("active", schedule["subscription.status"]);
        Assert.Equal("draft", schedule["subscription.latest_invoice.status"]);
        Assert.Equal(schedule.Id, schedule["subscription.schedule"]);
        Assert.Equal("team", schedule["subscription.metadata.plan"]);
        Assert.Equal(Unix(April.AddMonths(2)), schedule.Int("phases.1.start_date"));
        await sandbox.AdvanceAsync(TimeSpan.FromHours(1));
        Assert.Single((await sandbox.GetAsync("/v1/invoices", "status=paid")).Data);
        await sandbox.AdvanceToAsync(Unix(April.AddMonths(2)) + 3600);
        Assert.Equal(
            8000,
            (await sandbox.GetAsync("/v1/invoices")).Data.Sum(invoice => invoice.GetProperty("amount_paid").GetInt64())
        );
    }

    [Fact]
    public async Task First_invoice_of_a_schedule_that_is_not_paid_is_tried_again()
    {
        await using var sandbox = await TestSandbox.StartAtAsync(April);
        var customer = await Some.CustomerAsync(sandbox, "pm_card_chargeCustomerFail");
        var schedule = await sandbox.PostAsync(
            Planned.Schedules,
            [
                $"customer={customer}",
                "start_date=now",
                .. Planned.Phase(0, await Some.PriceAsync(sandbox), 1, "iterations=3"),
            ]
        );
        await sandbox.AdvanceAsync(TimeSpan.FromHours(2));
        var path = $"/v1/subscriptions/{schedule["subscription"]}";
        Assert.Equal("past_due", (await sandbox.GetAsync(path))["status"]);
        await sandbox.AdvanceAsync(TimeSpan.FromDays(14));
        Assert.Equal("canceled", (await sandbox.GetAsync(path))["status"]);
        Assert.Equal("canceled", (await sandbox.GetAsync($"{Planned.Schedules}/{schedule.Id}"))["status"]);
        Assert.Single(await sandbox.EventsAsync("subscription_schedule.aborted"));
    }

    [Fact]
    public async Task Schedule_of_the_future_starts_at_its_time_and_can_be_canceled_before()
    {
        await using var sandbox = await TestSandbox.StartAtAsync(April);
        var (customer, price) = (await Some.CustomerAsync(sandbox), await Some.PriceAsync(sandbox));
        string[] form = [$"customer={customer}", $"start_date={May}", .. Planned.Phase(0, price, 1)];
        var first = await sandbox.PostAsync(Planned.Schedules, form);
        var second = await sandbox.PostAsync(Planned.Schedules, form);
        Assert.Equal("not_started", first["status"]);
        Assert.Equal("null", first["current_phase"]);
        Assert.Equal(2, (await sandbox.GetAsync(Planned.Schedules, "scheduled=true")).Data.Count);
        Assert.Equal("canceled", (await sandbox.PostAsync($"{Planned.Schedules}/{second.Id}/cancel"))["status"]);
        await sandbox.AdvanceToAsync(May);
        var started = await sandbox.GetAsync($"{Planned.Schedules}/{first.Id}", "expand[]=subscription");
        Assert.Equal("active", started["status"]);
        Assert.Equal(May, started.Int("subscription.created"));
        Assert.Single((await sandbox.GetAsync("/v1/subscriptions")).Data);
    }

    [Fact]
    public async Task End_behavior_of_cancel_ends_the_subscription_with_the_last_phase()
    {
        await using var sandbox = await TestSandbox.StartAtAsync(April);
        var (customer, price) = (await Some.CustomerAsync(sandbox), await Some.PriceAsync(sandbox));
        var schedule = await sandbox.PostAsync(
            Planned.Schedules,
            [
                $"customer={customer}",
                "start_date=now",
                "end_behavior=cancel",
                .. Planned.Phase(0, price, 1, "iterations=2"),
            ]
        );
        var end = Unix(April.AddMonths(2));
        var path = $"/v1/subscriptions/{schedule["subscription"]}";
        Assert.Equal(end, (await sandbox.GetAsync(path)).Int("cancel_at"));
        await sandbox.AdvanceToAsync(end - 7 * 86_400);
        Assert.Single(await sandbox.EventsAsync("subscription_schedule.expiring"));
        await sandbox.AdvanceToAsync(end);
        Assert.Equal("canceled", (await sandbox.GetAsync(path))["status"]);
        var over = await sandbox.GetAsync($"{Planned.Schedules}/{schedule.Id}");
        Assert.Equal("completed", over["status"]);
        Assert.Equal(end, over.Int("completed_at"));
        Assert.Equal(2, (await sandbox.GetAsync("/v1/invoices", "status=paid")).Data.Count);
    }

    [Fact]
    public async Task Discount_comes_with_its_phase()
    {
        await using var sandbox = await TestSandbox.StartAtAsync(April);
        var coupon = await sandbox.PostAsync("/v1/coupons", "percent_off=50", "duration=forever");
        var (customer, price) = (await Some.CustomerAsync(sandbox), await Some.PriceAsync(sandbox));
        await sandbox.PostAsync(
            Planned.Schedules,
            [
                $"customer={customer}",
                "start_date=now",
                .. Planned.Phase(0, price, 1, $"discounts[0][coupon]={coupon.Id}"),
                .. Planned.Phase(1, price, 1),
            ]
        );
        await sandbox.AdvanceToAsync(May + 3600);
        var paid = (await sandbox.GetAsync("/v1/invoices")).Data.Select(one =>
            one.GetProperty("amount_paid").GetInt64()
        );
        Assert.Equal([2000, 1000], paid);
    }

    [Theory]
    [InlineData("phases[1][start_date]", "phases[0][iterations]=1", "phases[1][start_date]=1775001700")]
    [InlineData("phases[0]", "phases[0][duration][interval]=month", "phases[0][iterations]=2")]
    [InlineData("phases[0][end_date]", "phases[0][end_date]=1775001600")]
    [InlineData("phases[1][trial_end]", "phases[1][trial]=true")]
    [InlineData("end_behavior", "end_behavior=renew")]
    [InlineData("discounts[0][coupon]", "phases[0][discounts][0][coupon]=unknown")]
    [InlineData("start_date", "start_date=1775001599")]
    [InlineData("phases[0][add_invoice_items]", "phases[0][add_invoice_items][0][price]=price_1")]
    public async Task Phases_that_make_no_sense_are_refused(string parameter, params string[] form)
    {
        await using var sandbox = await TestSandbox.StartAtAsync(April);
        var (customer, price) = (await Some.CustomerAsync(sandbox), await Some.PriceAsync(sandbox));
        string[] start = form[0].StartsWith("start_date", StringComparison.Ordinal) ? [] : ["start_date=now"];
        await Planned.RefusedAsync(
            sandbox,
            Planned.Schedules,
            parameter,
            [$"customer={customer}", .. start, .. Planned.Phase(0, price, 1), .. Planned.Phase(1, price, 2), .. form]
        );
    }

    [Fact]
    public async Task Schedule_of_a_customer_on_a_test_clock_lives_by_it()
    {
        await using var sandbox = await TestSandbox.StartAsync();
        var clock = await sandbox.PostAsync("/v1/test_helpers/test_clocks", $"frozen_time={Unix(April)}");
        var customer = await sandbox.PostAsync(
            "/v1/customers",
            $"test_clock={clock.Id}",
            "payment_method=pm_card_visa",
            "invoice_settings[default_payment_method]=pm_card_visa"
        );
        var price = await Some.PriceAsync(sandbox);
        var schedule = await sandbox.PostAsync(
            Planned.Schedules,
            [
                $"customer={customer.Id}",
                $"start_date={Unix(April)}",
                .. Planned.Phase(0, price, 1),
                .. Planned.Phase(1, price, 4),
            ]
        );
        Assert.Equal(clock.Id, schedule["test_clock"]);
        await sandbox.PostAsync($"/v1/test_helpers/test_clocks/{clock.Id}/advance", $"frozen_time={May}");
        Assert.Equal(
            4,
            (await sandbox.GetAsync($"/v1/subscriptions/{schedule["subscription"]}")).Int("items.data.0.quantity")
        );
    }

    [Fact]
    public async Task Phase_that_ends_within_a_period_prorates_as_it_says()
    {
        await using var sandbox = await TestSandbox.StartAtAsync(April);
        var price = await Some.PriceAsync(sandbox);
        var subscription = await Some.SubscriptionAsync(sandbox, null, price, 1);
        var schedule = await sandbox.PostAsync(Planned.Schedules, $"from_subscription={subscription.Id}");
        var middle = Unix(April.AddDays(15));
        await sandbox.PostAsync(
            $"{Planned.Schedules}/{schedule.Id}",
            [
                .. Planned.Phase(0, price, 1, $"start_date={Unix(April)}", $"end_date={middle}"),
                .. Planned.Phase(1, price, 3, "proration_behavior=always_invoice", "duration[interval]=month"),
            ]
        );
        await sandbox.AdvanceToAsync(middle);
        var after = await sandbox.GetAsync($"/v1/subscriptions/{subscription.Id}", "expand[]=latest_invoice");
        Assert.Equal(3, after.Int("items.data.0.quantity"));
        Assert.Equal(2000, after.Int("latest_invoice.amount_paid"));
        Assert.Equal(May, after.Int("items.data.0.current_period_end"));
    }

    [Fact]
    public async Task Schedule_of_a_deleted_customer_never_starts()
    {
        await using var sandbox = await TestSandbox.StartAtAsync(April);
        var (customer, price) = (await Some.CustomerAsync(sandbox), await Some.PriceAsync(sandbox));
        var schedule = await sandbox.PostAsync(
            Planned.Schedules,
            [$"customer={customer}", $"start_date={May}", .. Planned.Phase(0, price, 1)]
        );
        await sandbox.DeleteAsync($"/v1/customers/{customer}");
        await sandbox.AdvanceToAsync(May);
        Assert.Equal("canceled", (await sandbox.GetAsync($"{Planned.Schedules}/{schedule.Id}"))["status"]);
        Assert.Empty((await sandbox.GetAsync("/v1/subscriptions", "status=all")).Data);
    }

    [Fact]
    public async Task What_was_planned_comes_about_though_its_price_is_archived_and_without_a_coupon_that_is_over()
    {
        await using var sandbox = await TestSandbox.StartAtAsync(April);
        var coupon = await sandbox.PostAsync("/v1/coupons", "percent_off=50", "duration=forever");
        var (customer, price) = (await Some.CustomerAsync(sandbox), await Some.PriceAsync(sandbox));
        var dearer = await Some.PriceAsync(sandbox, 3000);
        var schedule = await sandbox.PostAsync(
            Planned.Schedules,
            [
                $"customer={customer}",
                "start_date=now",
                .. Planned.Phase(0, price, 1),
                .. Planned.Phase(1, dearer, 1, $"discounts[0][coupon]={coupon.Id}"),
            ]
        );
        await sandbox.PostAsync($"/v1/prices/{dearer}", "active=false");
        await sandbox.DeleteAsync($"/v1/coupons/{coupon.Id}");
        await sandbox.AdvanceToAsync(May + 3600);
        var path = $"/v1/subscriptions/{schedule["subscription"]}";
        Assert.Equal(3000, (await sandbox.GetAsync(path, "expand[]=latest_invoice")).Int("latest_invoice.amount_paid"));
    }

    [Fact]
    public async Task First_phase_can_be_a_trial_and_the_settings_bring_the_card()
    {
        await using var sandbox = await TestSandbox.StartAtAsync(April);
        var customer = await Some.CustomerAsync(sandbox);
        var card = (await sandbox.PostAsync("/v1/payment_methods/pm_card_amex/attach", $"customer={customer}")).Id;
        var schedule = await sandbox.PostAsync(
            Planned.Schedules,
            [
                $"customer={customer}",
                "start_date=now",
                $"default_settings[default_payment_method]={card}",
                .. Planned.Phase(0, await Some.PriceAsync(sandbox), 1, "trial=true"),
                .. Planned.Phase(1, await Some.PriceAsync(sandbox, 3000), 1),
                "expand[]=subscription",
            ]
        );
        Assert.Equal("trialing", schedule["subscription.status"]);
        Assert.Equal(card, schedule["subscription.default_payment_method"]);
        Assert.Equal(May, schedule.Int("phases.0.trial_end"));
        await sandbox.AdvanceToAsync(May + 3600);
        var path = $"/v1/subscriptions/{schedule["subscription.id"]}";
        var after = await sandbox.GetAsync(path, "expand[]=latest_invoice");
        Assert.Equal("active", after["status"]);
        Assert.Equal(3000, after.Int("latest_invoice.amount_paid"));
    }

    private static long Unix(DateTimeOffset moment) => moment.ToUnixTimeSeconds();
}
