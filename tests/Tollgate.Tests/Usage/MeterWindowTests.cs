using System.Globalization;
using FsCheck;
using FsCheck.Xunit;
using Tollgate.Catalog;
using Tollgate.Usage;

namespace Tollgate.Tests.Usage;

public sealed class MeterWindowTests
{
    private static readonly TimeSpan Length = TimeSpan.FromDays(30);
    private static readonly DateTimeOffset Start = new(2026, 1, 10, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void First_use_opens_a_window_of_thirty_days() =>
        Assert.Equal(Start + Length, MeterWindow.EndAt(endsAt: null, Length, Start));

    [Fact]
    public void Window_stays_until_its_end_and_that_instant_is_the_next_ones()
    {
        var end = Start + Length;
        Assert.Equal(end, MeterWindow.EndAt(end, Length, end.AddTicks(-1)));
        Assert.Equal(end + Length, MeterWindow.EndAt(end, Length, end));
    }

    [Fact]
    public void Window_moves_from_its_previous_end_not_from_now() =>
        Assert.Equal(Start + 2 * Length, MeterWindow.EndAt(Start + Length, Length, Start.AddDays(37)));

    [Theory]
    [Trait("fault", "F86")]
    [InlineData(90, 120)]
    [InlineData(95, 120)]
    [InlineData(119, 120)]
    [InlineData(120, 150)]
    [InlineData(3650, 3660)]
    public void Idle_tenant_comes_back_to_a_future_window_on_the_old_grid(int idleDays, int endsOnDay) =>
        Assert.Equal(Start.AddDays(endsOnDay), MeterWindow.EndAt(Start + Length, Length, Start.AddDays(idleDays)));

    [Theory]
    [Trait("decision", "U4")]
    [InlineData("2026-11-21T10:00:00Z", "2026-12-01T00:00:00Z")]
    [InlineData("2026-12-31T23:59:59Z", "2027-01-01T00:00:00Z")]
    [InlineData("2028-02-29T12:00:00Z", "2028-03-01T00:00:00Z")]
    [InlineData("2026-12-01T00:30:00+01:00", "2026-12-01T00:00:00Z")]
    public void A_month_of_the_calendar_ends_with_the_month_in_UTC(string now, string end)
    {
        var at = DateTimeOffset.Parse(now, CultureInfo.InvariantCulture);
        var ends = DateTimeOffset.Parse(end, CultureInfo.InvariantCulture);
        Assert.Equal(ends, MeterWindow.EndAt(endsAt: null, WindowLength.CalendarMonth, at));
        Assert.Equal(ends, MeterWindow.EndAt(at.AddDays(-400), WindowLength.CalendarMonth, at));
        Assert.Equal(ends, MeterWindow.EndAt(ends, WindowLength.CalendarMonth, at));
        Assert.Equal(ends.AddMonths(1), MeterWindow.EndAt(ends, WindowLength.CalendarMonth, ends));
    }

    [Fact]
    [Trait("fault", "F86")]
    public void Leap_day_and_summer_time_do_not_bend_the_grid()
    {
        var berlinWinter = new DateTimeOffset(2028, 2, 15, 23, 30, 0, TimeSpan.FromHours(1));
        var berlinSummer = new DateTimeOffset(2028, 4, 20, 1, 0, 0, TimeSpan.FromHours(2));
        var end = MeterWindow.EndAt(MeterWindow.EndAt(endsAt: null, Length, berlinWinter), Length, berlinSummer);
        Assert.Equal(berlinWinter.AddDays(90), end);
    }

    [Property(MaxTest = 500)]
    [Trait("invariant", "I15")]
    public void End_is_on_the_grid_in_the_future_and_never_moves_back(
        NonNegativeInt opened,
        int[] steps,
        PositiveInt minutes
    )
    {
        var length = TimeSpan.FromMinutes(minutes.Get);
        var first = Start.AddSeconds(opened.Get);
        var now = first;
        var end = MeterWindow.EndAt(endsAt: null, length, now);
        foreach (var step in steps)
        {
            now += TimeSpan.FromSeconds(step); // steps back too: clocks of two nodes differ
            var next = MeterWindow.EndAt(end, length, now);
            Assert.True(next >= end && next > now);
            Assert.Equal(0, (next - first).Ticks % length.Ticks);
            Assert.True(next == end || next - length <= now, "not one window too far");
            end = next;
        }
    }
}
