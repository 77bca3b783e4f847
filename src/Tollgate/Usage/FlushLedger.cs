using Tollgate.Catalog;

namespace Tollgate.Usage;

/// <summary>
/// What one flush knows under its locks: the rows and reservations as read, and how its calls change them, one after
/// the other in their order of arrival. No I/O: the flush reads it full and then writes what changed.
/// </summary>
internal sealed class FlushLedger
{
    private readonly Dictionary<MeterKey, MeterRow> rows;
    private readonly Dictionary<MeterKey, MeterRow> rowsBefore;
    private readonly Dictionary<ReservationKey, LedgerEntry> entries;
    private readonly HashSet<MeterKey> changedRows = [];
    private readonly HashSet<ReservationKey> changedEntries = [];

    public FlushLedger(IEnumerable<MeterRow> rows, IEnumerable<LedgerEntry> entries)
    {
        this.rows = rows.ToDictionary(row => row.Id);
        rowsBefore = new(this.rows);
        this.entries = entries.ToDictionary(entry => entry.Id);
    }

    public IEnumerable<MeterRow> ChangedRows => changedRows.Select(id => rows[id]);

    /// <summary>The same, each with what it was when it was read.</summary>
    public IEnumerable<(MeterRow Before, MeterRow After)> Changes =>
        changedRows.Select(id => (rowsBefore[id], rows[id]));

    public IEnumerable<LedgerEntry> ChangedEntries => changedEntries.Select(id => entries[id]);

    /// <summary>Takes back the units of reservations that the flush has just marked as expired.</summary>
    public void Expire(IEnumerable<LedgerEntry> expired)
    {
        foreach (var entry in expired)
        {
            Put(Settlement.GiveBack(rows[entry.Id.Meter], entry with { State = ReservationState.Reserved }));
        }
    }

    public ReserveAnswer Reserve(ReserveCall call)
    {
        Open(call);
        var row = rows[call.Meter];
        var limit = row.LimitAt(call.Now, call.FreeLimit);
        var result = entries.GetValueOrDefault(call.Id)?.State switch
        {
            ReservationState.Reserved => ReserveResult.AlreadyReserved,
            ReservationState.Committed => ReserveResult.AlreadyCommitted,
            _ when call.Enforce && row.Used + row.Reserved >= limit => (ReserveResult?)null,
            _ => ReserveResult.Granted,
        };
        if (result == ReserveResult.Granted)
        {
            row = row with { Reserved = row.Reserved + 1 };
            Put(row);
            Put(
                new LedgerEntry(call.Id, ReservationState.Reserved, row.WindowNo)
                {
                    WindowEndsAt = row.WindowEndsAt!.Value,
                }
            );
        }

        return new ReserveAnswer(result, row.WindowEndsAt!.Value, new MeterCount(row.Used, row.Reserved, limit));
    }

    /// <summary>Null when there is no such reservation.</summary>
    public SettleResult? Settle(SettleCall call, int releasesPerDay)
    {
        if (!entries.TryGetValue(call.Id, out var entry))
        {
            return null;
        }

        var row = rows[entry.Id.Meter];
        var settlement = call.Succeeded
            ? Settlement.Commit(row, entry, call.Now)
            : Settlement.Release(row, entry, call.Now, releasesPerDay);
        Put(settlement.Row);
        Put(settlement.Entry);
        return settlement.Result;
    }

    private void Open(ReserveCall call)
    {
        var group = call.GroupMeters.Select(meter => rows[new MeterKey(call.Meter.Account, meter)]).ToArray();
        foreach (var row in WindowGroup.OpenAt(group, call.WindowLength, call.Now, call.Enforce))
        {
            Put(call.Enforce ? row : row with { IsUnenforced = true });
        }
    }

    private void Put(MeterRow row)
    {
        if (rows[row.Id] != row)
        {
            rows[row.Id] = row;
            changedRows.Add(row.Id);
        }
    }

    private void Put(LedgerEntry entry)
    {
        if (entries.GetValueOrDefault(entry.Id) != entry)
        {
            entries[entry.Id] = entry;
            changedEntries.Add(entry.Id);
        }
    }
}

/// <summary>One call for a unit, with what the catalog says of its meter.</summary>
/// <param name="GroupMeters">All meters that share the window, this one included.</param>
/// <param name="FreeLimit">Null is unlimited.</param>
/// <param name="Enforce">False: counted, never refused.</param>
internal sealed record ReserveCall(
    MeterKey Meter,
    string Key,
    string WindowGroup,
    IReadOnlyList<string> GroupMeters,
    WindowLength WindowLength,
    int? FreeLimit,
    bool Enforce,
    DateTimeOffset Now
)
{
    public ReservationKey Id => new(Meter, Key);
}

/// <param name="Result">Null when refused.</param>
/// <param name="Count">What decided it; null where a unit was granted by <see cref="FastReserve"/>.</param>
internal sealed record ReserveAnswer(ReserveResult? Result, DateTimeOffset WindowEndsAt, MeterCount? Count);

/// <summary>A meter's counters after a call.</summary>
/// <param name="Limit">What held for it; null is unlimited.</param>
internal sealed record MeterCount(int Used, int Reserved, int? Limit);

/// <summary>The result of one run.</summary>
internal sealed record SettleCall(ReservationKey Id, bool Succeeded, DateTimeOffset Now);
