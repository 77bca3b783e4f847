using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using Hydra;
using ImportCsv.Cloud;
using Tollgate.Catalog;

namespace Tollgate.Tests.Catalog;

/// <summary>What is written of a catalog is read as the same catalog.</summary>
public sealed class CatalogRoundTripTests
{
    [Fact]
    public void The_catalogs_of_Hydra_and_ImportCSV_are_read_as_they_were_written()
    {
        foreach (var catalog in (PlanCatalog[])[HydraPlans.Catalog, ImportCsvPlans.Catalog])
        {
            Assert.Equal(Every.MemberOf(catalog), Every.MemberOf(SomeFile.Read(CatalogFile.Write(catalog))));
        }
    }

    [Fact]
    public void What_is_so_by_default_is_not_written()
    {
        var small = SomeFile.Read(SomeFile.Small);

        Assert.Equal(
            SomeFile.Small.Replace(" ", "").ReplaceLineEndings(""),
            CatalogFile.Write(small).Replace(" ", "").ReplaceLineEndings("")
        );
    }

    [Fact]
    public void What_a_file_cannot_say_is_not_written()
    {
        var small = SomeFile.Read(SomeFile.Small);
        PlanCatalog With(TimeSpan grace) =>
            new(small.Product, small.Plans, small.Meters, small.Features) { Grace = grace };

        Assert.Throws<ArgumentException>(() => CatalogFile.Write(With(TimeSpan.FromMilliseconds(1500))));
        Assert.Throws<ArgumentException>(() => CatalogFile.Write(With(TimeSpan.FromDays(-1))));
        Assert.Throws<ArgumentException>(() => CatalogFile.Write(With(TimeSpan.FromSeconds(10_000_001))));
        Assert.Contains("\"0d\"", CatalogFile.Write(With(TimeSpan.Zero)));
    }

    [Property(MaxTest = 300, Arbitrary = [typeof(AnyCatalogs)])]
    public void Any_catalog_is_read_as_it_was_written(PlanCatalog catalog) =>
        Assert.Equal(Every.MemberOf(catalog), Every.MemberOf(SomeFile.Read(CatalogFile.Write(catalog))));

    public static class AnyCatalogs
    {
        private static readonly string[] Names = ["Ä \"b\" <c>", "Team", "日本", "'", "\\"];
        private static readonly string[] Currencies = ["eur", "gbp"];

        public static Arbitrary<PlanCatalog> OneCatalog() => Any().ToArbitrary();

        private static Gen<bool> Bit { get; } = Gen.Elements(true, false);

        private static Gen<string> Name { get; } = Gen.Elements(Names);

        private static Gen<T> Value<T>()
            where T : struct, Enum => Gen.Elements(Enum.GetValues<T>());

        private static Gen<List<T>> Some<T>(Gen<T> one, int most) =>
            from count in Gen.Choose(0, most)
            from all in Gen.ArrayOf(one, count)
            select all.ToList();

        private static Gen<TimeSpan> Span { get; } =
            from count in Gen.Choose(1, 100)
            from unit in Gen.Elements(
                TimeSpan.FromDays(1),
                TimeSpan.FromHours(1),
                TimeSpan.FromMinutes(1),
                TimeSpan.FromSeconds(1)
            )
            select unit * count;

        private static Gen<Noun> Noun { get; } =
            from one in Name
            from many in Name
            from language in Some(Gen.Elements("de", "fr"), 2)
            select new Noun(one, many)
            {
                In = language.Distinct().ToDictionary(tag => tag, tag => new Noun($"{one}-{tag}", many)),
            };

        private static Gen<Meter> Meter(int index) =>
            from name in Name
            from isPlain in Bit
            from window in Gen.OneOf(Span.Select(span => (WindowLength)span), Gen.Constant(WindowLength.CalendarMonth))
            from noun in Noun
            from hasNoun in Bit
            let plain = isPlain
                ? new Meter($"m{index}", name, $"m{index}", $"m{index}", window)
                : new Meter($"m{index}", name, $"s{index}", $"group {index}", window)
            select hasNoun ? plain with { Noun = noun } : plain;

