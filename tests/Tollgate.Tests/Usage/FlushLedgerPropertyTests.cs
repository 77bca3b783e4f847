using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using Tollgate.Usage;
using static Tollgate.Tests.Usage.SomeMeters;

namespace Tollgate.Tests.Usage;

/// <summary>
/// Any order of calls, against the simplest model: a list of who holds and who has used a unit of this window.
/// </summary>
public sealed class FlushLedgerPropertyTests
{
    [Property(MaxTest = 1000, EndSize = 300, Arbitrary = [typeof(Steps)])]
    [Trait("invariant", "I14")]
    public void Counters_are_the_sum_of_the_ledger_and_admissions_keep_the_limit(Step[] steps) => Play(steps);

    public static class Steps
    {
        public static Arbitrary<Step> OneStep() => Any().ToArbitrary();

        private static Gen<Step> Any() =>
            from action in Gen.Choose(0, 9)
            from key in Gen.Choose(0, 12)
            from hours in Gen.Frequency((8, Gen.Choose(0, 5)), (1, Gen.Choose(24, 2400)))
            from isOff in Gen.Frequency((9, Gen.Constant(false)), (1, Gen.Constant(true)))
            select new Step(action, $"{key}", TimeSpan.FromHours(hours), isOff);
    }

    private static void Play(IReadOnlyList<Step> steps)
    {
        var rows = Rows();
        var entries = new Dictionary<string, LedgerEntry>();
        var now = Start;
        foreach (var step in steps)
        {
            now += step.Pause;
            var ledger = new FlushLedger(rows, entries.Values);
            var before = entries.GetValueOrDefault(step.Key)?.State;
            switch (step.Action)
            {
                case < 5:
                    var answer = ledger.Reserve(Reserve(step.Key, now, enforce: !step.IsOff));
                    CheckAdmission(before, answer, step.IsOff);
                    break;
                case < 7:
                    Assert.Equal(before is null, ledger.Settle(Commit(step.Key, now), 3) is null);
                    break;
                case < 9:
                    ledger.Settle(Release(step.Key, now), 3);
                    break;
                default:
                    Expire(ledger, entries, step.Key);
                    break;
            }

            foreach (var entry in ledger.ChangedEntries)
            {
                entries[entry.Id.Key] = entry;
            }

            rows = [.. rows.Select(row => ledger.ChangedRows.FirstOrDefault(changed => changed.Id == row.Id) ?? row)];
            CheckSums(rows, entries.Values);
        }
    }

    private static void Expire(FlushLedger ledger, Dictionary<string, LedgerEntry> entries, string key)
    {
        if (entries.TryGetValue(key, out var entry) && entry.State == ReservationState.Reserved)
        {
            entries[key] = entry with { State = ReservationState.Expired };
            ledger.Expire([entries[key]]);
        }
    }

    private static void CheckAdmission(ReservationState? before, ReserveAnswer answer, bool isOff)
    {
        if (before is ReservationState.Reserved or ReservationState.Committed)
        {
            Assert.NotEqual(ReserveResult.Granted, answer.Result);
        }
        else if (isOff)
        {
            Assert.Equal(ReserveResult.Granted, answer.Result);
        }
        else
        {
            var taken = answer.Count!.Used + answer.Count.Reserved;
            Assert.True(answer.Result is null ? taken >= FreeFixes : taken <= FreeFixes);
        }
    }

    private static void CheckSums(MeterRow[] rows, IEnumerable<LedgerEntry> entries)
    {
        var row = rows.Single(one => one.Id.Meter == "fix");
        var counted = entries.Where(entry => entry.WindowNo == row.WindowNo).ToList();
        Assert.Equal(counted.Count(entry => entry.State == ReservationState.Committed), row.Used);
        Assert.Equal(counted.Count(entry => entry.State == ReservationState.Reserved), row.Reserved);
        Assert.Single(rows.Select(one => (one.WindowNo, one.WindowEndsAt)).Distinct());
    }

    public sealed record Step(int Action, string Key, TimeSpan Pause, bool IsOff);
}
