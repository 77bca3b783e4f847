using System.Net;
using static Tollgate.IntegrationTests.Hydra.Changing;

namespace Tollgate.IntegrationTests.Hydra;

/// <summary>Seats and plans: what is shown is what is charged, once.</summary>
public sealed class SubscriptionChangeTests
{
    private const string DeclinedLater = "4000000000000341";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task More_seats_on_a_monthly_plan_cost_nothing_now_and_come_with_the_next_invoice()
    {
        await using var hydra = await HydraHost.StartAsync();
        using var owner = await SubscribedAsync(hydra, "team_monthly");
        await hydra.Sandbox.AdvanceAsync(TimeSpan.FromDays(10), Token);

        var preview = await PreviewAsync(owner, "seats", new { seat_count = 5, preview = true });

        Assert.Equal(0, preview.GetProperty("due_now").GetInt64());
        Assert.Equal("usd", preview.GetProperty("currency").GetString());
        Assert.Equal(
            preview.GetProperty("amount_due").GetInt64(),
            preview.GetProperty("next_invoice_total").GetInt64()
        );
        Assert.Equal(
            preview.GetProperty("amount_due").GetInt64(),
            preview.GetProperty("lines").EnumerateArray().Sum(line => line.GetProperty("amount").GetInt64())
        );
        Assert.Equal(HttpStatusCode.OK, await ApplyAsync(owner, "seats", SeatsOf(preview, 5)));

        await SeatsBecomeAsync(hydra, 5);
        Assert.Equal("team", await hydra.TenantAsync<string>("plan_tier"));
        Assert.Equal(1, await CountInvoicesAsync(hydra));
        await AppliedAsQuotedAsync(hydra);
    }

    [Fact]
    public async Task More_seats_on_a_yearly_plan_are_invoiced_at_once_to_the_cent_as_shown()
    {
        await using var hydra = await HydraHost.StartAsync();
        using var owner = await SubscribedAsync(hydra, "team_annual");
        await hydra.Sandbox.AdvanceAsync(TimeSpan.FromDays(100), Token);

        var preview = await PreviewAsync(owner, "seats", new { seat_count = 5, preview = true });
        var dueNow = preview.GetProperty("due_now").GetInt64();
        Assert.InRange(dueNow, 1, 2 * 19200);
        Assert.Equal(5 * 19200, preview.GetProperty("next_invoice_total").GetInt64());
        Assert.Equal(HttpStatusCode.OK, await ApplyAsync(owner, "seats", SeatsOf(preview, 5)));

        await SeatsBecomeAsync(hydra, 5);
        var invoices = await InvoicesAsync(hydra);
        Assert.Equal(2, invoices.Count);
        Assert.Equal(dueNow, invoices[0].GetProperty("amount_paid").GetInt64());
        await AppliedAsQuotedAsync(hydra);
    }

    [Fact]
    [Trait("fault", "F75")]
    public async Task A_change_applied_twice_and_in_parallel_happens_once()
    {
        await using var hydra = await HydraHost.StartAsync();
        using var owner = await SubscribedAsync(hydra, "team_annual");
        var preview = await PreviewAsync(owner, "seats", new { seat_count = 4, preview = true });

        var answers = await Task.WhenAll(
            Enumerable.Range(0, 4).Select(_ => ApplyAsync(owner, "seats", SeatsOf(preview, 4)))
        );

        Assert.All(answers, answer => Assert.Equal(HttpStatusCode.OK, answer));
        Assert.Equal(HttpStatusCode.OK, await ApplyAsync(owner, "seats", SeatsOf(preview, 4)));
        Assert.Equal(2, await CountInvoicesAsync(hydra));
    }

    [Fact]
    [Trait("fault", "F73")]
    public async Task A_crash_after_Stripe_changed_the_seats_is_taken_up_again_without_a_second_invoice()
    {
        await using var hydra = await HydraHost.StartAsync();
        using var owner = await SubscribedAsync(hydra, "team_annual");
        var preview = await PreviewAsync(owner, "seats", new { seat_count = 4, preview = true });
        await ExecuteAsync(hydra, "UPDATE billing.quotes SET state = 'Applying'");
        await ChangeAtStripeAsync(
            hydra,
            ("items[0][quantity]", "4"),
            ("proration_behavior", "always_invoice"),
            ("proration_date", $"{preview.GetProperty("proration_date").GetInt64()}")
        );

        Assert.Equal(HttpStatusCode.OK, await ApplyAsync(owner, "seats", SeatsOf(preview, 4)));

        Assert.Equal(2, await CountInvoicesAsync(hydra));
        await AppliedAsQuotedAsync(hydra);
    }

    [Fact]
    [Trait("fault", "F74")]
    public async Task A_quote_older_than_an_hour_or_of_a_changed_subscription_is_refused()
    {
        await using var hydra = await HydraHost.StartAsync();
        using var owner = await SubscribedAsync(hydra, "team_monthly");
        var old = await PreviewAsync(owner, "seats", new { seat_count = 4, preview = true });
        await hydra.Sandbox.AdvanceAsync(TimeSpan.FromMinutes(61), Token);
        await RefusedAsync(owner, "seats", SeatsOf(old, 4), 409, "quote_expired");

        var fresh = await PreviewAsync(owner, "seats", new { seat_count = 4, preview = true });
        await ChangeAtStripeAsync(hydra, ("items[0][quantity]", "7"));
        await RefusedAsync(owner, "seats", SeatsOf(fresh, 4), 409, "quote_stale");
        await SeatsBecomeAsync(hydra, 7);
    }