        private static Gen<PlanPrice> Price(int plan, BillingInterval interval, int also) =>
            from amounts in Gen.ArrayOf(Gen.Choose(0, int.MaxValue), 3)
            from former in Some(Gen.Elements("price_1", "old_key"), 2)
            select new PlanPrice($"p{plan}_{interval}".ToLowerInvariant(), interval, Money.Usd(amounts[0]))
            {
                Also = [.. Currencies.Take(also).Select((code, at) => new Money(amounts[at + 1], code))],
                Former = former,
            };

        private static Gen<Plan> Plan(int index, int meters, int also) =>
            from name in Name
            from intervals in Gen.SubListOf(Enum.GetValues<BillingInterval>())
            from prices in Gen.CollectToList(intervals, interval => Price(index, interval, also))
            from features in Gen.SubListOf("f1", "f2", "f3")
            from highlights in Some(Name, 2)
            from limits in Gen.ArrayOf(Gen.Choose(-1, int.MaxValue), meters)
            from trial in Trial
            select new Plan($"p{index}", name)
            {
                Prices = [.. prices],
                Features = [.. features],
                Highlights = highlights,
                Limits = limits
                    .Index()
                    .Where(limit => limit.Item >= 0)
                    .ToDictionary(limit => $"m{limit.Index}", limit => limit.Item),
                Trial = prices.Count == 0 ? null : trial,
                IsOffStripe = prices.Count == 0,
            };

        private static Gen<PlanTrial?> Trial { get; } =
            from isThere in Bit
            from days in Gen.Choose(1, 730)
            from needsCard in Bit
            from without in Value<TrialWithoutCard>()
            select isThere ? new PlanTrial(days) { NeedsCard = needsCard, WithoutCard = without } : null;

        private static Gen<CheckoutTerms> Checkout { get; } =
            from bits in Gen.ArrayOf(Bit, 3)
            from tax in Value<AutomaticTax>()
            select new CheckoutTerms
            {
                AllowsPromotionCodes = bits[0],
                CollectsTaxIds = bits[1],
                RequiresBillingAddress = bits[2],
                AutomaticTax = tax,
            };

        private static Gen<RefundAndDisputeTerms?> Refunds { get; } =
            from isThere in Bit
            from onRefund in Value<OnRefundOrDispute>()
            from onDispute in Value<OnRefundOrDispute>()
            select isThere ? new RefundAndDisputeTerms { OnFullRefund = onRefund, OnDispute = onDispute } : null;

        private static Gen<PlanCatalog> Any() =>
            from also in Gen.Choose(0, Currencies.Length)
            from meterCount in Gen.Choose(0, 3)
            from meters in Gen.CollectToList(Enumerable.Range(0, meterCount), Meter)
            from planCount in Gen.Choose(1, 3)
            from plans in Gen.CollectToList(Enumerable.Range(0, planCount), index => Plan(index, meterCount, also))
            from isUnion in Bit
            from key in Gen.Elements("some", "other_key")
            from prefix in Gen.Elements("", "some_", "other_key_")
            from seats in Gen.Elements((1, 500), (1, 1), (2, 7), (2, 500))
            from holder in Noun
            from hasHolder in Bit
            from member in Gen.Elements(null, "kind")
            from addOns in Gen.SubListOf(new AddOn("training", "Training", ["price_7", "key"]), new("a", "A", []))
            from checkout in Checkout
            from refunds in Refunds
            from mode in Value<BillingMode>()
            from needsMoney in Bit
            from grace in Gen.OneOf(Span, Gen.Constant(TimeSpan.FromDays(7)))
            from after in Value<AfterGrace>()
            let plain = new PlanCatalog("Some", [], [], [])
            select new PlanCatalog("Some", [.. plans], [.. meters], isUnion ? Union(plans) : ["f3", "f2", "f1"])
            {
                Key = key,
                FeaturePrefix = prefix,
                Seats = seats,
                SeatHolder = hasHolder ? holder : plain.SeatHolder,
                MeterMember = member,
                AddOns = [.. addOns],
                Checkout = checkout,
                RefundsAndDisputes = refunds,
                BillingMode = mode,
                UpgradeNeedsMoney = needsMoney,
                IgnoresOtherSubscriptions = !needsMoney,
                Grace = grace,
                AfterGrace = after,
            };

        private static IReadOnlyList<string> Union(IEnumerable<Plan> plans) =>
            [.. plans.SelectMany(plan => plan.Features).Distinct()];
    }
}
