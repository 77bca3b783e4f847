namespace Tollgate.Catalog;

/// <summary>What a catalog says that cannot be so: one sentence each, with the place. Pure.</summary>
internal static class CatalogFaults
{
    public static IEnumerable<string> Of(PlanCatalog catalog) =>
        OfTheWhole(catalog)
            .Concat(OfNames(catalog))
            .Concat(OfTheFreePlan(catalog))
            .Concat(catalog.Plans.SelectMany(plan => OfPlan(catalog, plan)))
            .Concat(OfCurrencies(catalog))
            .Concat(OfMeters(catalog));

    /// <exception cref="StartupException">All that is wrong, in one line.</exception>
    public static PlanCatalog Checked(PlanCatalog catalog) =>
        catalog.FindFaults() is { Count: > 0 } faults
            ? throw new StartupException($"The catalog of {catalog.Product} is wrong: {string.Join(' ', faults)}")
            : catalog;

    private static IEnumerable<string> OfTheWhole(PlanCatalog catalog)
    {
        if (string.IsNullOrWhiteSpace(catalog.Product))
        {
            yield return "The product has no name.";
        }

        if (!CatalogKey.IsOne(catalog.Key))
        {
            yield return $"The product's key {catalog.Key} is not in snake case.";
        }

        if (catalog.Plans.Count == 0)
        {
            yield return "There is no plan.";
        }

        if (catalog.Seats.Least < 1 || catalog.Seats.Most < catalog.Seats.Least)
        {
            yield return $"Seats are sold from {catalog.Seats.Least} to {catalog.Seats.Most}, which is no range.";
        }

        if (catalog.Grace < TimeSpan.Zero)
        {
            yield return "The grace is negative.";
        }

        if (catalog.MeterMember is { } member && !CatalogKey.IsOne(member))
        {
            yield return $"The meter's other member {member} is not in snake case.";
        }
    }

    private static IEnumerable<string> OfNames(PlanCatalog catalog) =>
        Names("Plan", catalog.Plans.Select(plan => plan.Id))
            .Concat(Names("Price", catalog.Plans.SelectMany(plan => plan.Prices).Select(price => price.Alias)))
            .Concat(Names("Meter", catalog.Meters.Select(meter => meter.Id)))
            .Concat(Names("Status name", catalog.Meters.Select(meter => meter.StatusName)))
            .Concat(Names("Feature", catalog.Features))
            .Concat(Names("Add-on", catalog.AddOns.Select(addOn => addOn.Id)));

    private static IEnumerable<string> Names(string what, IEnumerable<string> names)
    {
        foreach (var name in names.GroupBy(name => name, StringComparer.Ordinal))
        {
            if (!CatalogKey.IsOne(name.Key))
            {
                yield return $"{what} {name.Key} is not in snake case.";
            }

            if (name.Count() > 1)
            {
                yield return $"{what} {name.Key} is declared twice.";
            }
        }
    }

    private static IEnumerable<string> OfTheFreePlan(PlanCatalog catalog)
    {
        foreach (var plan in catalog.Plans.Where(plan => plan.Id == Plan.None.Id))
        {
            yield return $"Plan {plan.Id} has the name that stands for no plan.";
        }

        if (catalog.Free is not { } free)
        {
            yield break;
        }

        if (catalog.Plans[0] != free)
        {
            yield return $"Plan {free.Id} has no price and so is the free one, which stands first.";
        }

        foreach (
            var other in catalog.Plans.Where(plan => plan.Prices.Count == 0 && !plan.IsOffStripe && plan.Id != free.Id)
        )
        {
            yield return $"Plan {other.Id} has no price and is not sold off Stripe; the free plan is {free.Id}.";
        }
    }

    private static IEnumerable<string> OfPlan(PlanCatalog catalog, Plan plan)
    {
        if (plan.IsOffStripe && plan.Prices.Count > 0)
        {
            yield return $"Plan {plan.Id} is sold off Stripe, but has prices.";
        }

        foreach (var feature in plan.Features.Except(catalog.Features))
        {
            yield return $"Plan {plan.Id} grants {feature}, which is not a declared feature.";
        }

        if (plan.Trial is { } trial && (trial.Days is < 1 or > 730 || plan.Prices.Count == 0))
        {
            yield return $"Plan {plan.Id} has a trial, which takes 1 to 730 days and a price.";
        }

        foreach (var (meter, limit) in plan.Limits)
        {
            if (!catalog.HasMeter(meter))
            {
                yield return $"Plan {plan.Id} limits {meter}, which is not a declared meter.";
            }

            if (limit < 0)
            {
                yield return $"Plan {plan.Id} limits {meter} to {limit}, which is below nothing.";
            }
        }

        foreach (var interval in plan.Prices.GroupBy(price => price.Interval).Where(same => same.Count() > 1))
        {
            var names = string.Join(" and ", interval.Select(price => price.Alias));
            yield return $"Plan {plan.Id} has several prices for one interval: {names}.";
        }
    }

    private static IEnumerable<string> OfCurrencies(PlanCatalog catalog)
    {
        foreach (var price in catalog.Plans.SelectMany(plan => plan.Prices))
        {
            if (price.Amounts.Any(amount => amount.AmountMinor < 0))
            {
                yield return $"Price {price.Alias} is negative.";
            }

            var currencies = price.Amounts.Select(amount => amount.Currency).ToList();
            if (currencies.Find(currency => !CurrencyTable.Knows(currency)) is { } unknown)
            {
                yield return $"Price {price.Alias} is in {unknown}, which is no currency of Stripe's, in lower case.";
            }

            foreach (var amount in price.Amounts.Where(one => one.AmountMinor % CurrencyTable.Step(one.Currency) != 0))
            {
                var step = amount with { AmountMinor = CurrencyTable.Step(amount.Currency) };
                yield return $"Price {price.Alias} is {amount.ToText()}; what Stripe charges is a multiple of {
                    step.ToText()}.";
            }

            if (currencies.Distinct().Count() < currencies.Count)
            {
                yield return $"Price {price.Alias} names a currency twice.";
            }

            if (
                price.UnitAmount.Currency != catalog.Currencies[0]
                || !catalog.Currencies.ToHashSet().SetEquals(currencies)
            )
            {
                yield return $"Price {price.Alias} is in {string.Join(", ", currencies)}; the first price of the "
                    + $"catalog is in {string.Join(", ", catalog.Currencies)}.";
            }
        }
    }

    private static IEnumerable<string> OfMeters(PlanCatalog catalog)
    {
        foreach (
            var group in catalog
                .Meters.GroupBy(meter => meter.WindowGroup)
                .Where(group => group.DistinctBy(meter => meter.Window).Count() > 1)
        )
        {
            yield return $"The meters of window group {group.Key} have windows of different length.";
        }
    }
}
