using Tollgate.Storage;
using Tollgate.Usage;
using static Tollgate.IntegrationTests.Usage.MeterNodes;

namespace Tollgate.IntegrationTests.Usage;

/// <summary>
/// One statement decides what changes nothing but counters, exactly as the transaction would; all else is left to it.
/// </summary>
public sealed class FastPathTests : IAsyncLifetime
{
    private const string Left = "left";

    private MeterNodes nodes = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        nodes = await MeterNodes.CreateAsync();
        await nodes.Add().ReserveAsync(Acme, "fix", "opens", Token);
    }

    public ValueTask DisposeAsync() => nodes.DisposeAsync();

    [Fact]
    public async Task Units_are_granted_up_to_the_limit_and_the_key_that_comes_twice_takes_one()
    {
        var answers = await ReserveAsync("a", "a", "b", "c", "d", "e");

        // "opens" holds one of five
        Assert.Equal(["Granted", Left, "Granted", "Granted", "Granted", Left], answers);
        Assert.Equal(5, (await nodes.RowAsync("fix")).Reserved);
        Assert.Empty(await nodes.FaultsAsync());
    }

    [Theory]
    [InlineData("opens", "the key is known")]
    [InlineData("new", "the window has ended", "window_ends_at = '2026-03-01 09:00+00'")]
    [InlineData("new", "the window was never opened", "window_ends_at = NULL")]
    [InlineData("new", "what was paid for has ended", "plan_until = '2026-03-01 09:00+00'")]
    [InlineData("new", "runs were allowed while billing was off", "unenforced = true")]
    [InlineData("new", "the meter stands in another group of the catalog", "window_group = 'other'")]
    [InlineData("new", "nothing is left", "used = 4")]
    [InlineData("new", "the plan allows less", "plan_limit = 1, plan_until = 'infinity'")]
    public async Task A_call_that_changes_more_is_left_and_changes_nothing(
        string key,
        string because,
        string? set = null
    )
    {
        if (set is not null)
        {
            await ExecuteAsync($"UPDATE billing.meters SET {set} WHERE meter = 'fix'");
        }

        var before = await nodes.RowAsync("fix");
        Assert.True(await ReserveAsync(key) is [Left], because);
        Assert.Equivalent(before, await nodes.RowAsync("fix"));
    }

    [Fact]
    public async Task A_lease_that_has_run_out_is_left_to_be_given_back_first()
    {
        await LapseAsync("opens");

        Assert.Equal([Left], await ReserveAsync("new"));
        Assert.Equal([Left], await CommitAsync("opens"));
    }

    [Fact]
    public async Task A_call_that_is_not_enforced_is_left() =>
        Assert.Equal([Left], await ReserveAsync([Call("new") with { Enforce = false }]));

    [Fact]
    public async Task What_a_paid_plan_allows_is_granted()
    {
        await nodes.GrantAsync(Start.AddDays(30), new Dictionary<string, int> { ["fix"] = 7 });

        var answers = await ReserveAsync([.. Enumerable.Range(0, 8).Select(i => $"{i}")]);

        Assert.Equal(6, answers.Count(answer => answer == "Granted"));
        Assert.Equal(7, (await nodes.RowAsync("fix")).Reserved);
    }

    [Fact]
    public async Task Runs_are_counted_once_and_only_those_that_hold_a_unit()
    {
        await ReserveAsync("a", "b");

        Assert.Equal(["Committed", Left, Left], await CommitAsync("a", "a", "never reserved"));
        Assert.Equal([Left], await CommitAsync("a"));
        var row = await nodes.RowAsync("fix");
        Assert.Equal((1, 2), (row.Used, row.Reserved));
        Assert.Empty(await nodes.FaultsAsync());
    }

    [Fact]
    public async Task A_run_of_an_earlier_window_is_left()
    {
        await ExecuteAsync("UPDATE billing.meters SET window_no = window_no + 1, reserved = 0");

        Assert.Equal([Left], await CommitAsync("opens"));
        Assert.Equal(0, (await nodes.RowAsync("fix")).Used);
    }

    [Theory]
    [InlineData(0, "Committed", "Committed", Left)] // the third of five is the first at 60 percent
    [InlineData(3, "Committed", Left)]
    public async Task A_run_that_passes_a_mark_of_the_limit_is_left_to_be_notified(int used, params string[] answers)
    {
        await ExecuteAsync($"UPDATE billing.meters SET used = {used} WHERE meter = 'fix'");
        await ExecuteAsync("UPDATE billing.meters SET plan_limit = 5, plan_until = 'infinity'");
        foreach (var (place, answer) in answers.Index())
        {
            await ExecuteAsync($"UPDATE billing.meters SET reserved = reserved + 1 WHERE meter = 'fix'");
            await ExecuteAsync(
                $"""
                INSERT INTO billing.reservations
                SELECT account_id, meter, '{place}', 'reserved', window_no, window_ends_at, 'infinity'
                FROM billing.meters WHERE meter = 'fix'
                """
            );
            Assert.Equal([answer], await CommitAsync([$"{place}"], percents: [60, 100]));
        }
    }

    [Fact]
    [Trait("fault", "F80")]
    public async Task Many_callers_on_several_nodes_get_every_unit_and_none_twice()
    {
        const int accounts = 20;
        const int limit = 25;
        var all = Enumerable.Range(0, 4).Select(_ => nodes.Add()).ToList();
        await ExecuteAsync(
            $"""
            INSERT INTO billing.meters (account_id, meter, window_group, window_ends_at, plan_limit, plan_until)
            SELECT 't' || i, meter, 'free_tier', '2026-03-20', {limit}, 'infinity'
            FROM generate_series(0, {accounts - 1}) i, unnest(ARRAY['fix', 'doc_run', 'linear_cycle']) meter
            """
        );

        var results = await Task.WhenAll(
            Enumerable
                .Range(0, 2 * accounts * limit)
                .Select(async i =>
                {
                    var account = new AccountId($"t{i % accounts}");
                    var reserved = await all[i % 4].ReserveAsync(account, "fix", $"{i}", Token);
                    return reserved.Refusal is null
                        ? await all[i % 3].CommitAsync(account, "fix", $"{i}", Token)
                        : default(SettleResult?);
                })
        );

        Assert.Equal(accounts * limit, results.Count(result => result == SettleResult.Committed));
        Assert.Equal(accounts * limit, results.Count(result => result is null));
        Assert.Equal(
            [limit],
            await nodes
                .Database.CreateCommand(
                    "SELECT DISTINCT used FROM billing.meters WHERE account_id <> 'acme' AND meter = 'fix'"
                )
                .ReadAsync(row => row.GetInt32(0), Token)
        );
        Assert.Empty(await nodes.FaultsAsync());
    }

    private static ReserveCall Call(string key) =>
        new(
            new(Acme, "fix"),
            key,
            "free_tier",
            ["fix", "doc_run", "linear_cycle"],
            Window,
            FreeLimit: 5,
            Enforce: true,
            Start.AddMinutes(1)
        );

    private Task<string[]> ReserveAsync(params string[] keys) => ReserveAsync([.. keys.Select(Call)]);

    private async Task<string[]> ReserveAsync(ReserveCall[] calls)
    {
        await using var connection = new KeptConnection(nodes.Database);
        var fast = new FastReserve(
            connection,
            new MeterOptions(),
            _ => Task.FromResult(new ReserveAnswer(Result: null, Start, Count: null))
        );
        var answers = await Task.WhenAll(await fast.RunAsync(calls, Token));
        return [.. answers.Select(answer => answer.Result?.ToString() ?? Left)];
    }

    private Task<string[]> CommitAsync(params string[] keys) => CommitAsync(keys, percents: []);

    private async Task<string[]> CommitAsync(string[] keys, int[] percents)
    {
        await using var connection = new KeptConnection(nodes.Database);
        var fast = new FastCommit(
            connection,
            MeterNodes.Catalog,
            new MeterOptions { NotifyAtPercent = percents },
            _ => Task.FromResult<SettleResult?>(null)
        );
        var calls = keys.Select(key => new SettleCall(
            new(new(Acme, "fix"), key),
            Succeeded: true,
            Start.AddMinutes(1)
        ));
        var answers = await Task.WhenAll(await fast.RunAsync([.. calls], Token));
        return [.. answers.Select(answer => answer?.ToString() ?? Left)];
    }

    private Task LapseAsync(string key) =>
        ExecuteAsync($"UPDATE billing.reservations SET leased_until = '2026-01-01' WHERE key = '{key}'");

    private Task ExecuteAsync(string sql) => nodes.Database.CreateCommand(sql).RunAsync(Token);
}
