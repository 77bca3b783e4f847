using Npgsql;
using Tollgate.Deadlines;
using Tollgate.Simulation.World;

namespace Tollgate.Simulation.Checks;

/// <summary>
/// After the storm: Stripe delivers what it still would, the nodes do their rounds, and then the product must say what
/// Stripe says.
/// </summary>
internal sealed class Calm(SimulatedWorld world, NpgsqlDataSource database)
{
    private const int MostRounds = 20;

    /// <summary>Longer than a lease, and than a failed event waits at the most.</summary>
    private static readonly TimeSpan Round = TimeSpan.FromMinutes(6);

    /// <summary>
    /// L08: whoever pays has access five minutes after coming back to the success page, without any delivery.
    /// </summary>
    public async Task ReturnAsync()
    {
        var truth = await StripeTruth.ReadAsync(world.Stripe);
        if (truth.Subscriptions.FirstOrDefault(bought => bought.Status == "active") is not { } active)
        {
            return;
        }

        var sessions = await world.Stripe.ListAsync("/v1/checkout/sessions?limit=100");
        var session = sessions.First(made => made.GetProperty("subscription").GetString() == active.Id);
        var id = session.GetProperty("id").GetString()!;
        await world.Nodes[0].Return.RunAsync(SimulatedWorld.Account, id, CancellationToken.None);
        await world.PassAsync(TimeSpan.FromMinutes(5));
        await world.Nodes[1].Sweeper.SweepAsync(CancellationToken.None);
        var status = await world.Nodes[0].Status.RunAsync(SimulatedWorld.Account, CancellationToken.None);
        Assert.True(status.Tier != "free", "L08: paid, come back, and denied");
    }

    public async Task SettleAsync()
    {
        for (var round = 0; round < MostRounds; round++)
        {
            await world.PassAsync(Round);
            await world.Deliveries.CollectAsync(world.Now);
            foreach (var sent in world.Deliveries.Waiting.ToList())
            {
                await world.Deliveries.DeliverAsync(sent, world.Nodes[round % 2], isHeard: true, world.Now);
            }

            await MendLostAsync();
            await WorkAsync(world.Nodes[round % 2]);
            if (round > 1 && await IsQuietAsync())
            {
                return;
            }
        }

        Assert.Fail($"L02: not quiet after {MostRounds} rounds: {await OpenAsync()}");
    }

    /// <summary>L01, L05: what the product says is what is true, and looking again changes nothing.</summary>
    public async Task CompareAsync()
    {
        var truth = await StripeTruth.ReadAsync(world.Stripe);
        var live = truth.Subscriptions.Where(bought => bought.IsLive).ToList();
        Assert.True(live.Count <= 1, $"F64: {live.Count} subscriptions take money");
        var (row, version, _) = await AccountRow.ReadAsync(database);
        var expected = Expected.Of(truth, world.PlansByPrice, world.Now).ToList();
        Assert.True(expected.Contains(row), $"L01: {row}\nis not {string.Join("\nor ", expected)}");

        var told = await CountAsync("SELECT count(*) FROM billing.outbox");
        await MarkDueAsync();
        await WorkAsync(world.Nodes[0]);
        var (again, versionAgain, _) = await AccountRow.ReadAsync(database);
        Assert.Equal(row, again);
        Assert.Equal(version, versionAgain);
        Assert.Equal(told, await CountAsync("SELECT count(*) FROM billing.outbox"));
    }

    // Stands for the catch-up from Stripe's list of events, which finds what no delivery brought.
    private async Task MendLostAsync()
    {
        if (world.Deliveries.Lost.Count > 0)
        {
            world.Deliveries.Lost.Clear();
            await MarkDueAsync();
        }
    }

    private async Task MarkDueAsync()
    {
        await using var connection = await database.OpenConnectionAsync();
        await AccountLeases.MarkDueAsync(connection, null, SimulatedWorld.Account, world.Now, CancellationToken.None);
    }

    private static async Task WorkAsync(AppNode node)
    {
        await node.Sweeper.SweepAsync(CancellationToken.None);
        while (await node.Inbox.DrainAsync(CancellationToken.None)) { }
        await node.Sweeper.SweepAsync(CancellationToken.None);
        await node.Outbox.DrainAsync(CancellationToken.None);
    }

    private async Task<bool> IsQuietAsync() => world.Deliveries.Waiting.Count == 0 && (await OpenAsync()).Length == 0;

    private async Task<string> OpenAsync()
    {
        await using var command = database.CreateCommand(
            """
            SELECT coalesce(string_agg(type || ' ' || state || ' ' || coalesce(reason, ''), ', '), '') FROM (
                SELECT type, state, reason FROM billing.inbox_receipts WHERE state NOT IN ('applied', 'ignored')
                UNION ALL SELECT kind, state, last_error FROM billing.outbox WHERE state <> 'done'
            ) AS open
            """
        );
        return (string)(await command.ExecuteScalarAsync())!;
    }

    private async Task<long> CountAsync(string sql)
    {
        await using var command = database.CreateCommand(sql);
        return (long)(await command.ExecuteScalarAsync())!;
    }
}
