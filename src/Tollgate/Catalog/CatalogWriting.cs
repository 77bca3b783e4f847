namespace Tollgate.Catalog;

/// <summary>A catalog as a file says it: without what is so by default. Pure.</summary>
internal static class CatalogWriting
{
    private static readonly PlanCatalog Plain = new(string.Empty, [], [], []);

    public static CatalogDocument Of(PlanCatalog catalog) =>
        new()
        {
            Product = catalog.Product,
            Key = Unless(CatalogKey.Of(catalog.Product), catalog.Key),
            FeaturePrefix = Unless(catalog.Key + "_", catalog.FeaturePrefix),
            Plans = [.. catalog.Plans.Select(PlanOf)],
            Meters = OrNull([.. catalog.Meters.Select(MeterOf)]),
            Features = catalog.Features.SequenceEqual(CatalogReading.FeaturesOf(catalog.Plans))
                ? null
                : catalog.Features,
            Seats =
                catalog.Seats == Plain.Seats
                    ? null
                    : new SeatsDocument
                    {
                        Least = UnlessValue(SeatsDocument.UsualLeast, catalog.Seats.Least),
                        Most = UnlessValue(SeatsDocument.UsualMost, catalog.Seats.Most),
                    },
            SeatHolder = IsSame(catalog.SeatHolder, Plain.SeatHolder) ? null : NounOf(catalog.SeatHolder),
            MeterMember = catalog.MeterMember,
            AddOns = OrNull([
                .. catalog.AddOns.Select(one => new AddOnDocument
                {
                    Id = one.Id,
                    Name = one.Name,
                    Prices = one.Prices,
                }),
            ]),
            Checkout = catalog.Checkout == Plain.Checkout ? null : CheckoutOf(catalog.Checkout),
            RefundsAndDisputes = catalog.RefundsAndDisputes is { } terms
                ? new RefundsAndDisputesDocument { OnFullRefund = terms.OnFullRefund, OnDispute = terms.OnDispute }
                : null,
            BillingMode = UnlessValue(Plain.BillingMode, catalog.BillingMode),
            UpgradeNeedsMoney = UnlessValue(Plain.UpgradeNeedsMoney, catalog.UpgradeNeedsMoney),
            IgnoresOtherSubscriptions = UnlessValue(Plain.IgnoresOtherSubscriptions, catalog.IgnoresOtherSubscriptions),
            Grace = catalog.Grace == Plain.Grace ? null : CatalogSpan.Write(catalog.Grace),
            AfterGrace = UnlessValue(Plain.AfterGrace, catalog.AfterGrace),
        };

    private static PlanDocument PlanOf(Plan plan) =>
        new()
        {
            Id = plan.Id,
            Name = plan.Name,
            Prices = OrNull([.. plan.Prices.Select(PriceOf)]),
            Features = OrNull(plan.Features),
            Limits = plan.Limits.Count == 0 ? null : plan.Limits,
            Trial = plan.Trial is { } trial ? TrialOf(trial) : null,
            Highlights = OrNull(plan.Highlights),
            OffStripe = UnlessValue(false, plan.IsOffStripe),
        };

    private static PriceDocument PriceOf(PlanPrice price) =>
        new()
        {
            Alias = price.Alias,
            Interval = price.Interval,
            UnitAmount = price.UnitAmount.AmountMinor,
            Currency = price.UnitAmount.Currency,
            Also = OrNull([
                .. price.Also.Select(amount => new AmountDocument
                {
                    UnitAmount = amount.AmountMinor,
                    Currency = amount.Currency,
                }),
            ]),
            Former = OrNull(price.Former),
        };

    private static TrialDocument TrialOf(PlanTrial trial)
    {
        var plain = new PlanTrial(trial.Days);
        return new TrialDocument
        {
            Days = trial.Days,
            NeedsCard = UnlessValue(plain.NeedsCard, trial.NeedsCard),
            WithoutCard = UnlessValue(plain.WithoutCard, trial.WithoutCard),
        };
    }

    private static MeterDocument MeterOf(Meter meter)
    {
        var plain = new Meter(meter.Id, meter.Name, meter.StatusName, meter.WindowGroup, meter.Window);
        return new MeterDocument
        {
            Id = meter.Id,
            Name = meter.Name,
            StatusName = Unless(meter.Id, meter.StatusName),
            WindowGroup = Unless(meter.Id, meter.WindowGroup),
            Window = meter.Window == WindowLength.CalendarMonth ? null : CatalogSpan.WriteWindow(meter.Window),
            Noun = IsSame(meter.Noun, plain.Noun) ? null : NounOf(meter.Noun),
        };
    }

    private static NounDocument NounOf(Noun noun) =>
        new()
        {
            One = noun.One,
            Many = noun.Many,
            In =
                noun.In.Count == 0
                    ? null
                    : noun.In.ToDictionary(
                        words => words.Key,
                        words => new WordsDocument { One = words.Value.One, Many = words.Value.Many }
                    ),
        };

    private static CheckoutDocument CheckoutOf(CheckoutTerms terms) =>
        new()
        {
            AllowsPromotionCodes = UnlessValue(Plain.Checkout.AllowsPromotionCodes, terms.AllowsPromotionCodes),
            AutomaticTax = UnlessValue(Plain.Checkout.AutomaticTax, terms.AutomaticTax),
            CollectsTaxIds = UnlessValue(Plain.Checkout.CollectsTaxIds, terms.CollectsTaxIds),
            RequiresBillingAddress = UnlessValue(Plain.Checkout.RequiresBillingAddress, terms.RequiresBillingAddress),
        };

    private static bool IsSame(Noun one, Noun other)
    {
        var all = one.ByLanguage;
        return all.Count == other.ByLanguage.Count
            && other.ByLanguage.All(words => all.GetValueOrDefault(words.Key) == words.Value);
    }

    private static string? Unless(string plain, string value) => value == plain ? null : value;

    private static T? UnlessValue<T>(T plain, T value)
        where T : struct => EqualityComparer<T>.Default.Equals(plain, value) ? null : value;

    private static IReadOnlyList<T>? OrNull<T>(IReadOnlyList<T> all) => all.Count == 0 ? null : all;
}
