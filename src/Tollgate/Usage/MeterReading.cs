using Tollgate.Catalog;

namespace Tollgate.Usage;

/// <summary>A meter as it stands for one account, for people to see.</summary>
/// <param name="Used">Counted runs of the window; 0 when it has ended.</param>
/// <param name="Reserved">Runs without a result yet.</param>
/// <param name="Limit">What holds now; null is unlimited.</param>
/// <param name="WindowEndsAt">When the counter starts again; null until the first use opens a window.</param>
public sealed record MeterReading(Meter Meter, int Used, int Reserved, int? Limit, DateTimeOffset? WindowEndsAt)
{
    internal static IReadOnlyList<MeterReading> Of(
        AccountId account,
        IReadOnlyCollection<MeterRow> rows,
        PlanCatalog catalog,
        DateTimeOffset now,
        bool isOn
    )
    {
        var stored = rows.ToDictionary(row => row.Id.Meter);
        var current = catalog
            .Meters.GroupBy(meter => meter.WindowGroup)
            .SelectMany(group => WindowGroup.AsOf([.. group.Select(Row)], group.First().Window, now, isOn))
            .ToDictionary(row => row.Id.Meter);
        return [.. catalog.Meters.Select(Reading)];

        MeterRow Row(Meter meter) =>
            stored.GetValueOrDefault(meter.Id) ?? new MeterRow(new MeterKey(account, meter.Id));

        MeterReading Reading(Meter meter)
        {
            var row = current[meter.Id];
            return new(meter, row.Used, row.Reserved, row.LimitAt(now, catalog.FreeLimit(meter)), row.WindowEndsAt);
        }
    }
}
