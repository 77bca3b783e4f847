using System.Reflection;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Tollgate.Catalog;
using Tollgate.Commands.Catalogs;
using Tollgate.Stripe;

namespace Tollgate.Tests.Catalog;

/// <summary>What an account at Stripe sells becomes a catalog; what no catalog says is named.</summary>
public sealed class PullCatalogTests
{
    private static readonly IReadOnlyDictionary<string, string> Nothing = new Dictionary<string, string>();

    private static readonly StripeContents Grown = new()
    {
        Products =
        [
            Product("prod_gold", "Glide Gold \"new\"\n") with
            {
                MarketingFeatures = ["Everything", "in Größe\\"],
            },
            Product("prod_silver", "Silver"),
            Product("prod_silver2", "Silver"),
            Product("prod_gone", "Gone") with
            {
                Active = false,
            },
            Product("prod_hours", "Consulting"),
        ],
        Prices =
        [
            Price("price_gold_new", "prod_gold", 5000),
            Price("price_gold", "prod_gold", 4000) with
            {
                LookupKey = "Gold-Standard",
            },
            Price("price_gold_old", "prod_gold", 3000) with
            {
                Active = false,
            },
            Price("price_gold_year", "prod_gold", 48_000, interval: "year"),
            Price("price_silver", "prod_silver", 1000) with
            {
                LookupKey = "glide_silver_monthly",
            },
            Price("price_silver_eur", "prod_silver", 900, "eur"),
            Price("price_silver2", "prod_silver2", 1200),
            Price("price_silver2_year", "prod_silver2", 1200, interval: "year") with
            {
                Active = false,
            },
            Price("price_quarter", "prod_silver", 2500) with
            {
                IntervalCount = 3,
            },
            Price("price_week", "prod_silver", 250, interval: "week"),
            Price("price_used", "prod_silver", 1) with
            {
                UsageType = "metered",
            },
            Price("price_tiers", "prod_silver", 1) with
            {
                UnitAmount = null,
            },
            Price("price_once", "prod_hours", 9000) with
            {
                Interval = null,
                IntervalCount = null,
                UsageType = null,
            },
            Price("price_gone", "prod_gone", 1),
        ],
        Features = new Dictionary<string, IReadOnlyList<string>>
        {
            ["prod_gold"] = ["api", "SSO", "reports"],
            ["prod_silver"] = ["reports"],
        },
    };

    [Fact]
    public void A_grown_account_becomes_a_catalog_without_faults()
    {
        var catalog = PullCatalog.Of(Grown, "Glide", "glide").Catalog;

        Assert.Empty(catalog.FindFaults());
        Assert.Equal(["silver", "silver_2", "gold_new"], catalog.Plans.Select(plan => plan.Id));
        Assert.Equal(["Silver", "Silver", "Gold \"new\""], catalog.Plans.Select(plan => plan.Name));
        Assert.Equal(
            [
                ("silver_monthly", "price_silver_eur price_tiers"),
                ("silver_2_monthly", "price_silver2"),
                ("gold_standard", "price_gold price_gold_new price_gold_old"),
                ("gold_new_yearly", "price_gold_year"),
            ],
            catalog.Plans.SelectMany(plan => plan.Prices).Select(price => (price.Alias, string.Join(' ', price.Former)))
        );
        Assert.Equal(["usd"], catalog.Currencies);
        Assert.Equal(["reports", "api"], catalog.Plans[2].Features);
        Assert.Equal(["Everything", "in Größe\\"], catalog.Plans[2].Highlights);
        Assert.Equal(("glide", ""), (catalog.Key, catalog.FeaturePrefix));
    }

    [Fact]
    public void What_no_catalog_says_is_named_with_the_reason()
    {
        Assert.Equal(
            [
                "feature SSO has a lookup key that is not in snake case",
                "price_gold_new of Glide Gold \"new\" is another one by the month; whoever holds it keeps the plan",
                "price_once of Consulting is paid once",
                "price_quarter of Silver is paid every 3 month",
                "price_silver2_year of Silver is archived, and there is no other by the year",
                "price_silver_eur of Silver is in eur, and most are in usd; whoever holds it keeps the plan",
                "price_tiers of Silver has tiers, or a fraction of the minor unit",
                "price_used of Silver is paid by use that is reported to Stripe",
                "price_week of Silver is paid every 1 week",
                "prod_hours (Consulting) has no price by the month or by the year",
            ],
            PullCatalog.Of(Grown, "Glide", "glide").Skipped.Select(one => $"{one.What} {one.Reason}").Order()
        );
    }

