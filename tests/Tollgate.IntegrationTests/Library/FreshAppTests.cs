using System.Net;
using System.Net.Http.Json;
using System.Security.Claims;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Tollgate.Accounts;
using Tollgate.Catalog;
using Tollgate.Status;

namespace Tollgate.IntegrationTests.Library;

/// <summary>
/// An app that is not Hydra: Starter and Pro, nothing for free, a monthly meter, seats that pilots sit on. It sells,
/// limits, and says the truth wherever it says something.
/// </summary>
public sealed class FreshAppTests : IAsyncLifetime
{
    private static readonly PlanCatalog Catalog = new(
        "Glide",
        [
            new Plan("starter", "Starter")
            {
                Prices = [new PlanPrice("starter_monthly", BillingInterval.Month, Money.Usd(9_00))],
                Limits = new Dictionary<string, int> { ["export"] = 3 },
            },
            new Plan("pro", "Pro")
            {
                Prices = [new PlanPrice("pro_monthly", BillingInterval.Month, Money.Usd(49_00))],
                Limits = new Dictionary<string, int> { ["export"] = 500 },
                Features = ["weather"],
            },
        ],
        [new Meter("export", "Exports", "exports", "exports", WindowLength.CalendarMonth)],
        ["weather"]
    )
    {
        Seats = (1, 500),
        SeatHolder = new("pilot", "pilots") { In = new Dictionary<string, Noun> { ["de"] = new("Pilot", "Piloten") } },
    };

    private LibraryApp app = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() =>
        app = await LibraryApp.StartAsync(
            Catalog,
            services => services.AddSingleton<IAccountDirectory, TwoPilots>(),
            routes => routes.MapPost("/export", () => "done").Metered("export")
        );

    public ValueTask DisposeAsync() => app.DisposeAsync();

    [Fact]
    public async Task Before_anything_is_bought_there_is_no_plan_and_everything_says_so()
    {
        var status = await app.GetAsync("status");
        Assert.Equal(
            ("none", "none", "No plan"),
            (Text(status, "kind"), Text(status, "tier"), Text(status, "tier_name"))
        );
        Assert.Equal("pilots", Text(status.GetProperty("seat_holder").GetProperty("en"), "many"));
        Assert.Equal("Piloten", Text(status.GetProperty("seat_holder").GetProperty("de"), "many"));

        var (code, refused) = await ExportAsync();
        Assert.Equal(HttpStatusCode.PaymentRequired, code);
        Assert.Equal("subscription_required", Text(refused, "code"));
        Assert.Equal(
            ("export", "starter", "plan_required"),
            (Text(refused, "meter"), Text(refused, "plan"), Text(refused, "reason"))
        );
        Assert.Equal("This is part of Starter. Choose a plan to go on.", Text(refused, "detail"));

        var plans = await app.GetAsync("plans");
        Assert.Equal("none", Text(plans, "current_plan"));
        Assert.Equal(
            [3, 500],
            plans
                .GetProperty("plans")
                .EnumerateArray()
                .Select(plan => plan.GetProperty("limits").GetProperty("export").GetInt32())
        );
        Assert.Equal(
            ["3 exports a month", "500 exports a month, Weather"],
            plans
                .GetProperty("plans")
                .EnumerateArray()
                .Select(plan => string.Join(", ", plan.GetProperty("highlights").EnumerateArray()))
        );
    }

    [Fact]
    public async Task A_paid_plan_s_limit_is_counted_shown_and_refused_as_its_own_and_the_next_plan_lifts_it()
    {
        await app.BuyAsync("starter_monthly", seats: 2);
        Assert.Equal((0, 3), await ExportsAsync());

        for (var run = 0; run < 3; run++)
        {
            Assert.Equal(HttpStatusCode.OK, (await ExportAsync()).Code);
        }

        var (code, refused) = await ExportAsync();
        Assert.Equal((HttpStatusCode.PaymentRequired, "usage_limit_reached"), (code, Text(refused, "code")));
        Assert.Equal(("starter", "export"), (Text(refused, "plan"), Text(refused, "meter")));
        Assert.Equal((3, 3), (refused.GetProperty("used").GetInt32(), refused.GetProperty("limit").GetInt32()));
        Assert.Equal(1, refused.GetProperty("reset_at").GetDateTimeOffset().Day);
        Assert.EndsWith("/billing/upgrade", Text(refused, "upgrade_url"), StringComparison.Ordinal);
        Assert.Equal("The limit of Starter is reached.", Text(refused, "title"));
        Assert.EndsWith(
            "Pro has 500 exports from the first moment.",
            Text(refused, "detail"),
            StringComparison.Ordinal
        );
        Assert.False(refused.TryGetProperty("workflow_type", out _));
        Assert.Equal((3, 3), await ExportsAsync());

        await app.ChangeAsync("upgrade", "price_id", "pro_monthly");
        await app.StatusBecomesAsync(status => Text(status, "tier") == "pro", "Pro to be there");
        Assert.Equal(HttpStatusCode.OK, (await ExportAsync()).Code);
        Assert.Equal((4, 500), await ExportsAsync());
    }

