using Tollgate.Sandbox.Tests.Support;

namespace Tollgate.Sandbox.Tests;

/// <summary>Schedules of subscriptions that there are: what is planned, happens, or is called off.</summary>
public sealed class ScheduleTests : IDisposable
{
    private static readonly DateTimeOffset April = DateTimeOffset.FromUnixTimeSeconds(1775001600);
    private static readonly long May = Unix(April.AddMonths(1));
    private readonly string folder = Directory.CreateTempSubdirectory("sandbox-schedule-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public async Task Schedule_of_a_subscription_has_its_present_period_as_the_only_phase()
    {
        await using var sandbox = await TestSandbox.StartAtAsync(April);
        var subscription = await Some.SubscriptionAsync(sandbox, quantity: 3);
        var schedule = await sandbox.PostAsync(Planned.Schedules, $"from_subscription={subscription.Id}");
        Assert.Equal("active", schedule["status"]);
        Assert.Equal("release", schedule["end_behavior"]);
        Assert.Equal(subscription["items.data.0.price.id"], schedule["phases.0.items.0.price"]);
        Assert.Equal(3, schedule.Int("phases.0.items.0.quantity"));
        Assert.Equal(Unix(April), schedule.Int("current_phase.start_date"));
        Assert.Equal(May, schedule.Int("current_phase.end_date"));
        var path = $"/v1/subscriptions/{subscription.Id}";
        Assert.Equal(schedule.Id, (await sandbox.GetAsync(path, "expand[]=schedule"))["schedule.id"]);
        await Planned.RefusedAsync(
            sandbox,
            Planned.Schedules,
            "from_subscription",
            $"from_subscription={subscription.Id}"
        );
    }

    [Fact]
    public async Task Month_becomes_year_at_the_boundary_with_one_full_invoice_and_a_new_anchor()
    {
        await using var sandbox = await TestSandbox.StartAtAsync(April);
        var (subscription, schedule) = await Planned.ToIntervalAsync(sandbox, "month", "year", 20_000);
        await sandbox.AdvanceToAsync(May - 1);
        Assert.Equal("month", (await sandbox.GetAsync(subscription))["items.data.0.price.recurring.interval"]);
        await sandbox.AdvanceToAsync(May + 3600);
        var after = await sandbox.GetAsync(subscription, "expand[]=latest_invoice");
        Assert.Equal("year", after["items.data.0.price.recurring.interval"]);
        Assert.Equal(May, after.Int("billing_cycle_anchor"));
        Assert.Equal(Unix(April.AddMonths(13)), after.Int("items.data.0.current_period_end"));
        Assert.Equal("paid", after["latest_invoice.status"]);
        Assert.Equal(20_000, after.Int("latest_invoice.total"));
        Assert.Equal(1, after.At("latest_invoice.lines.data").GetArrayLength());
        Assert.Empty(await sandbox.EventsAsync("invoiceitem.created"));
        Assert.Equal(2, (await sandbox.GetAsync("/v1/invoices")).Data.Count);
        Assert.Equal(May, (await sandbox.GetAsync(schedule)).Int("current_phase.start_date"));
        var updated = (await sandbox.EventsAsync("customer.subscription.updated")).Last();
        Assert.Equal(
            "month",
            Answered.At(updated, "data.previous_attributes.items.data.0.price.recurring.interval").GetString()
        );
    }

    [Fact]
    public async Task Year_becomes_month_at_the_boundary_and_renews_monthly()
    {
        await using var sandbox = await TestSandbox.StartAtAsync(April);
        var (subscription, _) = await Planned.ToIntervalAsync(sandbox, "year", "month", 2000);
        await sandbox.AdvanceToAsync(Unix(April.AddYears(1)) + 3600);
        var after = await sandbox.GetAsync(subscription, "expand[]=latest_invoice");
        Assert.Equal("month", after["items.data.0.price.recurring.interval"]);
        Assert.Equal(2000, after.Int("latest_invoice.amount_paid"));
        Assert.Equal(Unix(April.AddMonths(13)), after.Int("items.data.0.current_period_end"));
        await sandbox.AdvanceToAsync(Unix(April.AddMonths(13)) + 3600);
        Assert.Equal(3, (await sandbox.GetAsync("/v1/invoices", "status=paid")).Data.Count);
    }

    [Fact]
    public async Task Schedule_is_released_when_its_phases_are_over_and_the_subscription_goes_on()
    {
        await using var sandbox = await TestSandbox.StartAtAsync(April);
        var (subscription, schedule) = await Planned.ToIntervalAsync(sandbox, "month", "year", 20_000);
        await sandbox.AdvanceToAsync(Unix(April.AddMonths(13)) - 1);
        Assert.Equal("active", (await sandbox.GetAsync(schedule))["status"]);
        Assert.Single(await sandbox.EventsAsync("subscription_schedule.expiring"));
        await sandbox.AdvanceToAsync(Unix(April.AddMonths(13)) + 3600);
        var over = await sandbox.GetAsync(schedule);
        Assert.Equal("released", over["status"]);
        Assert.Equal(subscription, $"/v1/subscriptions/{over["released_subscription"]}");
        Assert.Equal("null", over["subscription"]);
        var after = await sandbox.GetAsync(subscription);
        Assert.Equal("null", after["schedule"]);
        Assert.Equal(Unix(April.AddMonths(25)), after.Int("items.data.0.current_period_end"));
        var types = await sandbox.EventTypesAsync();
        Assert.Contains("subscription_schedule.completed", types);
        Assert.Contains("subscription_schedule.released", types);
    }

    [Fact]
    public async Task Fewer_seats_at_the_period_end_cost_less_from_the_renewal_on()
    {
        await using var sandbox = await TestSandbox.StartAtAsync(April);
        var price = await Some.PriceAsync(sandbox);
        var subscription = await Some.SubscriptionAsync(sandbox, null, price, 5);
        var schedule = await sandbox.PostAsync(Planned.Schedules, $"from_subscription={subscription.Id}");
        await sandbox.PostAsync(
            $"{Planned.Schedules}/{schedule.Id}",
            [
                .. Planned.Phase(0, price, 5, $"start_date={Unix(April)}", $"end_date={May}"),
                .. Planned.Phase(1, price, 2),
            ]
        );
        var path = $"/v1/subscriptions/{subscription.Id}";
        Assert.Equal(5, (await sandbox.GetAsync(path)).Int("items.data.0.quantity"));
        var preview = await sandbox.PostAsync("/v1/invoices/create_preview", $"subscription={subscription.Id}");
        Assert.Equal(4000, preview.Int("total"));
        await sandbox.AdvanceToAsync(May + 3600);
        var after = await sandbox.GetAsync(path, "expand[]=latest_invoice");
        Assert.Equal(2, after.Int("items.data.0.quantity"));
        Assert.Equal(subscription["items.data.0.id"], after["items.data.0.id"]);
        Assert.Equal(4000, after.Int("latest_invoice.total"));
        Assert.Equal("subscription_cycle", after["latest_invoice.billing_reason"]);
    }

    [Theory]
    [InlineData("", "null")]
    [InlineData("preserve_cancel_date=true", "kept")]
    public async Task Released_subscription_goes_on_as_it_is(string form, string cancelAt)
    {
        await using var sandbox = await TestSandbox.StartAtAsync(April);
        var (subscription, schedule) = await Planned.ToIntervalAsync(sandbox, "month", "year", 20_000);
        await sandbox.PostAsync(schedule, "end_behavior=cancel");
        string[] given = form.Length == 0 ? [] : [form];
        var released = await sandbox.PostAsync($"{schedule}/release", given);
        Assert.Equal("released", released["status"]);
        var after = await sandbox.GetAsync(subscription);
        Assert.Equal("null", after["schedule"]);
        Assert.Equal(cancelAt == "kept" ? $"{Unix(April.AddMonths(13))}" : "null", after["cancel_at"]);
        await sandbox.AdvanceToAsync(May + 3600);
        Assert.Equal("month", (await sandbox.GetAsync(subscription))["items.data.0.price.recurring.interval"]);
        await Planned.RefusedAsync(sandbox, schedule, null, "metadata[a]=b");
    }

    [Fact]
    public async Task Canceling_a_schedule_or_its_subscription_cancels_both()
    {
        await using var sandbox = await TestSandbox.StartAtAsync(April);
        var (subscription, schedule) = await Planned.ToIntervalAsync(sandbox, "month", "year", 20_000);
        Assert.Equal("canceled", (await sandbox.PostAsync($"{schedule}/cancel"))["status"]);
        Assert.Equal("canceled", (await sandbox.GetAsync(subscription))["status"]);
        var (other, itsSchedule) = await Planned.ToIntervalAsync(sandbox, "month", "year", 20_000);
        await sandbox.DeleteAsync(other);
        Assert.Equal("canceled", (await sandbox.GetAsync(itsSchedule))["status"]);
        Assert.Equal(2, (await sandbox.EventsAsync("subscription_schedule.canceled")).Count);
    }

    [Fact]
    public async Task Change_of_the_subscription_itself_is_written_onto_the_present_phase()
    {
        await using var sandbox = await TestSandbox.StartAtAsync(April);
        var (path, schedule) = await Planned.ToIntervalAsync(sandbox, "month", "year", 20_000);
        var subscription = await sandbox.GetAsync(path);
        await sandbox.PostAsync(path, $"items[0][id]={subscription["items.data.0.id"]}", "items[0][quantity]=4");
        Assert.Equal(4, (await sandbox.GetAsync(schedule)).Int("phases.0.items.0.quantity"));
        Assert.Equal(1, (await sandbox.GetAsync(schedule)).Int("phases.1.items.0.quantity"));
        await Planned.RefusedAsync(sandbox, path, "cancel_at_period_end", "cancel_at_period_end=true");
        await Planned.RefusedAsync(sandbox, path, "cancel_at", $"cancel_at={May}");
    }

    [Fact]
    public async Task Update_of_the_present_phase_changes_the_subscription_at_once()
    {
        await using var sandbox = await TestSandbox.StartAtAsync(April);
        var (path, schedule) = await Planned.ToIntervalAsync(sandbox, "month", "year", 20_000);
        var before = await sandbox.GetAsync(schedule);
        await sandbox.PostAsync(
            schedule,
            [
                "proration_behavior=none",
                .. Planned.Phase(
                    0,
                    before["phases.0.items.0.price"],
                    6,
                    $"start_date={before.Int("phases.0.start_date")}",
                    $"end_date={before.Int("phases.0.end_date")}"
                ),
                .. Planned.Phase(1, before["phases.1.items.0.price"], 6),
            ]
        );
        Assert.Equal(6, (await sandbox.GetAsync(path)).Int("items.data.0.quantity"));
        Assert.Empty((await sandbox.GetAsync("/v1/invoiceitems")).Data);
    }

    [Fact]
    public async Task Preview_of_a_schedule_is_the_invoice_of_its_next_phase()
    {
        await using var sandbox = await TestSandbox.StartAtAsync(April);
        var (_, schedule) = await Planned.ToIntervalAsync(sandbox, "month", "year", 20_000);
        var now = await sandbox.GetAsync(schedule);
        var name = $"schedule={now.Id}";
        const string path = "/v1/invoices/create_preview";
        var preview = await sandbox.PostAsync(path, name);
        Assert.Equal(20_000, preview.Int("total"));
        Assert.Equal(Unix(April.AddMonths(13)), preview.Int("lines.data.0.period.end"));
        string[] two =
        [
            .. Planned.Phase(0, now["phases.0.items.0.price"], 1, $"start_date={Unix(April)}", $"end_date={May}"),
            .. Planned.Phase(1, now["phases.1.items.0.price"], 2),
        ];
        string[] details = [.. two.Select(pair => "schedule_details[phases]" + pair["phases".Length..])];
        Assert.Equal(40_000, (await sandbox.PostAsync(path, [name, .. details])).Int("total"));
        Assert.Equal(1, (await sandbox.GetAsync(schedule)).Int("phases.1.items.0.quantity"));
        await Planned.RefusedAsync(sandbox, path, "schedule_details", "schedule_details[end_behavior]=cancel");
    }

    [Fact]
    public async Task Schedule_survives_a_restart()
    {
        string subscription;
        await using (var sandbox = await StartOnFolderAsync())
        {
            (subscription, _) = await Planned.ToIntervalAsync(sandbox, "month", "year", 20_000);
        }

        await using var again = await StartOnFolderAsync();
        await again.AdvanceAsync(TimeSpan.FromDays(32));
        Assert.Equal("year", (await again.GetAsync(subscription))["items.data.0.price.recurring.interval"]);
    }

    private static long Unix(DateTimeOffset moment) => moment.ToUnixTimeSeconds();

    private Task<TestSandbox> StartOnFolderAsync() =>
        TestSandbox.StartAsync(new SandboxOptions { DataDirectory = folder });
}
