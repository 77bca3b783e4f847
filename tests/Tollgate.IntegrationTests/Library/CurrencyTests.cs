using System.Globalization;
using System.Net;
using System.Text.Json;
using Tollgate.Catalog;
using Tollgate.Insight;
using Tollgate.Stripe;

namespace Tollgate.IntegrationTests.Library;

public sealed class CurrencyTests
{
    private static readonly PlanCatalog Several = Some.CatalogOf(
        Some.Team with
        {
            Prices =
            [
                new PlanPrice("team_monthly", BillingInterval.Month, Money.Usd(20_00)) { Also = In(18_00, 3000) },
                new PlanPrice("team_annual", BillingInterval.Year, Money.Usd(192_00)) { Also = In(172_00, 28_800) },
            ],
        },
        Some.Business with
        {
            Prices =
            [
                new PlanPrice("business_monthly", BillingInterval.Month, Money.Usd(40_00)) { Also = In(36_00, 6000) },
            ],
        }
    );

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Plans_are_shown_and_sold_in_the_currency_that_was_asked_for_and_the_customer_stays_in_it()
    {
        await using var app = await LibraryApp.StartAsync(Several);
        Assert.Equal(("usd", 2000), PriceOf(await app.GetAsync("plans")));
        Assert.Equal(("jpy", 3000), PriceOf(await app.GetAsync("plans?currency=jpy")));

        await BuyAsync(app, "jpy");

        Assert.Equal("jpy", (await app.GetAsync("status")).GetProperty("currency").GetString());
        Assert.Equal("jpy", (await app.SubscriptionAsync()).GetProperty("currency").GetString());
        Assert.Equal(("jpy", 3000), PriceOf(await app.GetAsync("plans?currency=eur")));
        var preview = await app.PostAsync("upgrade", new { price_id = "business_monthly", preview = true });
        Assert.Equal("jpy", preview.GetProperty("currency").GetString());
        await app.ChangeAsync("upgrade", "price_id", "business_monthly");
        await app.StatusBecomesAsync(status => status.GetProperty("tier").GetString() == "business", "Business");
        var revenue = Assert.Single((await app.Service<ReadFigures>().NowAsync(Token)).Revenue);
        Assert.Equal(new Money(2 * 6000, "jpy"), revenue);
    }

    [Fact]
    public async Task A_customer_who_has_paid_before_is_billed_in_the_same_currency_whatever_is_asked()
    {
        await using var app = await LibraryApp.StartAsync(Several);
        var asked = new
        {
            price_id = "team_monthly",
            seat_count = 2,
            currency = "eur",
        };
        var first = await app.PostAsync("checkout", asked);
        Assert.Equal(first.GetRawText(), (await app.PostAsync("checkout", asked)).GetRawText());
        var customer = (await SessionAsync(app, first)).GetProperty("customer").GetString()!;
        await app.Stripe.PostAsync(
            $"/v1/customers/{customer}/balance_transactions",
            ("amount", "100"),
            ("currency", "jpy")
        );
        var settled = await app.Stripe.GetAsync($"/v1/customers/{customer}");
        Assert.Equal("jpy", settled.GetProperty("currency").GetString());

        var session = await SessionAsync(app, await app.PostAsync("checkout", asked));

        Assert.Equal("jpy", session.GetProperty("currency").GetString());
        Assert.Equal(6000, session.GetProperty("amount_total").GetInt64());
    }

    [Fact]
    public async Task A_currency_that_is_not_offered_is_refused_by_code_with_those_that_are()
    {
        await using var app = await LibraryApp.StartAsync(Several);
        var answer = await app.Client.GetAsync("/api/billing/plans?currency=sek", Token);
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        var problem = await HydraHost.Json(answer);
        Assert.Equal("currency_not_offered", problem.GetProperty("code").GetString());
        Assert.Equal(
            ["usd", "eur", "jpy"],
            problem.GetProperty("currencies").EnumerateArray().Select(currency => currency.GetString())
        );
        var checkout = new
        {
            price_id = "team_monthly",
            seat_count = 2,
            currency = "sek",
        };
        Assert.Equal("currency_not_offered", await app.RefusedAsync("checkout", checkout));
    }

