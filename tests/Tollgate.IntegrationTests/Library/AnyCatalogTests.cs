using System.Globalization;
using System.Text.Json;
using Tollgate.Access;
using Tollgate.Catalog;
using Tollgate.Usage;

namespace Tollgate.IntegrationTests.Library;

/// <summary>
/// Whatever a host sells: it starts, is set up at Stripe, says what an account has, offers its plans, sells one, and
/// keeps its limits. More catalogs by <c>TOLLGATE_CATALOGS</c>, other ones by <c>TOLLGATE_CATALOG_SEED</c>.
/// </summary>
public sealed class AnyCatalogTests
{
    private static readonly TimeSpan LongestOfFew = TimeSpan.FromSeconds(50);
    private static readonly AccountId Acme = LibraryApp.Acme;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Any_catalog_starts_is_set_up_says_the_truth_and_sells()
    {
        var asked = Number("TOLLGATE_CATALOGS");
        var catalogs = AnyCatalog.Sample((int)(asked ?? 6), Number("TOLLGATE_CATALOG_SEED") ?? 42);
        var started = TimeProvider.System.GetTimestamp();
        var tried = 0;
        foreach (var catalog in catalogs)
        {
            // on a slow machine a few will do, unless somebody asked for more
            if (asked is null && tried > 1 && TimeProvider.System.GetElapsedTime(started) > LongestOfFew)
            {
                break;
            }

            try
            {
                await TryAsync(catalog);
            }
            catch (Exception failure) when (!Token.IsCancellationRequested)
            {
                throw new InvalidOperationException($"Catalog {tried}: {AnyCatalog.Describe(catalog)}", failure);
            }

            tried++;
        }
    }

    private static async Task TryAsync(PlanCatalog catalog)
    {
        Assert.Empty(catalog.FindFaults());
        await using var app = await LibraryApp.StartAsync(catalog);

        var sold = catalog.Plans.Where(plan => plan.Prices.Count > 0).ToList();
        if (sold.Count > 0) // else there is nothing to set up, and Stripe is not used at all
        {
            var again = await app.PublishAsync(catalog);
            Assert.All(again.Steps, step => Assert.Equal(PublishOutcome.Found, step.Outcome));
        }

        await ShowsWhatAnAccountHasAsync(app, catalog);
        await OffersItsPlansAsync(app, catalog);
        await RefusesWithoutAPlanAsync(app, catalog);
        if (sold.Count > 0)
        {
            var plan = sold[^1];
            await SellsAsync(app, catalog, plan, plan.Prices[^1]);
        }
    }

    private static async Task ShowsWhatAnAccountHasAsync(LibraryApp app, PlanCatalog catalog)
    {
        var status = await app.GetAsync("status");
        Assert.Equal(catalog.Free is null ? "none" : "free", status.GetProperty("kind").GetString());
        Assert.Equal(catalog.Free?.Id ?? "none", status.GetProperty("tier").GetString());
        Assert.Equal(catalog.Free is null ? [] : LimitsOf(catalog, catalog.Free), ReadLimits(status));
    }

    private static async Task OffersItsPlansAsync(LibraryApp app, PlanCatalog catalog)
    {
        var plans = await app.GetAsync("plans");
        Assert.Equal(catalog.WithoutSubscription.Id, plans.GetProperty("current_plan").GetString());
        var offered = plans.GetProperty("plans").EnumerateArray().ToList();
        Assert.Equal(catalog.Plans.Select(plan => plan.Id), offered.Select(plan => plan.GetProperty("id").GetString()));
        Assert.Equal(
            catalog.Plans.SelectMany(plan => plan.Prices).Select(price => (price.Alias, price.UnitAmount.AmountMinor)),
            offered
                .SelectMany(plan => plan.GetProperty("prices").EnumerateArray())
                .Select(price => (price.GetProperty("id").GetString()!, price.GetProperty("unit_amount").GetInt64()))
        );
    }

    private static async Task RefusesWithoutAPlanAsync(LibraryApp app, PlanCatalog catalog)
    {
        var gate = app.Service<AccessGate>();
        Assert.IsType<SubscriptionRequired>(await gate.RefuseAsync(Acme, catalog.Features[0], Token));
        if (catalog.Free is null && catalog.Meters is [var meter, ..])
        {
            var run = await app.Service<UsageMeters>().ReserveAsync(Acme, meter.Id, "before", Token);
            Assert.IsType<SubscriptionRequired>(run.Refusal);
        }
    }

    private static async Task SellsAsync(LibraryApp app, PlanCatalog catalog, Plan plan, PlanPrice price)
    {
        await app.BuyAsync(price.Alias, catalog.Seats.Least);

        var status = await app.GetAsync("status");
        Assert.Equal(plan.Id, status.GetProperty("tier").GetString());
        Assert.Equal(price.Alias, status.GetProperty("price_id").GetString());
        Assert.Equal(catalog.Seats.Least, status.GetProperty("seats").GetInt32());
        Assert.Equal(price.UnitAmount.Currency, status.GetProperty("currency").GetString());
        Assert.Equal(plan.Features.Order(), status.GetProperty("features").EnumerateArray().Select(Text).Order());
        Assert.Equal(plan.Limits.Count == 0 ? [] : LimitsOf(catalog, plan), ReadLimits(status));
        foreach (var meter in catalog.Meters)
        {
            await KeepsItsLimitAsync(app, plan, meter);
        }
    }

    private static async Task KeepsItsLimitAsync(LibraryApp app, Plan plan, Meter meter)
    {
        var meters = app.Service<UsageMeters>();
        var most = plan.Limits.TryGetValue(meter.Id, out var limit) ? limit : 4;
        for (var run = 0; run < most; run++)
        {
            var key = $"{meter.Id}-{run}";
            Assert.Null((await meters.ReserveAsync(Acme, meter.Id, key, Token)).Refusal);
            await meters.CommitAsync(Acme, meter.Id, key, Token);
        }

        var next = await meters.ReserveAsync(Acme, meter.Id, $"{meter.Id}-next", Token);
        if (plan.Limits.ContainsKey(meter.Id))
        {
            var reached = Assert.IsType<UsageLimitReached>(next.Refusal);
            Assert.Equal((plan.Id, most, most), (reached.Plan.Id, reached.Use.Used, reached.Use.Limit));
        }
        else
        {
            Assert.Null(next.Refusal);
        }
    }

    private static IEnumerable<(string, int?)> LimitsOf(PlanCatalog catalog, Plan plan) =>
        catalog
            .Meters.Select(meter => (meter.Id, plan.Limits.TryGetValue(meter.Id, out var most) ? most : (int?)null))
            .OrderBy(limit => limit.Id, StringComparer.Ordinal);

    private static IEnumerable<(string, int?)> ReadLimits(JsonElement status) =>
        status.TryGetProperty("limits", out var limits) && limits.ValueKind == JsonValueKind.Object
            ? limits
                .EnumerateObject()
                .Select(limit => limit.Value)
                .Select(limit =>
                    (
                        limit.GetProperty("meter").GetString()!,
                        limit.GetProperty("limit") is { ValueKind: JsonValueKind.Number } most
                            ? most.GetInt32()
                            : (int?)null
                    )
                )
                .OrderBy(limit => limit.Item1, StringComparer.Ordinal)
            : [];

    private static string Text(JsonElement element) => element.GetString()!;

    private static ulong? Number(string variable) =>
        Environment.GetEnvironmentVariable(variable) is { Length: > 0 } text
            ? ulong.Parse(text, CultureInfo.InvariantCulture)
            : null;
}
