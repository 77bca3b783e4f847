using System.Text.Json;
using Tollgate.Catalog;

namespace Tollgate.IntegrationTests.Library;

public sealed class AddOnTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_add_on_is_shown_and_explained_and_the_plans_item_decides()
    {
        await using var app = await StartAsync();
        await app.BuyAsync();
        await AddAsync(app, "some_support", quantity: 1);
        var unnamed = await AddAsync(app, lookupKey: null, quantity: 5);

        await app.StatusBecomesAsync(
            status => status.GetProperty("add_ons").GetArrayLength() == 2,
            "both add-ons to be shown"
        );
        var status = await app.GetAsync("status");
        var held = status.GetProperty("add_ons").EnumerateArray().ToDictionary(one => Text(one, "id"));
        Assert.Equal("Priority support", Text(held["priority_support"], "name"));
        Assert.Equal(5, held[unnamed].GetProperty("quantity").GetInt32());
        Assert.Equal(("team", 2), (Text(status, "tier"), status.GetProperty("seats").GetInt32()));
        var (_, explained) = await app.CommandAsync("explain", "acme");
        Assert.Contains("Team with", explained, StringComparison.Ordinal);
        Assert.Equal(0L, await app.QueryAsync<long>("SELECT count(*) FROM billing.alerts"));
    }

    [Fact]
    public async Task Changes_of_seats_and_plan_now_or_later_leave_the_add_on_alone()
    {
        await using var app = await StartAsync();
        await app.BuyAsync();
        var price = await AddAsync(app, "some_support", quantity: 1);
        await app.StatusBecomesAsync(
            status => status.GetProperty("add_ons").GetArrayLength() == 1,
            "the add-on to be shown"
        );

        await app.ChangeAsync("seats", "seat_count", 4);
        Assert.Equal([(price, 1), (PriceOf(app, "team_monthly"), 4)], await ItemsAsync(app, price));
        await app.ChangeAsync("upgrade", "price_id", "business_monthly");
        Assert.Equal([(price, 1), (PriceOf(app, "business_monthly"), 4)], await ItemsAsync(app, price));

        var yearly = new
        {
            price_id = "team_annual",
            preview = false,
            effective = "period_end",
        };
        Assert.Equal("add_ons_in_the_way", await app.RefusedAsync("upgrade", yearly));
        await app.PostAsync(
            "upgrade",
            new
            {
                price_id = "team_monthly",
                preview = false,
                effective = "period_end",
            }
        );
        await app.Sandbox.AdvanceAsync(TimeSpan.FromDays(32), Token);
        await app.StatusBecomesAsync(status => Text(status, "tier") == "team", "the arranged change to come");
        Assert.Equal([(price, 1), (PriceOf(app, "team_monthly"), 4)], await ItemsAsync(app, price));
    }

    private static Task<LibraryApp> StartAsync()
    {
        var some = Some.Catalog;
        return LibraryApp.StartAsync(
            new PlanCatalog(some.Product, some.Plans, some.Meters, some.Features)
            {
                Seats = some.Seats,
                AddOns = [new AddOn("priority_support", "Priority support", ["some_support"])],
            }
        );
    }

    /// <summary>As people do at Stripe; the price's id.</summary>
    private static async Task<string> AddAsync(LibraryApp app, string? lookupKey, int quantity)
    {
        var product = await app.Stripe.PostAsync("/v1/products", ("name", "Beside"));
        (string, string)[] price =
        [
            ("product", Text(product, "id")),
            ("currency", "usd"),
            ("unit_amount", "500"),
            ("recurring[interval]", "month"),
        ];
        var made = await app.Stripe.PostAsync(
            "/v1/prices",
            lookupKey is null ? price : [.. price, ("lookup_key", lookupKey)]
        );
        await app.Stripe.PostAsync(
            "/v1/subscription_items",
            ("subscription", Text(await app.SubscriptionAsync(), "id")),
            ("price", Text(made, "id")),
            ("quantity", $"{quantity}")
        );
        return Text(made, "id");
    }

    private static string PriceOf(LibraryApp app, string alias) =>
        app.Service<PriceBook>().TryFindForSale(alias, out var price) ? price.StripeId : alias;

    /// <summary>The add-on's item first.</summary>
    private static async Task<IReadOnlyList<(string, int)>> ItemsAsync(LibraryApp app, string addOn) =>
        [
            .. (await app.SubscriptionAsync())
                .GetProperty("items")
                .GetProperty("data")
                .EnumerateArray()
                .Select(item => (Text(item.GetProperty("price"), "id"), item.GetProperty("quantity").GetInt32()))
                .OrderByDescending(item => item.Item1 == addOn),
        ];

    private static string Text(JsonElement from, string name) => from.GetProperty(name).GetString()!;
}
