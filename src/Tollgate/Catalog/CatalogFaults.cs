namespace Tollgate.Catalog;

/// <summary>One thing that cannot be so.</summary>
/// <param name="Path">
/// What it is about, as the catalog's file has it: <c>plans[1].prices[0].unit_amount</c>. Empty for the whole.
/// </param>
/// <param name="Text">A sentence that says it without the path, too.</param>
internal sealed record CatalogFault(string Path, string Text)
{
    /// <summary>Whether one is about something that the other's is in.</summary>
    public bool IsBeside(CatalogFault other) => IsIn(Path, other.Path) || IsIn(other.Path, Path);

    /// <summary>Whether a path is that one, or leads further into it.</summary>
    public static bool IsIn(string path, string outer) =>
        outer.Length == 0
        || path.StartsWith(outer, StringComparison.Ordinal)
            && (path.Length == outer.Length || path[outer.Length] is '.' or '[');
}

/// <summary>What a catalog says that cannot be so: one sentence each, with the place. Pure.</summary>
internal static class CatalogFaults
{
    public static IEnumerable<CatalogFault> Of(PlanCatalog catalog) =>
        OfTheWhole(catalog)
            .Concat(OfNames(catalog))
            .Concat(OfTheFreePlan(catalog))
            .Concat(catalog.Plans.Index().SelectMany(plan => OfPlan(catalog, plan.Item, PathOf(plan.Index))))
            .Concat(OfCurrencies(catalog))
            .Concat(OfMeters(catalog));

    /// <exception cref="StartupException">All that is wrong, in one line.</exception>
    public static PlanCatalog Checked(PlanCatalog catalog) =>
        catalog.FindFaults() is { Count: > 0 } faults
            ? throw new StartupException($"The catalog of {catalog.Product} is wrong: {string.Join(' ', faults)}")
            : catalog;

    private static IEnumerable<CatalogFault> OfTheWhole(PlanCatalog catalog)
    {
        if (string.IsNullOrWhiteSpace(catalog.Product))
        {
            yield return new("product", "The product has no name.");
        }

        if (!CatalogKey.IsOne(catalog.Key))
        {
            yield return new("key", $"The product's key {catalog.Key} is not in snake case.");
        }

        if (catalog.Plans.Count == 0)
        {
            yield return new("plans", "There is no plan.");
        }

        if (catalog.Seats.Least < 1 || catalog.Seats.Most < catalog.Seats.Least)
        {
            yield return new(
                "seats",
                $"Seats are sold from {catalog.Seats.Least} to {catalog.Seats.Most}, which is no range."
            );
        }

        if (catalog.Grace < TimeSpan.Zero)
        {
            yield return new("grace", "The grace is negative.");
        }

        if (catalog.MeterMember is { } member && !CatalogKey.IsOne(member))
        {
            yield return new("meter_member", $"The meter's other member {member} is not in snake case.");
        }
    }

    private static IEnumerable<CatalogFault> OfNames(PlanCatalog catalog) =>
        Names("Plan", catalog.Plans.Index().Select(plan => (plan.Item.Id, $"{PathOf(plan.Index)}.id")))
            .Concat(Names("Price", PricesOf(catalog).Select(price => (price.Price.Alias, $"{price.Path}.alias"))))
            .Concat(Names("Meter", catalog.Meters.Index().Select(at => (at.Item.Id, $"meters[{at.Index}].id"))))
            .Concat(
                Names(
                    "Status name",
                    catalog.Meters.Index().Select(at => (at.Item.StatusName, $"meters[{at.Index}].status_name"))
                )
            )
            .Concat(Names("Feature", catalog.Features.Index().Select(at => (at.Item, $"features[{at.Index}]"))))
            .Concat(Names("Add-on", catalog.AddOns.Index().Select(at => (at.Item.Id, $"add_ons[{at.Index}].id"))));

    private static IEnumerable<CatalogFault> Names(string what, IEnumerable<(string Name, string Path)> names)
    {
        foreach (var same in names.GroupBy(one => one.Name, one => one.Path, StringComparer.Ordinal))
        {
            var paths = same.ToList();
            if (!CatalogKey.IsOne(same.Key))
            {
                yield return new(paths[0], $"{what} {same.Key} is not in snake case.");
            }

            if (paths.Count > 1)
            {
                yield return new(paths[1], $"{what} {same.Key} is declared twice.");
            }
        }
    }

    private static IEnumerable<CatalogFault> OfTheFreePlan(PlanCatalog catalog)
    {
        foreach (var (index, plan) in catalog.Plans.Index().Where(plan => plan.Item.Id == Plan.None.Id))
        {
            yield return new($"{PathOf(index)}.id", $"Plan {plan.Id} has the name that stands for no plan.");
        }

        if (catalog.Free is not { } free)
        {
            yield break;
        }

        if (catalog.Plans[0] != free)
        {
            yield return new(
                PathOf(catalog.Plans.Index().First(plan => plan.Item == free).Index),
                $"Plan {free.Id} has no price and so is the free one, which stands first."
            );
        }

        foreach (
            var (index, other) in catalog
                .Plans.Index()
                .Where(plan => plan.Item.Prices.Count == 0 && !plan.Item.IsOffStripe && plan.Item.Id != free.Id)
        )
        {
            yield return new(
                PathOf(index),
                $"Plan {other.Id} has no price and is not sold off Stripe; the free plan is {free.Id}."
            );
        }
    }

