using Tollgate.Usage;
using static Tollgate.IntegrationTests.Usage.MeterNodes;

namespace Tollgate.IntegrationTests.Usage;

/// <summary>Hydra's scenarios of free-tier meters, on PostgreSQL.</summary>
public sealed class RunTests : IAsyncLifetime
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
    public async Task First_run_opens_thirty_days_from_now_for_all_three_meters()
    {
        await RunAsync("a");

        var readings = await meters.ReadAsync(Acme, Token);
        Assert.Equal(["fix", "doc_run", "linear_cycle"], readings.Select(reading => reading.Meter.Id));
        Assert.Equal([(1, 5), (0, 1), (0, 5)], readings.Select(reading => (reading.Used, reading.Limit!.Value)));
        Assert.All(readings, reading => Assert.Equal(Start + Window, reading.WindowEndsAt));
        Assert.All(await nodes.RowsAsync(), row => Assert.Equal(Start + Window, row.WindowEndsAt));
    }

    [Fact]
    public async Task Reading_writes_nothing_and_shows_no_window_before_the_first_run()
    {
        var readings = await meters.ReadAsync(Acme, Token);

        Assert.All(readings, reading => Assert.Equal((0, null), (reading.Used, reading.WindowEndsAt)));
        Assert.Empty(await nodes.RowsAsync());
    }

    [Fact]
    public async Task At_the_limit_a_run_is_refused_with_all_that_a_prompt_needs()
    {
        await RunAsync("a", "b", "c", "d", "e");

        var refused = await meters.ReserveAsync(Acme, "fix", "f", Token);

        var refusal = Assert.IsType<FreeTierLimitReached>(refused.Refusal);
        Assert.Equal(("free_tier_limit_reached", 402), (refusal.Code, refusal.HttpStatus));
        Assert.Equal(
            [
                new("meter", "fix"),
                new("used", 5),
                new("limit", 5),
                new("reset_at", Start + Window),
                new("upgrade_url", "http://localhost:8000/billing/upgrade"),
            ],
            refusal.Members
        );
        Assert.Equal(5, (await nodes.RowAsync("fix")).Used);
    }

    [Fact]
    public async Task At_the_limit_a_reset_window_allows_again_and_moves_from_its_previous_end()
    {
        await RunAsync("a", "b", "c", "d", "e");
        nodes.Clock.Advance(Window + TimeSpan.FromDays(7));

        Assert.Equal((0, Start + 2 * Window), await SeenAsync());
        await RunAsync("f");

        Assert.Equal((1, Start + 2 * Window), await SeenAsync());
        Assert.All(await nodes.RowsAsync(), row => Assert.Equal(Start + 2 * Window, row.WindowEndsAt));
    }

    [Fact]
    [Trait("fault", "F86")]
    public async Task Tenant_idle_for_95_days_gets_one_reset_to_a_future_window_on_the_old_grid()
    {
        await RunAsync("a", "b", "c");
        var before = await nodes.RowAsync("fix");
        nodes.Clock.Advance(TimeSpan.FromDays(95));

        await RunAsync("d");
        await RunAsync("e");

        var after = await nodes.RowAsync("fix");
        Assert.Equal((2, Start + 4 * Window), (after.Used, after.WindowEndsAt));
        Assert.Equal(before.WindowNo + 1, after.WindowNo);
    }

    [Fact]
    [Trait("fault", "F84")]
    public async Task Same_run_reported_twice_counts_once()
    {
        await RunAsync("a");

        var again = await meters.ReserveAsync(Acme, "fix", "a", Token);
        var settled = await meters.CommitAsync(Acme, "fix", "a", Token);

        Assert.Equal(ReserveResult.AlreadyCommitted, again.Value!.Result);
        Assert.Equal(SettleResult.AlreadyCommitted, settled);
        Assert.Equal(1, (await nodes.RowAsync("fix")).Used);
    }

    [Fact]
    [Trait("fault", "F87")]
    public async Task Commit_in_the_next_window_counts_in_its_own()
    {
        await meters.ReserveAsync(Acme, "fix", "over the end", Token);
        nodes.Clock.Advance(Window);
        await RunAsync("first of the next");

        Assert.Equal(SettleResult.Committed, await meters.CommitAsync(Acme, "fix", "over the end", Token));

        var row = await nodes.RowAsync("fix");
        Assert.Equal((1, 0), (row.Used, row.Reserved));
        Assert.Empty(await nodes.FaultsAsync());
    }

    [Fact]
    [Trait("decision", "U5")]
    public async Task Eleventh_failed_run_of_a_day_counts()
    {
        for (var i = 0; i < 10; i++)
        {
            Assert.Equal(SettleResult.Released, await FailAsync($"{i}"));
        }

        Assert.Equal(SettleResult.ReleaseCounted, await FailAsync("eleventh"));
        Assert.Equal((1, 0), await CountersAsync());

        nodes.Clock.Advance(TimeSpan.FromDays(1));
        Assert.Equal(SettleResult.Released, await FailAsync("next day"));
        Assert.Equal((1, 0), await CountersAsync());
    }

    [Fact]
    public async Task Switched_off_billing_counts_and_never_refuses()
    {
        nodes.Options.BillingEnabled = false;
        await RunAsync("a", "b", "c", "d", "e", "f", "g");
        Assert.Equal((7, 0), await CountersAsync());

        // what ran meanwhile is history and no debt: the limit begins anew
        nodes.Options.BillingEnabled = true;
        await RunAsync("h", "i", "j", "k", "l");
        Assert.NotNull((await meters.ReserveAsync(Acme, "fix", "m", Token)).Refusal);
    }

    [Fact]
    public async Task Result_of_a_run_that_was_never_reserved_is_refused_aloud()
    {
        await Assert.ThrowsAsync<RunNotReservedException>(() => meters.CommitAsync(Acme, "fix", "unknown", Token));
        await Assert.ThrowsAsync<RunNotReservedException>(() => meters.ReleaseAsync(Acme, "fix", "unknown", Token));
    }

    [Theory]
    [InlineData("")]
    [InlineData("line\nbreak")]
    [InlineData("nul\0")]
    public async Task Key_of_another_form_is_refused(string key) =>
        await Assert.ThrowsAsync<ArgumentException>(() => meters.ReserveAsync(Acme, "fix", key, Token));

    [Fact]
    public async Task Key_may_have_200_characters_and_no_more()
    {
        await RunAsync(new string('ä', 200));

        await Assert.ThrowsAsync<ArgumentException>(() =>
            meters.ReserveAsync(Acme, "fix", new string('a', 201), Token)
        );
    }

    private async Task RunAsync(params string[] keys)
    {
        foreach (var key in keys)
        {
            Assert.Equal(ReserveResult.Granted, (await meters.ReserveAsync(Acme, "fix", key, Token)).Value?.Result);
            Assert.Equal(SettleResult.Committed, await meters.CommitAsync(Acme, "fix", key, Token));
        }
    }

    private async Task<SettleResult> FailAsync(string key)
    {
        await meters.ReserveAsync(Acme, "fix", key, Token);
        return await meters.ReleaseAsync(Acme, "fix", key, Token);
    }

    private async Task<(int Used, DateTimeOffset? End)> SeenAsync()
    {
        var fix = (await meters.ReadAsync(Acme, Token))[0];
        return (fix.Used, fix.WindowEndsAt);
    }

    private async Task<(int Used, int Reserved)> CountersAsync()
    {
        var row = await nodes.RowAsync("fix");
        return (row.Used, row.Reserved);
    }
}
