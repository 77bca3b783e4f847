using Tollgate.Outbox;
using Tollgate.Usage;
using static Tollgate.Tests.Usage.SomeMeters;

namespace Tollgate.Tests.Usage;

/// <summary>Of which marks of its limit an account is notified.</summary>
public sealed class UsageMarksTests
{
    private static readonly int[] Percents = [80, 100];

    [Theory]
    [InlineData(0, 3, "")]
    [InlineData(3, 4, "80")]
    [InlineData(4, 5, "100")]
    [InlineData(0, 5, "80 100")]
    [InlineData(5, 6, "")]
    [InlineData(4, 4, "")]
    public void A_mark_is_queued_by_the_run_that_passes_it(int before, int after, string queued) =>
        Assert.Equal(queued, string.Join(' ', Between(Used(before), Used(after)).Select(mark => mark.Percent)));

    [Fact]
    public void A_mark_between_two_units_is_passed_by_the_second()
    {
        var marks = UsageMarks.Between(Used(2), Used(3), SomeMeters.Catalog, [50], Start);
        Assert.Equal(3, Assert.Single(marks).Used);
    }

    [Fact]
    public void Where_nothing_is_limited_nothing_is_queued() =>
        Assert.Empty(
            Between(
                Used(0) with
                {
                    PlanUntil = DateTimeOffset.MaxValue,
                },
                Used(5) with
                {
                    PlanUntil = DateTimeOffset.MaxValue,
                }
            )
        );

    [Fact]
    public void While_billing_is_off_nothing_is_queued() =>
        Assert.Empty(Between(Used(0) with { IsUnenforced = true }, Used(5) with { IsUnenforced = true }));

    [Fact]
    public void The_next_window_is_another_occurrence()
    {
        var first = Between(Used(3), Used(4)).Single();
        var next = Between(Used(3), Used(4) with { WindowEndsAt = Start + 2 * Length });
        Assert.NotEqual(first.Occurrence, next.Single().Occurrence);
        Assert.Equal(first.Occurrence, Between(Used(0), Used(4)).Single().Occurrence);
    }

    private static MeterRow Used(int used) => Row() with { Used = used, WindowEndsAt = Start + Length };

    private static IEnumerable<UsageReached> Between(MeterRow before, MeterRow after) =>
        UsageMarks.Between(before, after, SomeMeters.Catalog, Percents, Start);
}