    [Fact]
    [Trait("fault", "F78")]
    public async Task A_declined_seat_charge_changes_nothing_and_starts_no_grace()
    {
        await using var hydra = await HydraHost.StartAsync();
        using var owner = await SubscribedAsync(hydra, "team_annual");
        var customer = (await hydra.TenantAsync<string>("stripe_customer_id"))!;
        var subscription = (await hydra.TenantAsync<string>("stripe_subscription_id"))!;
        await hydra.Stripe.ChargeToAsync(customer, subscription, DeclinedLater);
        var preview = await PreviewAsync(owner, "seats", new { seat_count = 9, preview = true });

        await RefusedAsync(owner, "seats", SeatsOf(preview, 9), 402, "payment_declined");

        await hydra.QuietAsync();
        Assert.Equal(3, await hydra.TenantAsync<int>("stripe_seat_count"));
        Assert.Equal("active", await hydra.TenantAsync<string>("stripe_subscription_status"));
        Assert.True(await hydra.TenantAsync<bool>("past_due_since IS NULL"));

        await hydra.Stripe.ChargeToAsync(customer, subscription, "4242424242424242");
        var again = await PreviewAsync(owner, "seats", new { seat_count = 9, preview = true });
        Assert.Equal(HttpStatusCode.OK, await ApplyAsync(owner, "seats", SeatsOf(again, 9)));
        await SeatsBecomeAsync(hydra, 9);
    }

    [Fact]
    [Trait("fault", "F77")]
    public async Task The_twenty_first_charged_change_of_a_day_is_refused_whole()
    {
        await using var hydra = await HydraHost.StartAsync();
        using var owner = await SubscribedAsync(hydra, "team_annual");
        for (var seats = 4; seats < 24; seats++)
        {
            var shown = await PreviewAsync(owner, "seats", new { seat_count = seats, preview = true });
            Assert.Equal(HttpStatusCode.OK, await ApplyAsync(owner, "seats", SeatsOf(shown, seats)));
            await hydra.Sandbox.AdvanceAsync(TimeSpan.FromMinutes(7), Token);
        }

        var last = await PreviewAsync(owner, "seats", new { seat_count = 24, preview = true });
        await RefusedAsync(owner, "seats", SeatsOf(last, 24), 429, "too_many_changes");
        await SeatsBecomeAsync(hydra, 23);
    }

    [Fact]
    public async Task Team_becomes_Business_with_its_seats_and_back()
    {
        await using var hydra = await HydraHost.StartAsync();
        using var owner = await SubscribedAsync(hydra, "team_monthly");

        var up = await PreviewAsync(owner, "upgrade", new { price_id = "business_monthly", preview = true });
        Assert.Equal(HttpStatusCode.OK, await ApplyAsync(owner, "upgrade", PlanOf(up, "business_monthly")));
        await hydra.TierBecomesAsync("business");
        Assert.Equal(3, await hydra.TenantAsync<int>("stripe_seat_count"));

        var down = await PreviewAsync(owner, "upgrade", new { price_id = "price_team_monthly", preview = true });
        Assert.Equal(HttpStatusCode.OK, await ApplyAsync(owner, "upgrade", PlanOf(down, "team_monthly")));
        await hydra.TierBecomesAsync("team");
        Assert.Equal(3, await hydra.TenantAsync<int>("stripe_seat_count"));
    }

    [Fact]
    public async Task What_cannot_be_changed_is_refused_with_the_way_to_go()
    {
        await using var hydra = await HydraHost.StartAsync();
        using var owner = await hydra.SignInAsync();
        await RefusedAsync(owner, "seats", new { seat_count = 4, preview = true }, 409, "no_subscription");
        await hydra.BuyAsync(owner);
        await hydra.TierBecomesAsync("team");

        await RefusedAsync(owner, "upgrade", new { price_id = "team_annual", preview = true }, 409, "interval_switch");
        await RefusedAsync(
            owner,
            "upgrade",
            new { price_id = "enterprise", preview = true },
            409,
            "plan_sold_by_people"
        );
        await RefusedAsync(
            owner,
            "upgrade",
            new { price_id = "price_of_another", preview = true },
            400,
            "unknown_price"
        );
        await RefusedAsync(owner, "seats", new { seat_count = 3, preview = true }, 409, "nothing_to_change");
        await RefusedAsync(owner, "seats", new { seat_count = 501, preview = true }, 400, "seat_count_out_of_range");
        await RefusedAsync(owner, "seats", new { seat_count = 1.5, preview = true }, 400, "seat_count_out_of_range");
        await RefusedAsync(owner, "seats", new { seat_count = "5", preview = true }, 400, "seat_count_out_of_range");
        await RefusedAsync(owner, "seats", new { seat_count = 5 }, 400, "invalid_request");
    }

