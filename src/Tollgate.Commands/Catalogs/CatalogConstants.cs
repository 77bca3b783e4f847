using Tollgate.Catalog;

namespace Tollgate.Commands.Catalogs;

/// <summary>The ids of a catalog that code names, in the order of the catalog. Pure.</summary>
internal sealed record CatalogConstants(string Product, IReadOnlyList<ConstantGroup> Groups)
{
    public static CatalogConstants Of(PlanCatalog catalog) =>
        new(
            catalog.Product,
            [
                new(
                    "plans",
                    "PlanId",
                    "The id of a plan",
                    [.. catalog.Plans.Select(plan => new Constant(plan.Id, plan.Name))]
                ),
                new(
                    "prices",
                    "PriceAlias",
                    "Our name of a price",
                    [
                        .. from plan in catalog.Plans
                        from price in plan.Prices
                        let period = price.Interval == BillingInterval.Year ? "year" : "month"
                        select new Constant(price.Alias, $"{plan.Name} by the {period}"),
                    ]
                ),
                new(
                    "features",
                    "FeatureId",
                    "The id of a feature",
                    [.. catalog.Features.Select(id => new Constant(id, Words(id)))]
                ),
                new(
                    "meters",
                    "MeterId",
                    "The id of a meter",
                    [.. catalog.Meters.Select(meter => new Constant(meter.Id, meter.Name))]
                ),
            ]
        );

    // a feature has no name for people
    private static string Words(string id) => char.ToUpperInvariant(id[0]) + id[1..].Replace('_', ' ');
}

/// <summary>Ids of one kind.</summary>
/// <param name="Several">What all of them are called.</param>
/// <param name="Type">What one of them is called.</param>
/// <param name="Says">What one of them is.</param>
internal sealed record ConstantGroup(string Several, string Type, string Says, IReadOnlyList<Constant> All);

/// <summary>An id, with what people read.</summary>
internal sealed record Constant(string Id, string Name)
{
    /// <summary>
    /// <c>team_monthly</c> is <c>TeamMonthly</c>. An underscore before a digit stays, so that no two ids are alike.
    /// </summary>
    public string Pascal =>
        string.Concat(
            Id.Split('_')
                .Index()
                .Select(part =>
                    part.Index > 0 && char.IsAsciiDigit(part.Item[0])
                        ? "_" + part.Item
                        : char.ToUpperInvariant(part.Item[0]) + part.Item[1..]
                )
        );

    /// <summary><c>team_monthly</c> is <c>teamMonthly</c>.</summary>
    public string Camel => char.ToLowerInvariant(Pascal[0]) + Pascal[1..];

    /// <summary>What people read, in one line.</summary>
    public string Line => string.Join(' ', Name.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
}
