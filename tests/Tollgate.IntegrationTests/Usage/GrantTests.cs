using Tollgate.Usage;
using static Tollgate.IntegrationTests.Usage.MeterNodes;

namespace Tollgate.IntegrationTests.Usage;

/// <summary>What the plan grants of the meters, from the upgrade to the fall to free.</summary>
public sealed class GrantTests : IAsyncLifetime
{
    private MeterNodes nodes = null!;
    private UsageMeters meters = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        nodes = await MeterNodes.CreateAsync();
        meters = nodes.Add();
    }

    public ValueTask DisposeAsync() => nodes.DisposeAsync();

    [Fact]
    [Trait("fault", "F88")]
    public async Task Upgrade_lifts_a_reached_limit_at_once_and_usage_goes_on_being_counted()
    {
        await RunAsync("free", 5);
        Assert.False(await MayRunAsync("blocked"));

        await nodes.GrantAsync(DateTimeOffset.MaxValue);
        await RunAsync("paid", 20);

        var fix = (await meters.ReadAsync(Acme, Token))[0];
        Assert.Equal((25, null, Start + Window), (fix.Used, fix.Limit, fix.WindowEndsAt));
        Assert.Equal(DateTimeOffset.MaxValue, (await nodes.RowAsync("fix")).PlanUntil);
    }

    [Fact]
    [Trait("fault", "F88")]
    public async Task Fall_to_free_with_much_usage_starts_a_fresh_window_now()
    {
        await nodes.GrantAsync(DateTimeOffset.MaxValue);
        await RunAsync("paid", 20);
        nodes.Clock.Advance(TimeSpan.FromDays(10));

        await nodes.GrantAsync(until: null);
        nodes.Clock.Advance(TimeSpan.FromDays(1));
        await nodes.GrantAsync(until: null);

        var fix = (await meters.ReadAsync(Acme, Token))[0];
        Assert.Equal((0, 5, Start.AddDays(40)), (fix.Used, fix.Limit!.Value, fix.WindowEndsAt));
        await RunAsync("free", 5);
        Assert.False(await MayRunAsync("sixth"));
    }

    [Fact]
    public async Task Time_alone_ends_an_exemption_and_the_next_run_opens_a_fresh_window()
    {
        await nodes.GrantAsync(Start.AddDays(10));
        await RunAsync("paid", 20);
        nodes.Clock.Advance(TimeSpan.FromDays(10));

        var seen = (await meters.ReadAsync(Acme, Token))[0];
        await RunAsync("free", 5);

        Assert.Equal((0, 5, null), (seen.Used, seen.Limit!.Value, seen.WindowEndsAt));
        Assert.False(await MayRunAsync("sixth"));
        Assert.All(
            await nodes.RowsAsync(),
            row => Assert.Equal((Start.AddDays(40), null), (row.WindowEndsAt, row.PlanUntil))
        );
    }

    [Fact]
    public async Task Fall_to_free_that_is_written_after_the_fresh_window_opened_changes_nothing()
    {
        await nodes.GrantAsync(Start.AddDays(10));
        await RunAsync("paid", 1);
        nodes.Clock.Advance(TimeSpan.FromDays(10));
        await RunAsync("free", 3);
        var before = await nodes.RowsAsync();

        await nodes.GrantAsync(until: Start.AddDays(10));

        Assert.Equal(before.Select(ValuesOf), (await nodes.RowsAsync()).Select(ValuesOf));
    }

    [Fact]
    [Trait("fault", "F87")]
    public async Task Run_reserved_while_paid_and_reported_after_the_fall_counts_in_its_own_window()
    {
        await nodes.GrantAsync(DateTimeOffset.MaxValue);
        await meters.ReserveAsync(Acme, "fix", "long", Token);
        await nodes.GrantAsync(until: null); // at the same instant: the fresh window ends with the old one

        Assert.Equal(SettleResult.Committed, await meters.CommitAsync(Acme, "fix", "long", Token));

        var row = await nodes.RowAsync("fix");
        Assert.Equal((0, 0), (row.Used, row.Reserved));
        Assert.Empty(await nodes.FaultsAsync());
    }

    [Fact]
    public async Task Paid_plan_with_a_limit_of_its_own_holds_to_it()
    {
        await nodes.GrantAsync(DateTimeOffset.MaxValue, new Dictionary<string, int> { ["fix"] = 7 });

        await RunAsync("paid", 7);

        Assert.False(await MayRunAsync("eighth"));
        var readings = await meters.ReadAsync(Acme, Token);
        Assert.Equal([7, null, null], readings.Select(reading => reading.Limit));
    }

    [Fact]
    public async Task Fall_to_free_of_an_account_that_never_ran_anything_opens_no_window()
    {
        await nodes.GrantAsync(DateTimeOffset.MaxValue);
        await nodes.GrantAsync(until: null);

        Assert.Equal(3, (await nodes.RowsAsync()).Count);
        Assert.All(await nodes.RowsAsync(), row => Assert.Null(row.WindowEndsAt));
    }

    [Fact]
    public async Task Grant_and_runs_at_once_do_not_wait_for_each_other_in_a_circle()
    {
        var other = nodes.Add();
        var runs = Enumerable
            .Range(0, 60)
            .Select(i => (i % 2 == 0 ? meters : other).ReserveAsync(Acme, "linear_cycle", $"{i}", Token));
        var grants = Enumerable.Range(0, 5).Select(_ => nodes.GrantAsync(DateTimeOffset.MaxValue));

        await Task.WhenAll(runs.Concat<Task>(grants));

        Assert.Empty(await nodes.FaultsAsync());
    }

    private static (string, int, DateTimeOffset?, int) ValuesOf(MeterRow row) =>
        (row.Id.Meter, row.Used, row.WindowEndsAt, row.WindowNo);

    private async Task RunAsync(string name, int times)
    {
        for (var i = 0; i < times; i++)
        {
            Assert.True(await MayRunAsync($"{name} {i}"));
            await meters.CommitAsync(Acme, "fix", $"{name} {i}", Token);
        }
    }

    private async Task<bool> MayRunAsync(string key) =>
        (await meters.ReserveAsync(Acme, "fix", key, Token)).Refusal is null;
}