    [Fact]
    [Trait("abuse", "X24")]
    public async Task A_date_that_names_no_quote_of_this_change_changes_nothing()
    {
        await using var hydra = await HydraHost.StartAsync();
        using var owner = await SubscribedAsync(hydra, "team_monthly");
        var shown = await PreviewAsync(owner, "seats", new { seat_count = 5, preview = true });
        var date = shown.GetProperty("proration_date").GetInt64();

        await RefusedAsync(owner, "seats", new { seat_count = 5, preview = false }, 400, "proration_date_required");
        await RefusedAsync(owner, "seats", Seats(5, $"{date}"), 400, "invalid_request");
        await RefusedAsync(owner, "seats", Seats(5, date - 3600), 409, "quote_expired");
        await RefusedAsync(owner, "seats", Seats(5, date + 3600), 409, "quote_expired");
        await RefusedAsync(owner, "seats", Seats(5, long.MaxValue), 409, "quote_expired");
        await RefusedAsync(owner, "seats", Seats(6, date), 409, "quote_expired");
        await RefusedAsync(owner, "upgrade", PlanOf(shown, "business_monthly"), 409, "quote_expired");
        Assert.Equal(3, await hydra.TenantAsync<int>("stripe_seat_count"));
    }

    [Fact]
    [Trait("abuse", "X16")]
    public async Task A_member_neither_changes_seats_or_plan_nor_opens_the_portal()
    {
        await using var hydra = await HydraHost.StartAsync();
        using var owner = await SubscribedAsync(hydra, "team_monthly");
        using var member = await hydra.SignInAsync("member@acme.test");

        await RefusedAsync(member, "seats", new { seat_count = 4, preview = true }, 403, "billing_admin_required");
        await RefusedAsync(
            member,
            "upgrade",
            new { price_id = "business_monthly", preview = true },
            403,
            "billing_admin_required"
        );
        await RefusedAsync(member, "portal", new { }, 403, "billing_admin_required");
    }

    [Fact]
    public async Task Nothing_more_is_put_on_a_bill_that_is_not_paid()
    {
        await using var hydra = await HydraHost.StartAsync();
        using var owner = await SubscribedAsync(hydra, "team_monthly");
        await hydra.FailRenewalAsync();

        await RefusedAsync(owner, "seats", new { seat_count = 9, preview = true }, 409, "payment_outstanding");
    }

    [Fact]
    public async Task Every_click_opens_a_new_portal_with_what_its_interval_allows()
    {
        await using var hydra = await HydraHost.StartAsync();
        using var owner = await hydra.SignInAsync();
        await RefusedAsync(owner, "portal", new { }, 409, "no_customer");
        await hydra.BuyAsync(owner);
        await hydra.TierBecomesAsync("team");
        using var other = await hydra.SignInAsync("owner@globex.test");
        await hydra.BuyAsync(other, "team_annual", seats: 1);
        await hydra.TierBecomesAsync("team", "globex");

        var (first, second) = (await PortalAsync(owner), await PortalAsync(owner));
        Assert.NotEqual(first, second);
        Assert.Contains("Update plan", await PageAsync(first), StringComparison.OrdinalIgnoreCase);
        Assert.Contains("Update plan", await PageAsync(await PortalAsync(other)), StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    [Trait("decision", "M6")]
    public async Task The_portal_changes_among_the_prices_of_the_interval_and_charges_a_year_at_once()
    {
        await using var hydra = await HydraHost.StartAsync();
        using var owner = await SubscribedAsync(hydra, "team_annual");
        await hydra.Sandbox.AdvanceAsync(TimeSpan.FromDays(73), Token);
        var subscription = await hydra.TenantAsync<string>("stripe_subscription_id");
        var portal = new Uri(await PortalAsync(owner)).AbsolutePath;
        var choose = await PageAsync($"{hydra.Sandbox.BaseAddress}{portal[1..]}/subscriptions/{subscription}/update");
        Assert.Contains(PriceId(hydra, "business_annual"), choose, StringComparison.Ordinal);
        Assert.DoesNotContain(PriceId(hydra, "business_monthly"), choose, StringComparison.Ordinal);

        var changed = await hydra.Stripe.PostRawAsync(
            $"{portal}/subscriptions/{subscription}/confirm",
            ("price", PriceId(hydra, "business_annual")),
            ("quantity", "3"),
            ("at", $"{hydra.Sandbox.Clock.GetUtcNow().ToUnixTimeSeconds()}")
        );

        Assert.True((int)changed.StatusCode < 400, await changed.Content.ReadAsStringAsync(Token));
        await hydra.TierBecomesAsync("business");
        var invoice = (await InvoicesAsync(hydra))[0];
        Assert.Equal("subscription_update", invoice.GetProperty("billing_reason").GetString());
        Assert.Equal("paid", invoice.GetProperty("status").GetString());
        Assert.InRange(invoice.GetProperty("amount_paid").GetInt64(), 3 * 15000, 3 * 16000);
    }
}
