using System.Text.Json;
using Tollgate.Catalog;

namespace Tollgate.IntegrationTests.Library;

/// <summary>What a catalog says of how changes are billed.</summary>
public sealed class BillingTermsTests
{
    private const string FailsWhenCharged = "4000000000000341";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_higher_monthly_plan_opens_at_once_and_is_charged_with_the_next_invoice_unless_said_otherwise()
    {
        await using var app = await LibraryApp.StartAsync(With(needsMoney: false));
        await app.BuyAsync();
        await FailFromNowOnAsync(app);

        await app.ChangeAsync("upgrade", "price_id", "business_monthly");

        await BecomesAsync(app, "business");
        Assert.Single(await InvoicesAsync(app));
    }

    [Fact]
    public async Task Where_upgrades_need_money_a_higher_monthly_plan_opens_when_it_is_paid_and_not_before()
    {
        await using var app = await LibraryApp.StartAsync(With(needsMoney: true));
        await app.BuyAsync();
        await app.Sandbox.AdvanceAsync(TimeSpan.FromDays(10), Token);
        var preview = await app.PostAsync("upgrade", new { price_id = "business_monthly", preview = true });
        var due = preview.GetProperty("due_now").GetInt64();
        Assert.InRange(due, 1, 2 * 2000);
        Assert.Equal(2 * 4000, preview.GetProperty("next_invoice_total").GetInt64());
        await FailFromNowOnAsync(app);
        var accepted = new
        {
            price_id = "business_monthly",
            preview = false,
            proration_date = preview.GetProperty("proration_date").GetInt64(),
        };
        Assert.Equal("payment_declined", await app.RefusedAsync("upgrade", accepted));
        Assert.Equal("team", (await app.GetAsync("status")).GetProperty("tier").GetString());

        await ChargeToAsync(app, "4242424242424242");
        await app.PostAsync("upgrade", accepted);

        await BecomesAsync(app, "business");
        Assert.Equal(due, (await InvoicesAsync(app))[0].GetProperty("amount_paid").GetInt64());

        // down again nothing is due: the rest is credited on the next invoice
        await app.ChangeAsync("upgrade", "price_id", "team_monthly");
        await BecomesAsync(app, "team");
        Assert.Equal(2, (await InvoicesAsync(app)).Count);
    }

    [Fact]
    public async Task Checkout_makes_classic_subscriptions_unless_the_catalog_wants_flexible_ones()
    {
        await using var classic = await LibraryApp.StartAsync(Some.Catalog);
        await classic.BuyAsync();
        Assert.Equal("classic", ModeOf(await classic.SubscriptionAsync()));
    }

    [Fact]
    public async Task A_flexible_subscription_is_changed_as_quoted_now_and_at_the_periods_end_and_canceled()
    {
        await using var app = await LibraryApp.StartAsync(With(mode: BillingMode.Flexible));
        await app.BuyAsync();
        Assert.Equal("flexible", ModeOf(await app.SubscriptionAsync()));
        await app.Sandbox.AdvanceAsync(TimeSpan.FromDays(10), Token);

        await app.ChangeAsync("seats", "seat_count", 5);
        await app.StatusBecomesAsync(status => status.GetProperty("seats").GetInt32() == 5, "five seats");
        await app.ChangeAsync("upgrade", "price_id", "business_monthly");
        await BecomesAsync(app, "business");
        var later = new
        {
            price_id = "team_annual",
            preview = true,
            effective = "period_end",
        };
        await app.PostAsync("upgrade", later);
        await app.PostAsync("upgrade", later with { preview = false });
        Assert.Equal(
            3L,
            await app.QueryAsync<long>(
                "SELECT count(*) FROM billing.quotes WHERE state = 'Applied' AND applied_amount = amount_due"
            )
        );

        await app.Sandbox.AdvanceAsync(TimeSpan.FromDays(31) + TimeSpan.FromHours(2), Token);
        await app.StatusBecomesAsync(
            status => status.GetProperty("interval").GetString() == "year",
            "the year to have begun"
        );
        Assert.Equal("flexible", ModeOf(await app.SubscriptionAsync()));
        await BecomesAsync(app, "team");
    }

    private static PlanCatalog With(bool needsMoney = false, BillingMode mode = BillingMode.Classic)
    {
        var catalog = Some.Catalog;
        return new PlanCatalog(catalog.Product, catalog.Plans, catalog.Meters, catalog.Features)
        {
            Seats = catalog.Seats,
            UpgradeNeedsMoney = needsMoney,
            BillingMode = mode,
        };
    }

    private static Task FailFromNowOnAsync(LibraryApp app) => ChargeToAsync(app, FailsWhenCharged);

    private static async Task ChargeToAsync(LibraryApp app, string card)
    {
        var subscription = await app.SubscriptionAsync();
        await app.Stripe.ChargeToAsync(
            subscription.GetProperty("customer").GetString()!,
            subscription.GetProperty("id").GetString()!,
            card
        );
    }

    private static Task BecomesAsync(LibraryApp app, string tier) =>
        app.StatusBecomesAsync(status => status.GetProperty("tier").GetString() == tier, tier);

    private static async Task<IReadOnlyList<JsonElement>> InvoicesAsync(LibraryApp app) =>
        [.. (await app.Stripe.GetAsync("/v1/invoices?limit=100")).GetProperty("data").EnumerateArray()];

    private static string? ModeOf(JsonElement subscription) =>
        subscription.GetProperty("billing_mode").GetProperty("type").GetString();
}
