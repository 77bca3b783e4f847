using System.Text.Json;
using MyApp;
using Tollgate.IntegrationTests.Library;

namespace Tollgate.IntegrationTests.Guides;

/// <summary>docs/guide/change-prices.md, from the catalog before to the one after it.</summary>
public sealed class ChangePricesGuideTests
{
    [Fact]
    public async Task Who_has_the_old_price_keeps_it_until_they_ask_for_the_new_one()
    {
        await using var before = await LibraryApp.StartAsync(Plans.Catalog);
        await before.BuyAsync("team_monthly", seats: 1);
        var old = PriceOf(await before.SubscriptionAsync());
        var published = await before.PublishAsync(DearerPlans.Catalog);
        await using var app = await LibraryApp.StartBesideAsync(before, DearerPlans.Catalog, published);

        var (code, setup) = await app.CommandAsync("setup", "--yes");
        Assert.Equal(0, code);
        Assert.Contains(
            $"STRIPE_TEAM_MONTHLY_PRICE_ID={published.PriceIds["team_monthly"]},{old}",
            setup,
            StringComparison.Ordinal
        );
        Assert.Equal("team", (await app.GetAsync("status")).GetProperty("tier").GetString());
        await app.ChangeAsync("seats", "seat_count", 2);
        Assert.Equal(old, PriceOf(await before.SubscriptionAsync()));
        Assert.Equal("unknown_price", await app.RefusedAsync("checkout", new { price_id = old, seat_count = 1 }));

        await app.ChangeAsync("upgrade", "price_id", "team_monthly");
        Assert.Equal(published.PriceIds["team_monthly"], PriceOf(await before.SubscriptionAsync()));
    }

    private static string? PriceOf(JsonElement subscription) =>
        subscription.GetProperty("items").GetProperty("data")[0].GetProperty("price").GetProperty("id").GetString();
}
