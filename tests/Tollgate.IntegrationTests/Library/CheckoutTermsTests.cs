using System.Text.Json;
using Tollgate.Catalog;
using Tollgate.Commands.Checks;
using Tollgate.Stripe;
using Tollgate.Subscriptions;

namespace Tollgate.IntegrationTests.Library;

public sealed class CheckoutTermsTests
{
    private static readonly CheckoutTerms All = new()
    {
        AllowsPromotionCodes = true,
        AutomaticTax = AutomaticTax.OnTop,
        CollectsTaxIds = true,
        RequiresBillingAddress = true,
    };

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_the_catalog_asks_for_stands_on_Stripes_page_and_is_kept_with_the_customer()
    {
        await using var app = await LibraryApp.StartAsync(CatalogWith(All));
        var session = await app.OpenCheckoutAsync("team_monthly");

        Assert.True(session.GetProperty("allow_promotion_codes").GetBoolean());
        Assert.True(session.GetProperty("automatic_tax").GetProperty("enabled").GetBoolean());
        Assert.True(session.GetProperty("tax_id_collection").GetProperty("enabled").GetBoolean());
        Assert.Equal("required", session.GetProperty("billing_address_collection").GetString());

        await app.BuyAsync();
        var subscription = await app.SubscriptionAsync();
        Assert.True(subscription.GetProperty("automatic_tax").GetProperty("enabled").GetBoolean());
        var price = subscription.GetProperty("items").GetProperty("data")[0].GetProperty("price");
        Assert.Equal("exclusive", price.GetProperty("tax_behavior").GetString());
    }

    [Fact]
    public async Task Nothing_is_asked_for_that_the_catalog_does_not_name()
    {
        await using var app = await LibraryApp.StartAsync(Some.Catalog);
        var session = await app.OpenCheckoutAsync("team_monthly");

        Assert.Equal(JsonValueKind.Null, session.GetProperty("allow_promotion_codes").ValueKind);
        Assert.False(session.GetProperty("automatic_tax").GetProperty("enabled").GetBoolean());
        Assert.False(session.TryGetProperty("tax_id_collection", out _));
    }

    [Fact]
    public async Task Taxes_that_are_switched_on_later_are_missed_by_the_doctor_and_set_by_the_setup()
    {
        await using var app = await LibraryApp.StartAsync(Some.Catalog);
        var taxed = CatalogWith(All);
        var check = new StripeCheck(
            app.Service<StripeClient>(),
            app.Service<StripeSettings>(),
            taxed,
            app.Service<PriceBook>(),
            app.Service<TollgateOptions>(),
            TimeProvider.System
        );
        var before = (await check.RunAsync(Token)).Single(finding => finding.Name == "price team_monthly");
        Assert.Equal(FindingOutcome.Fails, before.Outcome);

        // what only a person can say, on Stripe's pages
        await app.Stripe.PostAsync("/v1/tax/settings", ("head_office[address][country]", "DE"));
        var url = app.Service<TollgateOptions>().WebhookUrl;
        var wish = new PublishWish(url, EventRoutes.Types) { IsSecretKnown = true };
        var published = await new PublishCatalog(app.Service<StripeClient>(), taxed).RunAsync(wish, Token);
        Assert.Contains(
            new PublishFact("tax_behavior", "unspecified", "exclusive"),
            published.Steps.SelectMany(step => step.Facts)
        );

        var after = await check.RunAsync(Token);
        Assert.DoesNotContain(after, finding => finding.Outcome == FindingOutcome.Fails);
        Assert.Contains(after, finding => finding is { Name: "automatic tax", Outcome: FindingOutcome.Warn });
    }

    private static PlanCatalog CatalogWith(CheckoutTerms terms)
    {
        var catalog = Some.Catalog;
        return new PlanCatalog(catalog.Product, catalog.Plans, catalog.Meters, catalog.Features)
        {
            Seats = catalog.Seats,
            Checkout = terms,
        };
    }
}
