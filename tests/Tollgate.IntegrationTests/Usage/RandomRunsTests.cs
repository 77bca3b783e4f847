using Tollgate.Usage;
using static Tollgate.IntegrationTests.Usage.MeterNodes;

namespace Tollgate.IntegrationTests.Usage;

/// <summary>Any mixture of calls on two nodes; after each round the counters are the sum of the ledger.</summary>
public sealed class RandomRunsTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [Trait("invariant", "I14")]
    [InlineData(1)]
    [InlineData(20261121)]
    public async Task Counters_stay_the_sum_of_their_ledger(int seed)
    {
        await using var nodes = await MeterNodes.CreateAsync();
        var options = new MeterOptions { LeaseLength = TimeSpan.FromMilliseconds(20), ReleasesPerDay = 3 };
        UsageMeters[] both = [nodes.Add(options), nodes.Add(options)];
        var random = new Random(seed);
        for (var round = 0; round < 30; round++)
        {
            nodes.Clock.Advance(TimeSpan.FromHours(random.Next(4) == 0 ? random.Next(24 * 45) : 1));
            if (random.Next(5) == 0)
            {
                await nodes.GrantAsync(
                    random.Next(2) == 0 ? null : nodes.Clock.GetUtcNow().AddDays(random.Next(1, 40))
                );
            }

            await Task.WhenAll(
                Enumerable
                    .Range(0, 20)
                    .Select(_ => CallAsync(both[random.Next(2)], random.Next(4), $"{random.Next(15)}"))
                    .ToList()
            );

            Assert.Empty(await nodes.FaultsAsync());
            var rows = await nodes.RowsAsync();
            Assert.Single(rows.Select(row => (row.WindowNo, row.WindowEndsAt)).Distinct());
        }
    }

    private static async Task CallAsync(UsageMeters meters, int action, string key)
    {
        if (action < 2)
        {
            await meters.ReserveAsync(Acme, "fix", key, Token);
            return;
        }

        try
        {
            await (
                action == 2 ? meters.CommitAsync(Acme, "fix", key, Token) : meters.ReleaseAsync(Acme, "fix", key, Token)
            );
        }
        catch (InvalidOperationException)
        {
            // this key was not reserved yet, which throws
        }
    }
}
