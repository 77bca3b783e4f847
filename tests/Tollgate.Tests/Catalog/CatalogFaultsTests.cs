using Tollgate.Catalog;

namespace Tollgate.Tests.Catalog;

/// <summary>
/// What a catalog says that cannot be so is one sentence with its place, and all is reported at once.
/// </summary>
public sealed class CatalogFaultsTests
{
    private static readonly PlanPrice Monthly = new("pro_monthly", BillingInterval.Month, Money.Usd(20_00));
    private static readonly Plan Basic = new("basic", "Basic");
    private static readonly Plan Pro = new("pro", "Pro") { Prices = [Monthly] };
    private static readonly Meter Run = new("run", "Runs", "runs", "window", TimeSpan.FromDays(30));

    [Fact]
    public void A_catalog_may_have_a_free_plan_of_any_id_or_none()
    {
        var with = Of(Basic, Pro);
        var without = Of(Pro);

        Assert.Empty(with.FindFaults());
        Assert.Same(Basic, with.WithoutSubscription);
        Assert.Empty(without.FindFaults());
        Assert.Same(Plan.None, without.WithoutSubscription);
        Assert.Equal(
            (PlanKind.Free, PlanKind.Paid, PlanKind.None),
            (with.KindOf(Basic), with.KindOf(Pro), without.KindOf(Plan.None))
        );
        Assert.Equal(0, without.FreeLimit(Run));
        Assert.Null(with.FreeLimit(Run));
    }

    [Fact]
    public void All_that_is_wrong_is_reported_at_once()
    {
        var catalog = new PlanCatalog(
            "Some App",
            [
                Pro,
                Basic with
                {
                    Limits = new Dictionary<string, int> { ["walk"] = 1, ["run"] = -1 },
                    Features = ["flight"],
                },
                new Plan("Other Plan", "Other"),
                new Plan("none", "None") { IsOffStripe = true, Prices = [Monthly] },
            ],
            [Run, new Meter("jump", "Jumps", "runs", "window", TimeSpan.FromDays(1))],
            ["speed", "speed"]
        )
        {
            Seats = (5, 2),
            Grace = TimeSpan.FromDays(-1),
        };

        Assert.Equal(
            [
                "Seats are sold from 5 to 2, which is no range.",
                "The grace is negative.",
                "Plan Other Plan is not in snake case.",
                "Price pro_monthly is declared twice.",
                "Status name runs is declared twice.",
                "Feature speed is declared twice.",
                "Plan none has the name that stands for no plan.",
                "Plan basic has no price and so is the free one, which stands first.",
                "Plan Other Plan has no price and is not sold off Stripe; the free plan is basic.",
                "Plan basic grants flight, which is not a declared feature.",
                "Plan basic limits walk, which is not a declared meter.",
                "Plan basic limits run to -1, which is below nothing.",
                "Plan none is sold off Stripe, but has prices.",
                "The meters of window group window have windows of different length.",
            ],
            catalog.FindFaults()
        );
        var stopped = Assert.Throws<StartupException>(() => CatalogFaults.Checked(catalog));
        Assert.StartsWith("The catalog of Some App is wrong: Seats are sold from 5 to 2", stopped.Message);
        Assert.DoesNotContain('\n', stopped.Message);
    }

    [Fact]
    public void A_plan_has_one_price_for_each_interval_and_a_catalog_has_a_plan()
    {
        var twice = Pro with { Prices = [Monthly, Monthly with { Alias = "pro_cheap" }] };

        Assert.Equal(
            ["Plan pro has several prices for one interval: pro_monthly and pro_cheap."],
            Of(Basic, twice).FindFaults()
        );
        Assert.Equal(["There is no plan."], Of().FindFaults());
    }

    [Fact]
    public void What_stands_at_Stripe_follows_the_key_and_not_the_name_that_people_see()
    {
        var before = new PlanCatalog("Some App", [Basic, Pro], [], ["speed"]);
        var renamed = new PlanCatalog("Sommer!", [Basic, Pro], [], ["speed"]) { Key = "some_app" };
        var plain = new PlanCatalog("Some App", [Basic, Pro], [], ["speed"]) { FeaturePrefix = "" };

        Assert.Equal(("some_app", "some_app"), (before.MetadataPrefix, renamed.MetadataPrefix));
        Assert.Equal(("some_app_speed", "some_app_speed"), (before.FeatureKey("speed"), renamed.FeatureKey("speed")));
        Assert.Equal("speed", before.FeatureOf("some_app_speed"));
        Assert.Null(before.FeatureOf("other_speed"));
        Assert.Equal(("speed", "speed"), (plain.FeatureKey("speed"), plain.FeatureOf("speed")));
    }

    [Fact]
    public void The_next_plan_with_more_is_sold_and_allows_more()
    {
        Plan Limited(string id, int? limit, long price) =>
            new(id, id)
            {
                Prices = [new PlanPrice($"{id}_monthly", BillingInterval.Month, Money.Usd(price))],
                Limits = limit is { } most ? new Dictionary<string, int> { ["run"] = most } : [],
            };
        var free = Basic with { Limits = new Dictionary<string, int> { ["run"] = 5 } };
        var catalog = Of(free, Limited("small", 5, 1), Limited("middle", 10, 2), Limited("big", null, 3));

        Assert.Equal("middle", catalog.FindWithMore(Run, 5)?.Id);
        Assert.Equal("big", catalog.FindWithMore(Run, 10)?.Id);
        Assert.Null(Of(free, Limited("small", 5, 1)).FindWithMore(Run, 5));
    }

    private static PlanCatalog Of(params Plan[] plans) => new("Some", plans, [Run], []);
}