    [Fact]
    public async Task Set_up_adds_a_currency_and_makes_a_new_price_for_another_amount_and_doctor_sees_both()
    {
        await using var app = await LibraryApp.StartAsync(Some.Catalog);
        var before = await app.PublishAsync(Some.Catalog);
        var wider = await app.PublishAsync(Several);
        Assert.Equal(before.PriceIds["team_monthly"], wider.PriceIds["team_monthly"]);
        var changed = Assert.Single(
            wider.Steps,
            step => step.What == "price team_monthly, 20.00 usd, 18.00 eur, 3000 jpy a month"
        );
        Assert.Equal(PublishOutcome.Changed, changed.Outcome);
        Assert.Equal(
            [new PublishFact("currency_options.eur", "1800"), new PublishFact("currency_options.jpy", "3000")],
            changed.Facts
        );
        Assert.All((await app.PublishAsync(Several)).Steps, step => Assert.Equal(PublishOutcome.Found, step.Outcome));
        var (_, seen) = await app.CommandAsync("doctor");
        Assert.DoesNotContain("the catalog says", seen, StringComparison.Ordinal);

        var dearer = Some.CatalogOf(
            Several.Plans[1] with
            {
                Prices = [Several.Plans[1].Prices[0] with { Also = In(19_00, 3000) }, Several.Plans[1].Prices[1]],
            },
            Several.Plans[2]
        );
        var after = await app.PublishAsync(dearer);
        Assert.Equal([before.PriceIds["team_monthly"]], after.RetiredPriceIds["team_monthly"]);
        Assert.Equal(
            [new PublishFact("currency_options.eur", "1800", "1900")],
            Assert.Single(after.Steps, step => step.What.Contains(", in place of", StringComparison.Ordinal)).Facts
        );
        var sold = (await app.Service<StripeClient>().GetPrice(after.PriceIds["team_monthly"], Token)).OrThrow();
        Assert.Equal(1900, sold.CurrencyOptions["eur"].UnitAmount);

        await using var other = await LibraryApp.StartBesideAsync(app, dearer, wider);
        var (_, complaint) = await other.CommandAsync("doctor", "--json");
        Assert.Contains("18.00 eur", complaint, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("huf", 4990_00, 100, "F2")]
    [InlineData("jpy", 3000, 1, "F0")]
    [InlineData("kwd", 2500, 1000, "F3")]
    [InlineData("ugx", 75_000_00, 100, "F0")]
    public async Task Whoever_runs_it_reads_amounts_as_Stripe_counts_them(
        string currency,
        long unit,
        int minorUnits,
        string digits
    )
    {
        string Words(long minor) => ((decimal)minor / minorUnits).ToString(digits, CultureInfo.InvariantCulture);
        var catalog = Some.CatalogOf(SoldIn(Some.Team, currency, unit), SoldIn(Some.Business, currency, 2 * unit));
        await using var app = await LibraryApp.StartAsync(catalog);
        await app.BuyAsync();
        var asked = await app.PostAsync("upgrade", new { price_id = "business_monthly", preview = true });
        Assert.Equal(currency, asked.GetProperty("currency").GetString());

        var (_, quotes) = await app.CommandAsync("quotes", LibraryApp.Acme.Value);
        Assert.Contains($" {Words(asked.GetProperty("amount_due").GetInt64())} ", quotes, StringComparison.Ordinal);
        var (_, findings) = await app.CommandAsync("doctor", "--json");
        Assert.Contains($"\"{Words(unit)} {currency} a month", findings, StringComparison.Ordinal);
    }

    private static Plan SoldIn(Plan plan, string currency, long unit) =>
        plan with
        {
            Prices = [new PlanPrice($"{plan.Id}_monthly", BillingInterval.Month, new Money(unit, currency))],
        };

    private static Money[] In(long eur, long jpy) => [new(eur, "eur"), new(jpy, "jpy")];

    private static (string?, int) PriceOf(JsonElement plans)
    {
        var price = plans.GetProperty("plans")[1].GetProperty("prices")[0];
        Assert.Equal(plans.GetProperty("currency").GetString(), price.GetProperty("currency").GetString());
        return (price.GetProperty("currency").GetString(), price.GetProperty("unit_amount").GetInt32());
    }

    private static async Task BuyAsync(LibraryApp app, string currency)
    {
        var asked = new
        {
            price_id = "team_monthly",
            seat_count = 2,
            currency,
        };
        var url = (await app.PostAsync("checkout", asked)).GetProperty("checkout_url").GetString()!;
        await app.Stripe.PayCheckoutAsync(url, "4242424242424242");
        await app.StatusBecomesAsync(status => status.GetProperty("tier").GetString() == "team", "Team");
    }

    private static Task<JsonElement> SessionAsync(LibraryApp app, JsonElement opened) =>
        app.Stripe.GetAsync(
            $"/v1/checkout/sessions/{opened.GetProperty("checkout_url").GetString()!.Split('/').Last()}"
        );
}
