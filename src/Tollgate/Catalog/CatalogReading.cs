namespace Tollgate.Catalog;

/// <summary>The catalog that a file means. Pure; what the file leaves out is as in a catalog in code.</summary>
internal static class CatalogReading
{
    private static readonly PlanCatalog Plain = new(string.Empty, [], [], []);

    /// <summary>Of a document that the schema has let through.</summary>
    public static PlanCatalog Of(CatalogDocument file)
    {
        var plans = file.Plans!.Select(PlanOf).ToList();
        var key = file.Key ?? CatalogKey.Of(file.Product!);
        return new PlanCatalog(
            file.Product!,
            plans,
            [.. (file.Meters ?? []).Select(MeterOf)],
            file.Features ?? FeaturesOf(plans)
        )
        {
            Seats = file.Seats is { } seats
                ? (seats.Least ?? SeatsDocument.UsualLeast, seats.Most ?? SeatsDocument.UsualMost)
                : Plain.Seats,
            SeatHolder = file.SeatHolder is { } holder ? NounOf(holder) : Plain.SeatHolder,
            MeterMember = file.MeterMember,
            AddOns = [.. (file.AddOns ?? []).Select(one => new AddOn(one.Id!, one.Name!, one.Prices!))],
            Checkout = CheckoutOf(file.Checkout),
            RefundsAndDisputes = file.RefundsAndDisputes is { } terms ? RefundsOf(terms) : null,
            BillingMode = file.BillingMode ?? Plain.BillingMode,
            UpgradeNeedsMoney = file.UpgradeNeedsMoney ?? Plain.UpgradeNeedsMoney,
            IgnoresOtherSubscriptions = file.IgnoresOtherSubscriptions ?? Plain.IgnoresOtherSubscriptions,
            Grace = file.Grace is { } grace ? CatalogSpan.Read(grace) : Plain.Grace,
            AfterGrace = file.AfterGrace ?? Plain.AfterGrace,
            Key = key,
            FeaturePrefix = file.FeaturePrefix ?? key + "_",
        };
    }

    /// <summary>The features of a file that declares none: those that its plans name.</summary>
    public static IReadOnlyList<string> FeaturesOf(IEnumerable<Plan> plans) =>
        [.. plans.SelectMany(plan => plan.Features).Distinct(StringComparer.Ordinal)];

    private static Plan PlanOf(PlanDocument plan) =>
        new(plan.Id!, plan.Name!)
        {
            Prices = [.. (plan.Prices ?? []).Select(PriceOf)],
            Features = plan.Features ?? [],
            Limits = plan.Limits ?? new Dictionary<string, int>(),
            Trial = plan.Trial is { } trial ? TrialOf(trial) : null,
            Highlights = plan.Highlights ?? [],
            IsOffStripe = plan.OffStripe ?? false,
        };

    private static PlanPrice PriceOf(PriceDocument price) =>
        new(price.Alias!, price.Interval, new Money(price.UnitAmount, price.Currency!))
        {
            Also = [.. (price.Also ?? []).Select(amount => new Money(amount.UnitAmount, amount.Currency!))],
            Former = price.Former ?? [],
        };

    private static PlanTrial TrialOf(TrialDocument trial)
    {
        var plain = new PlanTrial(trial.Days);
        return plain with
        {
            NeedsCard = trial.NeedsCard ?? plain.NeedsCard,
            WithoutCard = trial.WithoutCard ?? plain.WithoutCard,
        };
    }

    private static Meter MeterOf(MeterDocument file)
    {
        var meter = new Meter(
            file.Id!,
            file.Name!,
            file.StatusName ?? file.Id!,
            file.WindowGroup ?? file.Id!,
            file.Window is { } window ? CatalogSpan.ReadWindow(window) : WindowLength.CalendarMonth
        );
        return file.Noun is { } noun ? meter with { Noun = NounOf(noun) } : meter;
    }

    private static Noun NounOf(NounDocument noun) =>
        new(noun.One!, noun.Many!)
        {
            In = (noun.In ?? new Dictionary<string, WordsDocument>()).ToDictionary(
                words => words.Key,
                words => new Noun(words.Value.One!, words.Value.Many!)
            ),
        };

    private static CheckoutTerms CheckoutOf(CheckoutDocument? file) =>
        new()
        {
            AllowsPromotionCodes = file?.AllowsPromotionCodes ?? Plain.Checkout.AllowsPromotionCodes,
            AutomaticTax = file?.AutomaticTax ?? Plain.Checkout.AutomaticTax,
            CollectsTaxIds = file?.CollectsTaxIds ?? Plain.Checkout.CollectsTaxIds,
            RequiresBillingAddress = file?.RequiresBillingAddress ?? Plain.Checkout.RequiresBillingAddress,
        };

    private static RefundAndDisputeTerms RefundsOf(RefundsAndDisputesDocument file)
    {
        var plain = new RefundAndDisputeTerms();
        return plain with
        {
            OnFullRefund = file.OnFullRefund ?? plain.OnFullRefund,
            OnDispute = file.OnDispute ?? plain.OnDispute,
        };
    }
}
