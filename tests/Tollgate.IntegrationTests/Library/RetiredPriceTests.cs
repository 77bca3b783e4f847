using System.Text.Json;
using Tollgate.Catalog;
using Tollgate.Stripe;

namespace Tollgate.IntegrationTests.Library;

public sealed class RetiredPriceTests
{
    private static readonly PlanCatalog Dearer = Some.CatalogOf(
        Some.Team with
        {
            Prices = [.. Some.Team.Prices.Select(price => price with { UnitAmount = price.UnitAmount * 2 })],
        },
        Some.Business
    );

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_price_change_moves_the_lookup_key_and_names_the_old_price_as_retired_once()
    {
        await using var app = await LibraryApp.StartAsync(Some.Catalog);
        var before = await app.PublishAsync(Some.Catalog);
        Assert.All(before.Steps, step => Assert.Equal(PublishOutcome.Found, step.Outcome));

        var after = await app.PublishAsync(Dearer);

        var (old, sold) = (before.PriceIds["team_monthly"], after.PriceIds["team_monthly"]);
        Assert.NotEqual(old, sold);
        Assert.Equal([old], after.RetiredPriceIds["team_monthly"]);
        Assert.Equal($"{sold},{old}", after.PriceSetting("team_monthly"));
        Assert.Equal(before.PriceIds["business_monthly"], after.PriceSetting("business_monthly"));
        var found = (await app.Service<StripeClient>().ListPrices(["some_team_monthly"], Token)).OrThrow();
        Assert.Equal((sold, 4000L), (found.Single().Id, found.Single().UnitAmount));

        var again = await app.PublishAsync(Dearer);
        Assert.All(again.Steps, step => Assert.Equal(PublishOutcome.Found, step.Outcome));
        Assert.Equal(after.PriceSetting("team_monthly"), again.PriceSetting("team_monthly"));
    }

    [Fact]
    public async Task A_subscriber_on_a_retired_price_keeps_plan_and_price_until_they_ask_for_the_new_one()
    {
        await using var before = await LibraryApp.StartAsync(Some.Catalog);
        await before.BuyAsync();
        var old = PriceOf(await before.SubscriptionAsync());
        var published = await before.PublishAsync(Dearer);
        await using var app = await LibraryApp.StartBesideAsync(before, Dearer, published);

        var status = await app.GetAsync("status");
        Assert.Equal("team", status.GetProperty("tier").GetString());
        Assert.Equal("team_monthly", status.GetProperty("price_id").GetString());

        await app.ChangeAsync("seats", "seat_count", 3);
        var more = await before.SubscriptionAsync();
        Assert.Equal((old, 3), (PriceOf(more), QuantityOf(more)));

        await app.ChangeAsync("upgrade", "price_id", "team_monthly");
        var renewed = await before.SubscriptionAsync();
        Assert.Equal((published.PriceIds["team_monthly"], 3), (PriceOf(renewed), QuantityOf(renewed)));
        Assert.Equal("unknown_price", await app.RefusedAsync("upgrade", new { price_id = old, preview = true }));
    }

    [Fact]
    public async Task A_catalog_names_former_prices_by_id_or_by_lookup_key()
    {
        await using var app = await LibraryApp.StartAsync(Some.Catalog);
        var known = await app.PublishAsync(Some.Catalog);
        var named = Some.CatalogOf(
            Some.Team with
            {
                Prices =
                [
                    new PlanPrice("team_weekly_deal", BillingInterval.Month, Money.Usd(10_00))
                    {
                        Former = ["some_team_monthly", "price_from_long_ago"],
                    },
                ],
            }
        );

        var published = await app.PublishAsync(named);

        Assert.Equal(
            [known.PriceIds["team_monthly"], "price_from_long_ago"],
            published.RetiredPriceIds["team_weekly_deal"]
        );
        var book = new PriceBook(
            named,
            new Dictionary<string, IReadOnlyList<string>> { ["team_weekly_deal"] = ["price_sold"] }
        );
        Assert.True(book.TryRecognise("price_from_long_ago", out var price));
        Assert.Equal("price_sold", price.StripeId);
        Assert.False(book.TryFindForSale("price_from_long_ago", out _));
    }

    private static JsonElement ItemOf(JsonElement subscription) =>
        subscription.GetProperty("items").GetProperty("data")[0];

    private static string? PriceOf(JsonElement subscription) =>
        ItemOf(subscription).GetProperty("price").GetProperty("id").GetString();

    private static int QuantityOf(JsonElement subscription) => ItemOf(subscription).GetProperty("quantity").GetInt32();
}
