using System.Globalization;

namespace Tollgate.Catalog;

/// <summary>What a plan includes, for a catalog that does not write its own highlights.</summary>
internal static class PlanHighlights
{
    /// <summary>
    /// The plan's own, or else one line for each meter that a plan of the catalog limits, and for each feature:
    /// <c>500 exports a month</c>, <c>Unlimited exports</c>, <c>Audit logs</c>.
    /// </summary>
    public static IReadOnlyList<string> Of(PlanCatalog catalog, Plan plan) =>
        plan.Highlights is not []
            ? plan.Highlights
            :
            [
                .. catalog
                    .Meters.Where(meter => catalog.Plans.Any(any => any.Limits.ContainsKey(meter.Id)))
                    .Select(meter => LineOf(meter, plan)),
                .. plan.Features.Select(NameOf),
            ];

    private static string LineOf(Meter meter, Plan plan) =>
        plan.Limits.TryGetValue(meter.Id, out var limit)
            ? string.Create(CultureInfo.InvariantCulture, $"{limit:N0} {Counted(meter, limit)}{PeriodOf(meter)}")
            : $"Unlimited {meter.Noun.Many}";

    private static string Counted(Meter meter, int limit) => limit == 1 ? meter.Noun.One : meter.Noun.Many;

    private static string PeriodOf(Meter meter) =>
        meter.Window.Rolling switch
        {
            null => " a month",
            { TotalDays: 1 } => " a day",
            { TotalDays: >= 1 } rolling => $" in {rolling.Days} days",
            _ => "",
        };

    private static string NameOf(string feature)
    {
        var words = feature.Replace('_', ' ');
        return char.ToUpperInvariant(words[0]) + words[1..];
    }
}
