using Tollgate.Sandbox.Tests.Support;

namespace Tollgate.Sandbox.Tests;

/// <summary>Phases are taken as a whole: what is not sent back is lost, as at Stripe.</summary>
public sealed class SchedulePhaseKeepTests
{
    private static readonly DateTimeOffset April = new(2026, 4, 1, 0, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task Trial_that_the_present_phase_does_not_name_again_is_over()
    {
        await using var sandbox = await TestSandbox.StartAtAsync(April);
        var subscription = await Some.SubscriptionAsync(sandbox, null, null, 1, "trial_period_days=14");
        var schedule = await FromAsync(sandbox, subscription);
        Assert.Equal(subscription.Int("trial_end"), schedule.Int("phases.0.trial_end"));

        await RewriteAsync(sandbox, schedule, $"phases[0][trial_end]={subscription.Int("trial_end")}");
        Assert.Equal("trialing", (await ReadAsync(sandbox, subscription))["status"]);

        await RewriteAsync(sandbox, schedule);
        Assert.Equal("active", (await ReadAsync(sandbox, subscription))["status"]);
    }

    [Fact]
    public async Task Discount_of_a_subscription_is_sent_back_by_its_id_and_lost_without()
    {
        await using var sandbox = await TestSandbox.StartAtAsync(April);
        var coupon = await sandbox.PostAsync("/v1/coupons", "percent_off=25", "duration=forever");
        var subscription = await Some.SubscriptionAsync(sandbox, null, null, 1, $"discounts[0][coupon]={coupon.Id}");
        var schedule = await FromAsync(sandbox, subscription);
        var discount = schedule["phases.0.discounts.0.discount"];
        Assert.Equal(subscription["discounts.0"], discount);

        await RewriteAsync(sandbox, schedule, $"phases[0][discounts][0][discount]={discount}");
        Assert.Equal(discount, (await ReadAsync(sandbox, subscription))["discounts.0"]);

        await RewriteAsync(sandbox, schedule);
        Assert.Equal("[]", (await ReadAsync(sandbox, subscription))["discounts"]);
    }

    [Fact]
    public async Task Automatic_tax_goes_on_where_the_phases_say_so()
    {
        await using var sandbox = await TestSandbox.StartAtAsync(April);
        var subscription = await Some.SubscriptionAsync(sandbox, null, null, 1, "automatic_tax[enabled]=true");
        var schedule = await FromAsync(sandbox, subscription);
        Assert.Equal("True", schedule["phases.0.automatic_tax.enabled"]);

        await RewriteAsync(sandbox, schedule, "phases[0][automatic_tax][enabled]=true");
        Assert.Equal("True", (await ReadAsync(sandbox, subscription))["automatic_tax.enabled"]);

        await RewriteAsync(sandbox, schedule);
        Assert.Equal("False", (await ReadAsync(sandbox, subscription))["automatic_tax.enabled"]);
    }

    private static Task<Answered> FromAsync(TestSandbox sandbox, Answered subscription) =>
        sandbox.PostAsync(Planned.Schedules, $"from_subscription={subscription.Id}");

    private static Task<Answered> ReadAsync(TestSandbox sandbox, Answered subscription) =>
        sandbox.GetAsync($"/v1/subscriptions/{subscription.Id}");

    private static Task<Answered> RewriteAsync(TestSandbox sandbox, Answered schedule, params string[] form) =>
        sandbox.PostAsync(
            $"{Planned.Schedules}/{schedule.Id}",
            [
                .. Planned.Phase(
                    0,
                    schedule["phases.0.items.0.price"],
                    1,
                    $"start_date={schedule["phases.0.start_date"]}",
                    $"end_date={schedule["phases.0.end_date"]}"
                ),
                .. form,
            ]
        );
}
