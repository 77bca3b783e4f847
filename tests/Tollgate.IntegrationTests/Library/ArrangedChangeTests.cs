using System.Text.Json;
using Tollgate.Catalog;

namespace Tollgate.IntegrationTests.Library;

/// <summary>A change at the period's end changes the price, and nothing else of the subscription.</summary>
public sealed class ArrangedChangeTests
{
    private static readonly object ToYearly = new
    {
        price_id = "team_annual",
        preview = false,
        effective = "period_end",
    };

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Discount_tax_and_metadata_stay_through_the_arrangement_and_the_change()
    {
        var catalog = Some.Catalog;
        await using var app = await LibraryApp.StartAsync(
            new PlanCatalog(catalog.Product, catalog.Plans, catalog.Meters, catalog.Features)
            {
                Seats = catalog.Seats,
                Checkout = new CheckoutTerms { AutomaticTax = AutomaticTax.OnTop },
            }
        );
        await app.BuyAsync();
        var coupon = await app.Stripe.PostAsync("/v1/coupons", ("percent_off", "10"), ("duration", "forever"));
        var bought = await app.SubscriptionAsync();
        await app.Stripe.PostAsync(
            $"/v1/subscriptions/{bought.GetProperty("id").GetString()}",
            ("discounts[0][coupon]", coupon.GetProperty("id").GetString()!)
        );
        var before = Kept(await app.SubscriptionAsync());

        await app.PostAsync("upgrade", ToYearly);
        Assert.Equal(before, Kept(await app.SubscriptionAsync()));

        await app.Sandbox.AdvanceAsync(TimeSpan.FromDays(31) + TimeSpan.FromHours(2), Token);
        await app.StatusBecomesAsync(
            status => status.GetProperty("interval").GetString() == "year",
            "the year to have begun"
        );
        Assert.Equal(before, Kept(await app.SubscriptionAsync()));
    }

    [Fact]
    public async Task What_a_change_at_the_periods_end_costs_is_shown_in_the_subscriptions_currency()
    {
        var inEuros = (long minor) => (IReadOnlyList<Money>)[new Money(minor, "eur")];
        await using var app = await LibraryApp.StartAsync(
            Some.CatalogOf(
                Some.Team with
                {
                    Prices =
                    [
                        new PlanPrice("team_monthly", BillingInterval.Month, Money.Usd(20_00))
                        {
                            Also = inEuros(18_00),
                        },
                        new PlanPrice("team_annual", BillingInterval.Year, Money.Usd(192_00))
                        {
                            Also = inEuros(172_00),
                        },
                    ],
                }
            )
        );
        var opened = await app.PostAsync(
            "checkout",
            new
            {
                price_id = "team_monthly",
                seat_count = 2,
                currency = "eur",
            }
        );
        await app.Stripe.PayCheckoutAsync(opened.GetProperty("checkout_url").GetString()!, "4242424242424242");
        await app.StatusBecomesAsync(status => status.GetProperty("tier").GetString() == "team", "Team");

        var shown = await app.PostAsync(
            "upgrade",
            new
            {
                price_id = "team_annual",
                preview = true,
                effective = "period_end",
            }
        );

        Assert.Equal("eur", shown.GetProperty("currency").GetString());
        Assert.Equal(2 * 172_00, shown.GetProperty("next_invoice_total").GetInt64());
    }

    private static (string Discounts, string Tax, string Metadata, string Card) Kept(JsonElement subscription) =>
        (
            subscription.GetProperty("discounts").GetRawText(),
            subscription.GetProperty("automatic_tax").GetRawText(),
            subscription.GetProperty("metadata").GetRawText(),
            subscription.GetProperty("default_payment_method").GetRawText()
        );
}
