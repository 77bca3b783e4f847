using Tollgate.Usage;
using static Tollgate.IntegrationTests.Usage.MeterNodes;

namespace Tollgate.IntegrationTests.Usage;

/// <summary>Exactness when many ask at once, on one node and on several.</summary>
public sealed class ConcurrencyTests : IAsyncLifetime
{
    private MeterNodes nodes = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => nodes = await MeterNodes.CreateAsync();

    public ValueTask DisposeAsync() => nodes.DisposeAsync();

    [Theory]
    [Trait("fault", "F80")]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(4)]
    public async Task Hundred_concurrent_runs_on_five_left_are_exactly_five(int nodeCount)
    {
        var all = Enumerable.Range(0, nodeCount).Select(_ => nodes.Add(new MeterOptions { LargestFlush = 1 })).ToList();
        // the rows exist from here on, so that nothing but their locks is between the nodes
        await all[0].ReserveAsync(Acme, "linear_cycle", "opens the window", Token);

        var answers = await Task.WhenAll(
            Enumerable.Range(0, 100).Select(i => all[i % nodeCount].ReserveAsync(Acme, "fix", $"{i}", Token))
        );

        Assert.Equal(5, answers.Count(answer => answer.Value?.Result == ReserveResult.Granted));
        Assert.Equal(95, answers.Count(answer => answer.Refusal is FreeTierLimitReached));
        Assert.Equal(5, (await nodes.RowAsync("fix")).Reserved);
    }

    [Fact]
    [Trait("fault", "F85")]
    public async Task Window_that_ends_while_two_nodes_ask_is_reset_once()
    {
        var (first, second) = (nodes.Add(), nodes.Add());
        await RunAsync(first, "opens");
        var before = await nodes.RowAsync("fix");
        nodes.Clock.Advance(Window);

        var answers = await Task.WhenAll(
            Enumerable.Range(0, 50).Select(i => (i % 2 == 0 ? first : second).ReserveAsync(Acme, "fix", $"{i}", Token))
        );

        var after = await nodes.RowAsync("fix");
        Assert.Equal(5, answers.Count(answer => answer.Refusal is null));
        Assert.Equal((before.WindowNo + 1, Start + 2 * Window), (after.WindowNo, after.WindowEndsAt));
    }

    [Fact]
    public async Task Same_key_on_two_nodes_at_once_holds_one_unit()
    {
        var (first, second) = (nodes.Add(), nodes.Add());

        var answers = await Task.WhenAll(
            Enumerable.Range(0, 20).Select(i => (i % 2 == 0 ? first : second).ReserveAsync(Acme, "fix", "same", Token))
        );

        Assert.Single(answers, answer => answer.Value!.Result == ReserveResult.Granted);
        Assert.Equal(1, (await nodes.RowAsync("fix")).Reserved);
    }

    [Fact]
    public async Task Many_accounts_and_meters_on_two_nodes_neither_deadlock_nor_miscount()
    {
        var (first, second) = (nodes.Add(), nodes.Add());
        string[] names = ["fix", "doc_run", "linear_cycle"];
        var runs = Enumerable
            .Range(0, 600)
            .Select(i => (Account: new AccountId($"t{i * 7 % 40}"), Meter: names[i % 3], i));

        var granted = await Task.WhenAll(
            runs.Select(async run =>
            {
                var node = run.i % 2 == 0 ? first : second;
                var other = run.i % 5 < 2 ? first : second;
                var answer = await node.ReserveAsync(run.Account, run.Meter, $"{run.i}", Token);
                if (answer.Refusal is not null)
                {
                    return 0;
                }

                await (run.i % 4 == 0 ? other.ReleaseAsync : (Settle)other.CommitAsync)(
                    run.Account,
                    run.Meter,
                    $"{run.i}",
                    Token
                );
                return 1;
            })
        );

        Assert.True(granted.Sum() >= 40 * (5 + 1 + 5) / 2);
        Assert.Empty(await nodes.FaultsAsync());
        Assert.Equal(0L, await OverTheLimitAsync());
    }

    [Fact]
    public async Task One_bad_call_of_a_flush_fails_alone()
    {
        var meters = nodes.Add();
        var loneSurrogate = $"{(char)0xd800}";
        var good = Enumerable.Range(0, 5).Select(i => meters.ReserveAsync(Acme, "fix", $"{i}", Token)).ToList();
        var bad = meters.ReserveAsync(Acme, "fix", loneSurrogate, Token);

        await Assert.ThrowsAnyAsync<ArgumentException>(() => bad);
        Assert.All(await Task.WhenAll(good), answer => Assert.Equal(ReserveResult.Granted, answer.Value!.Result));
    }

    private delegate Task<SettleResult> Settle(AccountId account, string meter, string key, CancellationToken token);

    private static async Task RunAsync(UsageMeters meters, string key)
    {
        await meters.ReserveAsync(Acme, "fix", key, Token);
        await meters.CommitAsync(Acme, "fix", key, Token);
    }

    private async Task<object?> OverTheLimitAsync()
    {
        await using var command = nodes.Database.CreateCommand(
            """
            SELECT count(*) FROM billing.meters
            WHERE used + reserved > CASE meter WHEN 'doc_run' THEN 1 ELSE 5 END
            """
        );
        return await command.ExecuteScalarAsync(Token);
    }
}
