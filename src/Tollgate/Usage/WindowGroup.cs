using Tollgate.Catalog;

namespace Tollgate.Usage;

/// <summary>
/// The rows of one account whose meters share a window, brought to one moment. Nothing of it is stored by a read; a
/// reservation stores it under the rows' locks.
/// </summary>
internal static class WindowGroup
{
    /// <summary>
    /// What holds at <paramref name="now"/>: an ended window has been reset on its grid; an exemption that has ended
    /// leaves a fresh window, which opens with the next use (decision U2), and so does billing that was off.
    /// </summary>
    /// <param name="enforce">Billing is on.</param>
    public static MeterRow[] AsOf(
        IReadOnlyCollection<MeterRow> rows,
        WindowLength length,
        DateTimeOffset now,
        bool enforce = true
    )
    {
        var aligned = Align(rows);
        if (enforce && aligned.Any(row => row.IsUnenforced))
        {
            aligned = Array.ConvertAll(aligned, row => Next(row, endsAt: null));
        }

        var first = aligned[0];
        if (first.PlanUntil <= now)
        {
            return Array.ConvertAll(aligned, row => Fresh(row, endsAt: null));
        }

        return first.WindowEndsAt is { } end && MeterWindow.HasEnded(end, now)
            ? Array.ConvertAll(aligned, row => Next(row, MeterWindow.EndAt(end, length, now)))
            : aligned;
    }

    /// <summary>The same, with a window that was never opened opened now.</summary>
    public static MeterRow[] OpenAt(
        IReadOnlyCollection<MeterRow> rows,
        WindowLength length,
        DateTimeOffset now,
        bool enforce = true
    )
    {
        var current = AsOf(rows, length, now, enforce);
        return current[0].WindowEndsAt is null
            ? Array.ConvertAll(current, row => Next(row, MeterWindow.EndAt(endsAt: null, length, now)))
            : current;
    }

    /// <summary>
    /// A fall to free: what was used while paid is history, and a fresh window begins. A window that no run ever opened
    /// stays unopened.
    /// </summary>
    public static MeterRow[] FallToFree(IReadOnlyCollection<MeterRow> rows, WindowLength length, DateTimeOffset now)
    {
        var aligned = Align(rows);
        if (aligned[0].PlanUntil is null)
        {
            return aligned;
        }

        DateTimeOffset? end = aligned[0].WindowEndsAt is null ? null : MeterWindow.EndAt(endsAt: null, length, now);
        return Array.ConvertAll(aligned, row => Fresh(row, end));
    }

    /// <summary>What a plan grants until then. The window and what was used in it stay as they are.</summary>
    public static MeterRow[] Grant(
        IReadOnlyCollection<MeterRow> rows,
        IReadOnlyDictionary<string, int>? limits,
        DateTimeOffset until
    ) =>
        Array.ConvertAll(
            Align(rows),
            row =>
                row with
                {
                    PlanLimit = limits is not null && limits.TryGetValue(row.Id.Meter, out var limit) ? limit : null,
                    PlanUntil = until,
                }
        );

    /// <summary>
    /// A meter that joins the catalog later gets a new row: it takes the window of the others, and is unlimited for as
    /// long as they are paid for, until the plan's own limit is written.
    /// </summary>
    private static MeterRow[] Align(IReadOnlyCollection<MeterRow> rows)
    {
        var number = rows.Max(row => row.WindowNo);
        var end = rows.Max(row => row.WindowEndsAt);
        var planUntil = rows.Max(row => row.PlanUntil);
        return
        [
            .. rows.Select(row => row.WindowNo == number ? row : row with { WindowNo = number, Used = 0, Reserved = 0 })
                .Select(row => row with { WindowEndsAt = end, PlanUntil = planUntil }),
        ];
    }

    private static MeterRow Next(MeterRow row, DateTimeOffset? endsAt) =>
        row with
        {
            WindowEndsAt = endsAt,
            WindowNo = row.WindowNo + 1,
            Used = 0,
            Reserved = 0,
            IsUnenforced = false,
        };

    private static MeterRow Fresh(MeterRow row, DateTimeOffset? endsAt) =>
        Next(row, endsAt) with
        {
            PlanLimit = null,
            PlanUntil = null,
        };
}
