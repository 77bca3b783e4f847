using System.Collections.Concurrent;
using System.Net;
using Npgsql;
using Tollgate.Testing;

namespace Tollgate.IntegrationTests.Reconciliation;

/// <summary>The database's primary is lost, and its standby takes over.</summary>
public sealed class FailOverTests
{
    private const int Events = 200;
    private const int BeforeTheKill = 50;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    [Trait("fault", "F12")]
    public async Task A_promoted_standby_has_all_that_was_acknowledged_and_the_product_goes_on()
    {
        await using var pair = await ReplicatedPostgres.StartAsync(Token);
        await pair.MakeDatabaseAsync("hydra", Token);
        await using var proxy = CuttableProxy.To(pair.PrimaryPort);
        await using var hydra = await HydraHost.StartOnAsync(
            proxy.Through(pair.ConnectionString("hydra")),
            "--Tollgate:WhenUnrecordable=Retry"
        );
        using var owner = await hydra.SignInAsync();
        await hydra.BuyAsync(owner);
        await hydra.TierBecomesAsync("team");

        var acknowledged = new ConcurrentQueue<string>();
        var enough = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var delivering = Parallel.ForEachAsync(
            Enumerable.Range(1, Events),
            new ParallelOptions { MaxDegreeOfParallelism = 8, CancellationToken = Token },
            async (number, _) =>
            {
                var id = $"evt_over_{number}";
                using var answer = await hydra.DeliverAsync(SampleEvents.Event(id));
                if (answer.StatusCode == HttpStatusCode.OK)
                {
                    acknowledged.Enqueue(id);
                }

                if (acknowledged.Count >= BeforeTheKill)
                {
                    enough.TrySetResult();
                }
            }
        );
        await enough.Task;
        await pair.FailOverAsync(Token);
        await proxy.CutAsync();
        proxy.Repoint(pair.StandbyPort);
        proxy.Repair();
        await delivering;

        await Eventually.Async(() => IsBackAsync(hydra), ct: Token, what: "the promoted standby to answer");
        var kept = await hydra.QueryAsync<string[]>(
            "SELECT array_agg(event_id) FROM billing.inbox_receipts WHERE event_id LIKE 'evt_over_%'"
        );
        Assert.Empty(acknowledged.Except(kept!));
        Assert.Equal("team", await hydra.TenantAsync<string>("plan_tier"));
        using var globex = await hydra.SignInAsync("owner@globex.test");
        await hydra.BuyAsync(globex, "business_monthly");
        await hydra.TierBecomesAsync("business", "globex");
    }

    private static async Task<bool> IsBackAsync(HydraHost hydra)
    {
        try
        {
            return await hydra.QueryAsync<bool>("SELECT NOT pg_is_in_recovery()");
        }
        catch (NpgsqlException)
        {
            return false; // a pooled connection of before the kill
        }
    }
}
