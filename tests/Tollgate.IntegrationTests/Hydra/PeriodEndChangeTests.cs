using System.Net;
using System.Text.Json;
using Tollgate.Testing;
using static Tollgate.IntegrationTests.Hydra.Changing;

namespace Tollgate.IntegrationTests.Hydra;

/// <summary>From monthly to yearly and back: at the end of the period, and until then it can be taken back.</summary>
public sealed class PeriodEndChangeTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private static readonly object ToYearly = Wish("team_annual", preview: false);

    [Fact]
    public async Task Monthly_becomes_yearly_at_the_end_of_the_period_with_one_whole_invoice()
    {
        await using var hydra = await HydraHost.StartAsync();
        using var owner = await SubscribedAsync(hydra, "team_monthly");
        var end = await hydra.TenantAsync<DateTime>("stripe_current_period_end");

        var shown = await PreviewAsync(owner, "upgrade", Wish("team_annual", preview: true));
        Assert.Equal(3 * 19200, shown.GetProperty("next_invoice_total").GetInt64());
        Assert.Equal(0, shown.GetProperty("due_now").GetInt64());
        Assert.Equal(end, shown.GetProperty("effective_at").GetDateTimeOffset().UtcDateTime);
        Assert.Equal(HttpStatusCode.OK, await ApplyAsync(owner, "upgrade", ToYearly));
        Assert.Equal(HttpStatusCode.OK, await ApplyAsync(owner, "upgrade", ToYearly));

        await ScheduledBecomesAsync(owner, "team_annual");
        await RefusedAsync(owner, "seats", new { seat_count = 5, preview = true }, 409, "change_scheduled");
        await RefusedAsync(owner, "upgrade", Wish("business_annual", preview: false), 409, "change_scheduled");

        await hydra.Sandbox.AdvanceAsync(TimeLeft(hydra, end) + TimeSpan.FromHours(2), Token);
        await Eventually.Async(
            async () => await hydra.TenantAsync<DateTime>("stripe_current_period_end") > end + TimeSpan.FromDays(360),
            ct: Token,
            what: "acme to be paid for a year"
        );
        var renewal = (await InvoicesAsync(hydra))[0];
        Assert.Equal(3 * 19200, renewal.GetProperty("amount_paid").GetInt64());
        Assert.Equal(1, renewal.GetProperty("lines").GetProperty("data").GetArrayLength());
        Assert.Equal("team", await hydra.TenantAsync<string>("plan_tier"));
        await ScheduledBecomesAsync(owner, price: null);

        // what was arranged has come: it no longer stands in the way
        var more = await PreviewAsync(owner, "seats", new { seat_count = 4, preview = true });
        Assert.Equal(HttpStatusCode.OK, await ApplyAsync(owner, "seats", SeatsOf(more, 4)));
        await SeatsBecomeAsync(hydra, 4);
    }

    [Fact]
    public async Task What_is_shown_is_Stripes_preview_with_the_discount_and_is_kept_beside_what_comes()
    {
        await using var hydra = await HydraHost.StartAsync();
        using var owner = await SubscribedAsync(hydra, "team_monthly");
        var end = await hydra.TenantAsync<DateTime>("stripe_current_period_end");
        var subscription = await hydra.TenantAsync<string>("stripe_subscription_id");
        var coupon = await hydra.Stripe.PostAsync("/v1/coupons", ("percent_off", "25"), ("duration", "forever"));
        await hydra.Stripe.PostAsync(
            $"/v1/subscriptions/{subscription}",
            ("discounts[0][coupon]", coupon.GetProperty("id").GetString()!)
        );

        var shown = await PreviewAsync(owner, "upgrade", Wish("team_annual", preview: true));

        const long yearly = 3 * 19200 * 3 / 4;
        Assert.Equal(yearly, shown.GetProperty("amount_due").GetInt64());
        Assert.Equal(yearly, shown.GetProperty("next_invoice_total").GetInt64());
        Assert.Equal(
            yearly,
            shown.GetProperty("lines").EnumerateArray().Sum(line => line.GetProperty("amount").GetInt64())
        );
        Assert.Equal(HttpStatusCode.OK, await ApplyAsync(owner, "upgrade", ToYearly));
        await AppliedAsQuotedAsync(hydra);

        await hydra.Sandbox.AdvanceAsync(TimeLeft(hydra, end) + TimeSpan.FromHours(2), Token);
        await Eventually.Async(
            async () => await hydra.TenantAsync<DateTime>("stripe_current_period_end") > end + TimeSpan.FromDays(360),
            ct: Token,
            what: "acme to be paid for a year"
        );
        Assert.Equal(yearly, (await InvoicesAsync(hydra))[0].GetProperty("amount_paid").GetInt64());
    }

    [Fact]
    public async Task An_arranged_change_is_taken_back_and_the_subscription_goes_on_as_it_is()
    {
        await using var hydra = await HydraHost.StartAsync();
        using var owner = await SubscribedAsync(hydra, "team_monthly");
        var end = await hydra.TenantAsync<DateTime>("stripe_current_period_end");
        Assert.Equal(HttpStatusCode.OK, await ApplyAsync(owner, "upgrade", ToYearly));
        await ScheduledBecomesAsync(owner, "team_annual");

        Assert.Equal(HttpStatusCode.OK, (await owner.DeleteAsync("/api/billing/upgrade", Token)).StatusCode);
        await ScheduledBecomesAsync(owner, price: null);
        Assert.Equal(HttpStatusCode.Conflict, (await owner.DeleteAsync("/api/billing/upgrade", Token)).StatusCode);

        await hydra.Sandbox.AdvanceAsync(TimeLeft(hydra, end) + TimeSpan.FromHours(2), Token);
        await Eventually.Async(
            async () => await hydra.TenantAsync<DateTime>("stripe_current_period_end") > end,
            ct: Token,
            what: "acme to be renewed"
        );
        Assert.Equal(3 * 2000, (await InvoicesAsync(hydra))[0].GetProperty("amount_paid").GetInt64());
    }

    [Fact]
    public async Task A_crash_between_the_two_calls_to_Stripe_is_taken_up_again()
    {
        await using var hydra = await HydraHost.StartAsync();
        using var owner = await SubscribedAsync(hydra, "team_monthly");
        Assert.Equal(HttpStatusCode.OK, await ApplyAsync(owner, "upgrade", ToYearly));
        await ExecuteAsync(hydra, "UPDATE billing.scheduled_changes SET schedule_id = NULL");

        Assert.Equal(HttpStatusCode.OK, await ApplyAsync(owner, "upgrade", ToYearly));

        await ScheduledBecomesAsync(owner, "team_annual");
        var schedules = await hydra.Stripe.GetAsync("/v1/subscription_schedules");
        Assert.Equal(1, schedules.GetProperty("data").GetArrayLength());
    }

    private static TimeSpan TimeLeft(HydraHost hydra, DateTime end) =>
        end - hydra.Sandbox.Clock.GetUtcNow().UtcDateTime;

    private static object Wish(string price, bool preview) =>
        new
        {
            price_id = price,
            preview,
            effective = "period_end",
        };

    private static Task ScheduledBecomesAsync(HttpClient owner, string? price) =>
        Eventually.Async(
            async () =>
            {
                var status = await HydraHost.Json(await owner.GetAsync("/api/billing/status", Token));
                var scheduled = status.GetProperty("scheduled_change");
                return price is null
                    ? scheduled.ValueKind == JsonValueKind.Null
                    : scheduled.ValueKind == JsonValueKind.Object
                        && scheduled.GetProperty("price_id").GetString() == price;
            },
            what: $"the arranged change to be {price ?? "none"}"
        );
}