    [Fact]
    public void Currencies_are_those_that_every_price_has()
    {
        var contents = new StripeContents
        {
            Products = [Product("prod_a", "A"), Product("prod_b", "B")],
            Prices =
            [
                Price("price_a", "prod_a", 1000) with
                {
                    CurrencyOptions = In(("usd", 1000), ("eur", 900), ("jpy", 1500)),
                },
                Price("price_b", "prod_b", 2000) with
                {
                    CurrencyOptions = In(("jpy", 3000), ("usd", 2000), ("eur", null)),
                },
            ],
        };

        var pulled = PullCatalog.Of(contents, "Glide", "glide");

        Assert.Empty(pulled.Catalog.FindFaults());
        Assert.Equal(["usd", "jpy"], pulled.Catalog.Currencies);
        Assert.Equal(new Money(3000, "jpy"), pulled.Catalog.Plans[1].Prices[0].In("jpy"));
        Assert.Equal(["price_a in eur", "price_b in eur"], pulled.Skipped.Select(one => one.What));
    }

    [Fact]
    public void What_set_up_has_marked_is_called_as_it_is_marked()
    {
        var contents = new StripeContents
        {
            Products = [Product("prod_a", "Soar Pro") with { Metadata = Marked("soar_plan", "basic") }],
            Prices =
            [
                Price("price_new", "prod_a", 2000) with
                {
                    LookupKey = "soar_basic_monthly",
                    Metadata = Marked("soar_price", "basic_monthly"),
                },
                Price("price_old", "prod_a", 1000) with
                {
                    Active = false,
                    Metadata = Marked("soar_price", "basic_monthly"),
                },
            ],
            Features = new Dictionary<string, IReadOnlyList<string>> { ["prod_a"] = ["soar_api"] },
            Portals =
            [
                new StripePortalConfiguration
                {
                    Id = "bpc_1",
                    Active = true,
                    IsDefault = false,
                    Metadata = Marked("soar_plan", "portal"),
                    Features = new StripePortalFeatures(true, true, "at_period_end", ["price"], "always_invoice"),
                },
            ],
        };

        var catalog = PullCatalog.Of(contents, "Soar", "other").Catalog;

        Assert.Equal(("soar", "soar_"), (catalog.Key, catalog.FeaturePrefix));
        Assert.Equal(("basic", "Pro"), (catalog.Plans[0].Id, catalog.Plans[0].Name));
        Assert.Equal("basic_monthly", catalog.Plans[0].Prices[0].Alias);
        Assert.Empty(catalog.Plans[0].Prices[0].Former);
        Assert.Equal(["api"], catalog.Features);
        Assert.Equal(((1, 1), true), (catalog.Seats, catalog.UpgradeNeedsMoney));
    }

    [Fact]
    public void Both_formats_say_the_same()
    {
        var catalog = PullCatalog.Of(Grown, "Glide", "glide").Catalog;
        var compilation = CSharpCompilation.Create(
            $"Pulled{Guid.NewGuid():N}",
            [
                CSharpSyntaxTree.ParseText(
                    CSharpCatalog.Write(catalog),
                    cancellationToken: TestContext.Current.CancellationToken
                ),
            ],
            [
                .. from path in ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
                where
                    Path.GetFileName(path) is "Tollgate.dll"
                    || Path.GetFileName(path).StartsWith("System.", StringComparison.Ordinal)
                select MetadataReference.CreateFromFile(path),
            ],
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary)
        );
        using var made = new MemoryStream();
        var result = compilation.Emit(made, cancellationToken: TestContext.Current.CancellationToken);
        Assert.True(result.Success, string.Join('\n', result.Diagnostics));

        var written = Assembly
            .Load(made.ToArray())
            .GetType("Glide.GlidePlans")!
            .GetProperty("Catalog")!
            .GetValue(obj: null);

        Assert.Equal(Every.MemberOf(catalog), Every.MemberOf((PlanCatalog)written!));
        Assert.Equal(Every.MemberOf(catalog), Every.MemberOf(SomeFile.Read(CatalogFile.Write(catalog))));
    }

    private static StripeProduct Product(string id, string name) =>
        new()
        {
            Id = id,
            Name = name,
            Active = true,
            Metadata = Nothing,
        };

    private static StripePrice Price(
        string id,
        string product,
        long amount,
        string currency = "usd",
        string interval = "month"
    ) =>
        new()
        {
            Id = id,
            ProductId = product,
            Active = true,
            Currency = currency,
            UnitAmount = amount,
            Interval = interval,
            IntervalCount = 1,
            UsageType = "licensed",
            Metadata = Nothing,
        };

    private static Dictionary<string, PriceInCurrency> In(params (string Currency, long? Amount)[] all) =>
        all.ToDictionary(one => one.Currency, one => new PriceInCurrency(one.Amount, TaxBehavior: null));

    private static Dictionary<string, string> Marked(string key, string value) => new() { [key] = value };
}
