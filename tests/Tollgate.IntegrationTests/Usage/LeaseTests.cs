using Tollgate.Testing;
using Tollgate.Usage;
using static Tollgate.IntegrationTests.Usage.MeterNodes;

namespace Tollgate.IntegrationTests.Usage;

/// <summary>
/// Runs that never report, or report too late. Leases run on machine time, which no clock of a test moves.
/// </summary>
public sealed class LeaseTests : IAsyncLifetime
{
    private static readonly MeterOptions Short = new() { LeaseLength = TimeSpan.FromMilliseconds(50) };
    private MeterNodes nodes = null!;
    private UsageMeters meters = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        nodes = await MeterNodes.CreateAsync();
        meters = nodes.Add(Short);
    }

    public ValueTask DisposeAsync() => nodes.DisposeAsync();

    [Fact]
    [Trait("fault", "F81")]
    public async Task Unit_of_a_run_that_crashed_comes_back_after_its_lease()
    {
        await ReserveAsync("crashed");

        await ExpireAsync();

        Assert.Equal((0, 0), await CountersAsync());
        Assert.Equal("expired", await StateAsync("crashed"));
        Assert.Equal(ReserveResult.Granted, await ReserveAsync("crashed"));
    }

    [Fact]
    [Trait("fault", "F81")]
    public async Task Unit_does_not_come_back_before_the_end_of_the_lease()
    {
        var patient = nodes.Add();
        for (var i = 0; i < 5; i++)
        {
            await patient.ReserveAsync(Acme, "fix", $"running {i}", Token);
        }

        Assert.NotNull((await meters.ReserveAsync(Acme, "fix", "sixth", Token)).Refusal);
        Assert.Equal((0, 5), await CountersAsync());
    }

    [Fact]
    [Trait("fault", "F82")]
    public async Task Commit_after_the_unit_was_given_back_is_counted_and_flagged_late()
    {
        await ReserveAsync("slow");
        await ExpireAsync();

        Assert.Equal(SettleResult.CommittedLate, await meters.CommitAsync(Acme, "fix", "slow", Token));
        Assert.Equal(SettleResult.AlreadyCommitted, await meters.CommitAsync(Acme, "fix", "slow", Token));

        Assert.Equal((1, 0), await CountersAsync());
        Assert.True(await IsLateAsync("slow"));
    }

    [Fact]
    [Trait("fault", "F82")]
    public async Task Late_commit_beyond_the_limit_admits_nobody_else()
    {
        await ReserveAsync("slow");
        await ExpireAsync();
        var patient = nodes.Add();
        for (var i = 0; i < 5; i++)
        {
            Assert.Null((await patient.ReserveAsync(Acme, "fix", $"{i}", Token)).Refusal);
        }

        await meters.CommitAsync(Acme, "fix", "slow", Token);

        Assert.Equal((1, 5), await CountersAsync());
        Assert.NotNull((await meters.ReserveAsync(Acme, "fix", "another", Token)).Refusal);
    }

    [Fact]
    [Trait("fault", "F83")]
    public async Task Commits_and_the_end_of_their_leases_at_once_change_each_unit_once()
    {
        nodes.Options.BillingEnabled = false; // more runs than the free plan has
        var other = nodes.Add(Short);
        var keys = Enumerable.Range(0, 100).Select(i => $"{i}").ToList();
        await Task.WhenAll(keys.Select(key => meters.ReserveAsync(Acme, "fix", key, Token)));

        // every reservation of "other" takes back what has lapsed, while the commits of the same keys arrive
        await Task.WhenAll(
            keys.Select(key => (Task)meters.CommitAsync(Acme, "fix", key, Token))
                .Concat(keys.Select(key => other.ReserveAsync(Acme, "fix", $"other {key}", Token)))
        );

        Assert.Equal(100, (await nodes.RowAsync("fix")).Used);
        Assert.Empty(await nodes.FaultsAsync());
    }

    /// <summary>Any reservation of the meter's group gives back what has lapsed.</summary>
    private async Task ExpireAsync() =>
        await Eventually.Async(
            async () =>
            {
                await meters.ReserveAsync(Acme, "doc_run", "looks", Token);
                return (await nodes.RowAsync("fix")).Reserved == 0;
            },
            ct: Token
        );

    private async Task<ReserveResult?> ReserveAsync(string key) =>
        (await meters.ReserveAsync(Acme, "fix", key, Token)).Value?.Result;

    private async Task<(int Used, int Reserved)> CountersAsync()
    {
        var row = await nodes.RowAsync("fix");
        return (row.Used, row.Reserved);
    }

    private async Task<string?> StateAsync(string key) => await ReadAsync<string>("state", key);

    private async Task<bool> IsLateAsync(string key) => await ReadAsync<bool>("late", key);

    private async Task<T?> ReadAsync<T>(string column, string key)
    {
        await using var command = nodes.Database.CreateCommand(
            $"SELECT {column} FROM billing.reservations WHERE meter = 'fix' AND key = $1"
        );
        command.Parameters.Add(new() { Value = key });
        return (T?)await command.ExecuteScalarAsync(Token);
    }
}
