using System.Globalization;
using Tollgate.Catalog;
using Tollgate.Outbox;

namespace Tollgate.Usage;

/// <summary>Which marks of its limit a meter has passed, from one reading of its row to the next.</summary>
internal static class UsageMarks
{
    public static IEnumerable<UsageReached> Between(
        MeterRow before,
        MeterRow after,
        PlanCatalog catalog,
        IReadOnlyList<int> percents,
        DateTimeOffset now
    )
    {
        var limit = after.LimitAt(now, catalog.FreeLimit(catalog.Meter(after.Id.Meter)));
        // what is used while billing is off meets no limit
        if (limit is not > 0 || after.IsUnenforced || after.WindowEndsAt is not { } end)
        {
            yield break;
        }

        foreach (var percent in percents)
        {
            // the first whole unit that is at or over the mark
            var mark = (limit.Value * (long)percent + 99) / 100;
            if (before.Used < mark && mark <= after.Used)
            {
                yield return new UsageReached(
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"{after.Id.Meter}:{end.ToUnixTimeSeconds()}:{limit}:{percent}"
                    ),
                    after.Id.Meter,
                    percent,
                    after.Used,
                    limit.Value,
                    end,
                    now
                );
            }
        }
    }
}
