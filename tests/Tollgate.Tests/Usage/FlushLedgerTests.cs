using Tollgate.Usage;
using static Tollgate.Tests.Usage.SomeMeters;

namespace Tollgate.Tests.Usage;

public sealed class FlushLedgerTests
{
    private readonly FlushLedger ledger = new(Rows(), []);

    [Fact]
    public void Below_the_limit_a_run_is_allowed() =>
        Assert.Equal(ReserveResult.Granted, ledger.Reserve(Reserve("a")).Result);

    [Fact]
    public void Held_units_count_against_the_limit_too()
    {
        var answers = Enumerable.Range(0, 8).Select(i => ledger.Reserve(Reserve($"{i}"))).ToList();

        Assert.Equal(FreeFixes, answers.Count(answer => answer.Result == ReserveResult.Granted));
        Assert.Equal((null, FreeFixes), (answers[^1].Result, answers[^1].Count?.Limit));
    }

    [Fact]
    public void Same_key_twice_counts_once()
    {
        ledger.Reserve(Reserve("a"));
        var running = ledger.Reserve(Reserve("a"));
        ledger.Settle(Commit("a"), 10);
        var counted = ledger.Reserve(Reserve("a"));

        Assert.Equal(ReserveResult.AlreadyReserved, running.Result);
        Assert.Equal(ReserveResult.AlreadyCommitted, counted.Result);
        Assert.Equal(SettleResult.AlreadyCommitted, ledger.Settle(Commit("a"), 10));
        Assert.Equal((1, 0), (counted.Count?.Used, counted.Count?.Reserved));
    }

    [Fact]
    public void Released_unit_comes_back_and_its_key_may_run_again()
    {
        ledger.Reserve(Reserve("a"));

        Assert.Equal(SettleResult.Released, ledger.Settle(Release("a"), 10));
        Assert.Equal(SettleResult.AlreadyReleased, ledger.Settle(Release("a"), 10));
        Assert.Equal((ReserveResult.Granted, 1), Seen(ledger.Reserve(Reserve("a"))));
    }

    [Fact]
    public void Switched_off_billing_counts_and_never_refuses()
    {
        var answers = Enumerable.Range(0, 8).Select(i => ledger.Reserve(Reserve($"{i}", enforce: false))).ToList();

        Assert.All(answers, answer => Assert.Equal(ReserveResult.Granted, answer.Result));
        Assert.Equal(8, answers[^1].Count?.Reserved);
    }

    [Fact]
    public void What_was_used_while_billing_was_off_is_history_once_it_is_on_again()
    {
        foreach (var key in Enumerable.Range(0, 8).Select(i => $"{i}"))
        {
            ledger.Reserve(Reserve(key, enforce: false));
            Assert.Equal(SettleResult.Committed, ledger.Settle(Commit(key), 10));
        }

        ledger.Reserve(Reserve("still runs", enforce: false));
        var later = Start.AddDays(3);
        var answers = Enumerable.Range(0, 6).Select(i => ledger.Reserve(Reserve($"on again {i}", later))).ToList();

        Assert.Equal(FreeFixes, answers.Count(answer => answer.Result == ReserveResult.Granted));
        Assert.Equal((null, FreeFixes, 0), (answers[5].Result, answers[5].Count?.Reserved, answers[5].Count?.Used));
        Assert.Equal(later + Length, answers[5].WindowEndsAt);
        Assert.Equal(SettleResult.Committed, ledger.Settle(Commit("still runs", later), 10));
        Assert.Equal(0, ledger.ChangedRows.Single(row => row.Id.Meter == "fix").Used);
        Assert.All(ledger.ChangedRows, row => Assert.False(row.IsUnenforced));
    }

    [Fact]
    public void Unlimited_meter_is_counted_all_the_same()
    {
        var answers = Enumerable.Range(0, 8).Select(i => ledger.Reserve(Reserve($"{i}", freeLimit: null))).ToList();

        Assert.Equal((ReserveResult.Granted, 8), Seen(answers[^1]));
    }

    [Fact]
    [Trait("fault", "F87")]
    public void Commit_in_the_next_window_counts_in_its_own()
    {
        ledger.Reserve(Reserve("old"));
        ledger.Reserve(Reserve("new", Start + Length));

        Assert.Equal(SettleResult.Committed, ledger.Settle(Commit("old", Start + Length), 10));
        Assert.Equal((ReserveResult.AlreadyReserved, 1), Seen(ledger.Reserve(Reserve("new", Start + Length))));
        Assert.Equal(0, ledger.ChangedRows.Single(row => row.Id.Meter == "fix").Used);
    }

    [Fact]
    [Trait("fault", "F82")]
    public void Commit_after_the_lease_is_counted_and_flagged_late()
    {
        ledger.Reserve(Reserve("slow"));
        var entry = ledger.ChangedEntries.Single();
        var row = ledger.ChangedRows.Single(one => one.Id.Meter == "fix");

        var lapsed = Settlement.Commit(row, entry with { IsLapsed = true }, Start);
        var expired = Settlement.Commit(
            Settlement.GiveBack(row, entry),
            entry with
            {
                State = ReservationState.Expired,
            },
            Start
        );

        Assert.All([lapsed, expired], one => Assert.Equal(SettleResult.CommittedLate, one.Result));
        Assert.All([lapsed, expired], one => Assert.True(one.Entry.IsLate));
        Assert.All([lapsed, expired], one => Assert.Equal((1, 0), (one.Row.Used, one.Row.Reserved)));
    }

    [Fact]
    public void Eleventh_release_of_a_day_counts_even_if_one_key_is_used_again_and_again()
    {
        var results = Enumerable
            .Range(0, 11)
            .Select(_ =>
            {
                ledger.Reserve(Reserve("again"));
                return ledger.Settle(Release("again"), releasesPerDay: 10);
            })
            .ToList();

        Assert.All(results[..10], result => Assert.Equal(SettleResult.Released, result));
        Assert.Equal(SettleResult.ReleaseCounted, results[10]);
        Assert.Equal(ReserveResult.AlreadyCommitted, ledger.Reserve(Reserve("again")).Result);
    }

    [Fact]
    public void Release_gives_back_again_when_a_day_has_passed()
    {
        ledger.Reserve(Reserve("a"));
        ledger.Settle(Release("a"), releasesPerDay: 1);
        ledger.Reserve(Reserve("b"));
        ledger.Reserve(Reserve("c"));

        Assert.Equal(
            SettleResult.ReleaseCounted,
            ledger.Settle(Release("b", Start.AddDays(1).AddTicks(-10)), releasesPerDay: 1)
        );
        Assert.Equal(SettleResult.Released, ledger.Settle(Release("c", Start.AddDays(1)), releasesPerDay: 1));
    }

    [Fact]
    public void Result_of_a_run_that_was_never_reserved_is_refused()
    {
        Assert.Null(ledger.Settle(Commit("unknown"), 10));
        Assert.Empty(ledger.ChangedEntries);
    }

    private static (ReserveResult?, int?) Seen(ReserveAnswer answer) => (answer.Result, answer.Count?.Reserved);
}
