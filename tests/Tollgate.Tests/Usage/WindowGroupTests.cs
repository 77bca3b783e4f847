using Tollgate.Usage;
using static Tollgate.Tests.Usage.SomeMeters;

namespace Tollgate.Tests.Usage;

public sealed class WindowGroupTests
{
    [Fact]
    public void First_use_of_any_meter_opens_the_window_of_all()
    {
        var opened = WindowGroup.OpenAt(Rows(), Length, Start);

        Assert.All(opened, row => Assert.Equal(Start + Length, row.WindowEndsAt));
    }

    [Fact]
    public void Reading_opens_nothing() =>
        Assert.All(WindowGroup.AsOf(Rows(), Length, Start), row => Assert.Null(row.WindowEndsAt));

    [Fact]
    public void Ended_window_is_reset_for_all_meters_and_only_once()
    {
        var used = Array.ConvertAll(
            WindowGroup.OpenAt(Rows(), Length, Start),
            row => row with { Used = 3, Reserved = 1 }
        );

        var once = WindowGroup.OpenAt(used, Length, Start.AddDays(95));
        var twice = WindowGroup.OpenAt(once, Length, Start.AddDays(95));

        Assert.All(once, row => Assert.Equal((0, 0, Start.AddDays(120)), (row.Used, row.Reserved, row.WindowEndsAt)));
        Assert.Equal(once, twice);
    }

    [Fact]
    public void Ended_exemption_leaves_a_fresh_window_that_opens_with_the_next_use()
    {
        var paid = Grant(Start.AddDays(40), used: 200);

        var seen = WindowGroup.AsOf(paid, Length, Start.AddDays(40));
        var opened = WindowGroup.OpenAt(paid, Length, Start.AddDays(50));

        Assert.All(
            seen,
            row => Assert.Equal((0, null, null), (row.Used, row.WindowEndsAt, row.LimitAt(Start.AddDays(40), null)))
        );
        Assert.All(opened, row => Assert.Equal((0, Start.AddDays(80)), (row.Used, row.WindowEndsAt)));
    }

    [Fact]
    public void Exemption_holds_until_its_end_and_its_windows_roll_on()
    {
        var paid = Grant(DateTimeOffset.MaxValue, used: 200);

        var later = WindowGroup.OpenAt(paid, Length, Start.AddDays(31));

        Assert.All(later, row => Assert.Equal(Start.AddDays(60), row.WindowEndsAt));
        Assert.All(later, row => Assert.Null(row.LimitAt(Start.AddDays(31), freeLimit: 5)));
    }

    [Fact]
    public void Fall_to_free_starts_a_fresh_window_now_and_a_second_word_of_it_changes_nothing()
    {
        var fallen = WindowGroup.FallToFree(Grant(DateTimeOffset.MaxValue, used: 200), Length, Start.AddDays(10));

        Assert.All(fallen, row => Assert.Equal((0, Start.AddDays(40)), (row.Used, row.WindowEndsAt)));
        Assert.Equal(fallen, WindowGroup.FallToFree(fallen, Length, Start.AddDays(11)));
    }

    [Fact]
    public void Fall_to_free_of_an_account_without_any_run_leaves_its_window_unopened()
    {
        var paid = WindowGroup.Grant(Rows(), limits: null, DateTimeOffset.MaxValue);

        Assert.All(WindowGroup.FallToFree(paid, Length, Start), row => Assert.Null(row.WindowEndsAt));
    }

    [Fact]
    public void Fresh_window_that_ends_with_the_old_one_is_another_window()
    {
        var opened = Grant(DateTimeOffset.MaxValue, used: 1);

        var fallen = WindowGroup.FallToFree(opened, Length, Start);

        Assert.Equal(opened[0].WindowEndsAt, fallen[0].WindowEndsAt);
        Assert.NotEqual(opened[0].WindowNo, fallen[0].WindowNo);
    }

    [Fact]
    public void Meter_that_joins_the_catalog_later_takes_the_window_and_the_exemption_of_the_others()
    {
        var paid = WindowGroup.Grant(
            WindowGroup.OpenAt([Row("fix")], Length, Start),
            new Dictionary<string, int> { ["fix"] = 50 },
            DateTimeOffset.MaxValue
        );

        var joined = WindowGroup.AsOf([.. paid, Row("doc_run")], Length, Start.AddDays(2));

        Assert.All(joined, row => Assert.Equal(Start.AddDays(30), row.WindowEndsAt));
        Assert.Equal([50, null], joined.Select(row => row.LimitAt(Start.AddDays(2), freeLimit: 1)));
    }

    private static MeterRow[] Grant(DateTimeOffset until, int used) =>
        WindowGroup.Grant(
            Array.ConvertAll(WindowGroup.OpenAt(Rows(), Length, Start), row => row with { Used = used }),
            limits: null,
            until
        );
}