    private static IEnumerable<CatalogFault> OfPlan(PlanCatalog catalog, Plan plan, string path)
    {
        if (plan.IsOffStripe && plan.Prices.Count > 0)
        {
            yield return new($"{path}.off_stripe", $"Plan {plan.Id} is sold off Stripe, but has prices.");
        }

        foreach (var feature in plan.Features.Except(catalog.Features))
        {
            yield return new(
                $"{path}.features[{plan.Features.Index().First(one => one.Item == feature).Index}]",
                $"Plan {plan.Id} grants {feature}, which is not a declared feature."
            );
        }

        if (plan.Trial is { } trial && (trial.Days is < 1 or > 730 || plan.Prices.Count == 0))
        {
            yield return new($"{path}.trial", $"Plan {plan.Id} has a trial, which takes 1 to 730 days and a price.");
        }

        foreach (var (meter, limit) in plan.Limits)
        {
            if (!catalog.HasMeter(meter))
            {
                yield return new(
                    $"{path}.limits.{meter}",
                    $"Plan {plan.Id} limits {meter}, which is not a declared meter."
                );
            }

            if (limit < 0)
            {
                yield return new(
                    $"{path}.limits.{meter}",
                    $"Plan {plan.Id} limits {meter} to {limit}, which is below nothing."
                );
            }
        }

        foreach (
            var interval in plan
                .Prices.Index()
                .GroupBy(price => price.Item.Interval)
                .Select(same => same.ToList())
                .Where(same => same.Count > 1)
        )
        {
            var names = string.Join(" and ", interval.Select(price => price.Item.Alias));
            yield return new(
                $"{path}.prices[{interval[1].Index}].interval",
                $"Plan {plan.Id} has several prices for one interval: {names}."
            );
        }
    }

    private static IEnumerable<CatalogFault> OfCurrencies(PlanCatalog catalog)
    {
        foreach (var (path, price) in PricesOf(catalog))
        {
            if (price.Amounts.Any(amount => amount.AmountMinor < 0))
            {
                yield return new($"{path}.unit_amount", $"Price {price.Alias} is negative.");
            }

            var currencies = price.Amounts.Select(amount => amount.Currency).ToList();
            if (currencies.FindIndex(currency => !CurrencyTable.Knows(currency)) is >= 0 and var unknown)
            {
                yield return new(
                    $"{AmountPath(path, unknown)}.currency",
                    $"Price {price.Alias} is in {currencies[unknown]}, which is no currency of Stripe's, in lower case."
                );
            }

            foreach (
                var (index, amount) in price
                    .Amounts.Index()
                    .Where(one => one.Item.AmountMinor % CurrencyTable.Step(one.Item.Currency) != 0)
            )
            {
                var step = amount with { AmountMinor = CurrencyTable.Step(amount.Currency) };
                yield return new(
                    $"{AmountPath(path, index)}.unit_amount",
                    $"Price {price.Alias} is {amount.ToText()}; what Stripe charges is a multiple of {step.ToText()}."
                );
            }

            if (currencies.Distinct().Count() < currencies.Count)
            {
                yield return new($"{path}.also", $"Price {price.Alias} names a currency twice.");
            }

            if (
                price.UnitAmount.Currency != catalog.Currencies[0]
                || !catalog.Currencies.ToHashSet().SetEquals(currencies)
            )
            {
                yield return new(
                    $"{path}.currency",
                    $"Price {price.Alias} is in {string.Join(", ", currencies)}; the first price of the "
                        + $"catalog is in {string.Join(", ", catalog.Currencies)}."
                );
            }
        }
    }

    private static IEnumerable<CatalogFault> OfMeters(PlanCatalog catalog)
    {
        foreach (var group in catalog.Meters.Index().GroupBy(meter => meter.Item.WindowGroup))
        {
            var lengths = group.DistinctBy(meter => meter.Item.Window).ToList();
            if (lengths.Count > 1)
            {
                yield return new(
                    $"meters[{lengths[1].Index}].window",
                    $"The meters of window group {group.Key} have windows of different length."
                );
            }
        }
    }

    private static IEnumerable<(string Path, PlanPrice Price)> PricesOf(PlanCatalog catalog) =>
        from plan in catalog.Plans.Index()
        from price in plan.Item.Prices.Index()
        select ($"{PathOf(plan.Index)}.prices[{price.Index}]", price.Item);

    private static string PathOf(int plan) => $"plans[{plan}]";

    // the first is the price's own, the others stand in "also"
    private static string AmountPath(string price, int index) => index == 0 ? price : $"{price}.also[{index - 1}]";
}
