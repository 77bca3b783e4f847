using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using Tollgate.Settings;
using Tollgate.Storage;
using Tollgate.Telemetry;
using Tollgate.Usage;
using static Tollgate.IntegrationTests.Usage.MeterNodes;

namespace Tollgate.IntegrationTests.Usage;

/// <summary>The hourly reset: it writes down what time alone has decided, however often and wherever it runs.</summary>
public sealed class ResetTests : IAsyncLifetime
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
    public async Task A_window_that_has_ended_is_zeroed_and_moves_from_its_previous_end()
    {
        await RunAsync(Acme, 5);
        nodes.Clock.Advance(Window + TimeSpan.FromHours(3));

        Assert.Equal(1, await ResetAsync());

        Assert.All(
            await nodes.RowsAsync(),
            row => Assert.Equal((0, 0, Start + 2 * Window), (row.Used, row.Reserved, row.WindowEndsAt))
        );
    }

    [Fact]
    public async Task A_window_that_still_runs_or_never_opened_stays_as_it_is()
    {
        await RunAsync(Acme, 3);
        await nodes
            .Database.CreateCommand(
                "INSERT INTO billing.meters (account_id, meter, window_group) VALUES ('globex', 'fix', 'free_tier')"
            )
            .RunAsync(Token);
        nodes.Clock.Advance(Window - TimeSpan.FromSeconds(1));

        Assert.Equal(0, await ResetAsync());

        var fix = await nodes.RowAsync("fix");
        Assert.Equal((3, Start + Window), (fix.Used, fix.WindowEndsAt));
    }

    [Fact]
    [Trait("decision", "U2")]
    public async Task What_was_used_while_billing_was_off_is_history_for_readers_runs_and_the_job_alike()
    {
        await RunAsync(Acme, 2);
        nodes.Options.BillingEnabled = false;
        await RunAsync(Acme, 8, "off");
        Assert.Equal(10, (await meters.ReadAsync(Acme, Token))[0].Used);
        nodes.Clock.Advance(TimeSpan.FromDays(2));

        nodes.Options.BillingEnabled = true;
        var read = (await meters.ReadAsync(Acme, Token))[0];
        Assert.Equal((0, null), (read.Used, read.WindowEndsAt));
        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(ResetAsync, Token)));
        var stored = await nodes.RowAsync("fix");
        Assert.Equal((0, null, false), (stored.Used, stored.WindowEndsAt, stored.IsUnenforced));

        await RunAsync(Acme, 5, "on");
        var sixth = await meters.ReserveAsync(Acme, "fix", "sixth", Token);
        var reached = Assert.IsType<FreeTierLimitReached>(sixth.Refusal);
        Assert.Equal((5, Start.AddDays(2) + Window), (reached.Use.Used, reached.Use.ResetAt));
        Assert.Empty(await nodes.FaultsAsync());
        Assert.Equal(15, (await meters.ReadDaysAsync(Acme, Start, Start.AddDays(9), Token)).Sum(day => day.Count));
    }

    [Fact]
    [Trait("fault", "F85")]
    public async Task Twice_and_on_two_nodes_at_once_is_one_reset()
    {
        var accounts = Enumerable.Range(0, 30).Select(i => new AccountId($"tenant-{i}")).ToList();
        foreach (var account in accounts)
        {
            await RunAsync(account, 2);
        }

        nodes.Clock.Advance(Window);

        var atOnce = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(ResetAsync, Token)));
        Assert.Equal((30, 0), (atOnce.Sum(), await ResetAsync()));

        Assert.Equal([$"0 {Start + 2 * Window:u} 2"], await WindowsAsync());
    }

    [Fact]
    [Trait("fault", "F85")]
    public async Task While_runs_reset_by_themselves_there_is_still_one_reset()
    {
        var accounts = Enumerable.Range(0, 20).Select(i => new AccountId($"tenant-{i}")).ToList();
        foreach (var account in accounts)
        {
            await RunAsync(account, 5);
        }

        nodes.Clock.Advance(Window + TimeSpan.FromDays(1));
        var other = nodes.Add();

        await Task.WhenAll(
            accounts
                .Select(account => other.ReserveAsync(account, "fix", "after", Token))
                .Append<Task>(ResetAsync())
                .Append(ResetAsync())
        );
        foreach (var account in accounts)
        {
            await other.CommitAsync(account, "fix", "after", Token);
        }

        await ResetAsync();
        Assert.Equal([$"0 {Start + 2 * Window:u} 2", $"1 {Start + 2 * Window:u} 2"], await WindowsAsync());
        Assert.Empty(await nodes.FaultsAsync());
    }

    [Theory]
    [Trait("fault", "F86")]
    [InlineData(0, 60)]
    [InlineData(29.999, 60)]
    [InlineData(30, 90)]
    [InlineData(65, 120)] // idle for 95 days
    [InlineData(60, 120)] // and for exactly 90
    [InlineData(90, 150)] // the job was down for three windows
    [InlineData(705, 750)] // over 29 February 2028
    public async Task Idle_days_bring_one_reset_on_the_old_grid(double daysAfterEnd, int endDay)
    {
        await RunAsync(Acme, 5);
        nodes.Clock.Advance(Window + TimeSpan.FromDays(daysAfterEnd));

        Assert.Equal((1, 0), (await ResetAsync(), await ResetAsync()));

        var fix = await nodes.RowAsync("fix");
        Assert.Equal((0, Start.AddDays(endDay), 2), (fix.Used, fix.WindowEndsAt, fix.WindowNo));
        Assert.Equal(MeterWindow.EndAt(Start + Window, Window, nodes.Clock.GetUtcNow()), fix.WindowEndsAt);
    }

    [Fact]
    [Trait("fault", "F86")]
    public async Task A_session_in_a_zone_with_summer_time_computes_the_same_end()
    {
        await RunAsync(Acme, 5);
        nodes.Clock.Advance(Window + TimeSpan.FromTicks(10));
        var settings = new NpgsqlConnectionStringBuilder(nodes.ConnectionString) { Timezone = "Europe/Berlin" };
        await using var inBerlin = NpgsqlDataSource.Create(settings.ConnectionString);

        // its window runs over 29 March 2026, a day of 23 hours in Berlin
        var reset = await inBerlin.ResetEndedAsync("free_tier", Window, nodes.Clock.GetUtcNow(), 10, Token);

        Assert.Equal((1, Start + 2 * Window), (reset, (await nodes.RowAsync("fix")).WindowEndsAt));
    }

    [Fact]
    [Trait("decision", "U2")]
    public async Task What_a_paying_account_uses_is_left_alone()
    {
        await nodes.GrantAsync(DateTimeOffset.MaxValue);
        await RunAsync(Acme, 12);
        nodes.Clock.Advance(2 * Window);

        Assert.Equal(0, await ResetAsync());
        Assert.Equal(12, (await nodes.RowAsync("fix")).Used);
    }

    [Fact]
    public async Task A_run_that_spans_the_reset_counts_in_the_window_it_was_reserved_in()
    {
        await meters.ReserveAsync(Acme, "fix", "long", Token);
        nodes.Clock.Advance(Window);
        await ResetAsync();

        await meters.CommitAsync(Acme, "fix", "long", Token);

        var fix = await nodes.RowAsync("fix");
        Assert.Equal((0, 0), (fix.Used, fix.Reserved));
        Assert.Empty(await nodes.FaultsAsync());
    }

    [Fact]
    public async Task Runs_are_reported_by_day_and_forgotten_after_400_days()
    {
        await RunAsync(Acme, 2);
        nodes.Clock.Advance(TimeSpan.FromDays(1));
        await RunAsync(Acme, 1, "next-day");
        await meters.ReserveAsync(Acme, "doc_run", "failed", Token);
        await meters.ReleaseAsync(Acme, "doc_run", "failed", Token);
        await meters.ReserveAsync(Acme, "doc_run", "no-result", Token);
        var day = DateOnly.FromDateTime(Start.UtcDateTime);
        Assert.Equal([new(day, "fix", 2), new(day.AddDays(1), "fix", 1)], await DaysAsync());

        nodes.Clock.Advance(TimeSpan.FromDays(399.5));
        await ResetAsync();
        Assert.Equal([new MeterDay(day.AddDays(1), "fix", 1)], await DaysAsync());

        nodes.Clock.Advance(TimeSpan.FromDays(1));
        await ResetAsync();
        Assert.Empty(await DaysAsync());
        Assert.Equal(
            ["no-result"],
            await nodes
                .Database.CreateCommand("SELECT key FROM billing.reservations")
                .ReadAsync(row => row.GetString(0), Token)
        );
    }

    private Task<IReadOnlyList<MeterDay>> DaysAsync() =>
        meters.ReadDaysAsync(Acme, Start.AddDays(-1), Start.AddDays(1000), Token);

    private Task<int> ResetAsync() =>
        new ResetWindows(
            nodes.Database,
            MeterNodes.Catalog,
            new MeterOptions(),
            new BillingSwitch(nodes.Options),
            new BillingClock(nodes.Clock),
            new WorkerHeartbeats(TimeProvider.System),
            NullLogger<ResetWindows>.Instance
        ).RunAsync(Token);

    private async Task RunAsync(AccountId account, int count, string prefix = "run")
    {
        for (var i = 0; i < count; i++)
        {
            Assert.Null((await meters.ReserveAsync(account, "fix", $"{prefix}-{i}", Token)).Refusal);
            await meters.CommitAsync(account, "fix", $"{prefix}-{i}", Token);
        }
    }

    /// <summary>The different rows there are: used, end and number of the window.</summary>
    private Task<List<string>> WindowsAsync() =>
        nodes
            .Database.CreateCommand("SELECT DISTINCT used, window_ends_at, window_no FROM billing.meters ORDER BY used")
            .ReadAsync(row => $"{row.GetInt32(0)} {row.Time(1):u} {row.GetInt32(2)}", Token);
}