    [Fact]
    public async Task Seats_are_sold_to_pilots()
    {
        var answer = await app.Client.PostAsJsonAsync(
            "/api/billing/checkout",
            new { price_id = "starter_monthly", seat_count = 1 },
            Token
        );

        var refused = await answer.Content.ReadFromJsonAsync<JsonElement>(Token);
        Assert.Equal("More pilots are active than that.", Text(refused, "title"));
        Assert.Equal("2 pilots are active today, so 2 seats are the least.", Text(refused, "detail"));
    }

    [Fact]
    public async Task At_Stripe_its_features_bear_its_key_and_its_name_may_change()
    {
        var features = await app.Stripe.GetAsync("/v1/entitlements/features");
        Assert.Equal(
            ["glide_weather"],
            features.GetProperty("data").EnumerateArray().Select(feature => Text(feature, "lookup_key"))
        );

        var renamed = new PlanCatalog("Glider", Catalog.Plans, Catalog.Meters, Catalog.Features)
        {
            Key = "glide",
            Seats = Catalog.Seats,
        };
        var steps = (await app.PublishAsync(renamed)).Steps;

        Assert.All(steps, step => Assert.NotEqual(PublishOutcome.Made, step.Outcome));
        var products = await app.Stripe.GetAsync("/v1/products");
        Assert.Equal(
            ["Glider Pro", "Glider Starter"],
            products.GetProperty("data").EnumerateArray().Select(product => Text(product, "name")).Order()
        );
    }

    [Fact]
    public async Task Another_product_in_the_same_Stripe_account_gets_objects_of_its_own()
    {
        var other = new PlanCatalog("Sail", Catalog.Plans, Catalog.Meters, Catalog.Features) { Seats = Catalog.Seats };

        var published = await app.PublishAsync(other);
        var own = await app.PublishAsync(Catalog);

        Assert.All(own.Steps, step => Assert.Equal(PublishOutcome.Found, step.Outcome));
        Assert.Empty(own.PriceIds.Values.Intersect(published.PriceIds.Values));
        Assert.NotEqual(own.PortalConfigurationId, published.PortalConfigurationId);
        var features = await app.Stripe.GetAsync("/v1/entitlements/features");
        Assert.Equal(
            ["glide_weather", "sail_weather"],
            features.GetProperty("data").EnumerateArray().Select(feature => Text(feature, "lookup_key")).Order()
        );
    }

    private async Task<(HttpStatusCode Code, JsonElement Body)> ExportAsync()
    {
        var answer = await app.Client.PostAsync("/export", content: null, Token);
        return (
            answer.StatusCode,
            answer.IsSuccessStatusCode ? default : await answer.Content.ReadFromJsonAsync<JsonElement>(Token)
        );
    }

    private async Task<(int Used, int Limit)> ExportsAsync()
    {
        var use = (await app.GetAsync("status")).GetProperty("limits").GetProperty("exports");
        return (use.GetProperty("used").GetInt32(), use.GetProperty("limit").GetInt32());
    }

    private static string Text(JsonElement element, string name) => element.GetProperty(name).GetString()!;

    private sealed class TwoPilots : IAccountDirectory
    {
        public ValueTask<BillingCaller?> FindCallerAsync(
            ClaimsPrincipal principal,
            CancellationToken cancellationToken
        ) => new(new BillingCaller(LibraryApp.Acme, IsBillingAdmin: true));

        public ValueTask<int> CountSeatsInUseAsync(AccountId account, CancellationToken cancellationToken) => new(2);
    }
}
