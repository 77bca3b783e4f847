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
    private const int RoundsMax = 20;

    /// <summary>Longer than a lease, and than a failed event waits at the most.</summary>
    private static readonly TimeSpan Round = TimeSpan.FromMinutes(6);

    /// <summary>
    /// L08: whoever pays has access five minutes after coming back to the success page, without any delivery.
    /// </summary>
    public async Task ReturnAsync()
    {
        var truth = await StripeTruth.ReadAsync(world.Stripe);
        var own = truth.Subscriptions.Where(bought => !world.MadeByHand.Contains(bought.Id));
        if (own.FirstOrDefault(bought => bought.Status == "active") is not { } active)
        {
            return;
        }

        var sessions = await world.Stripe.ListAsync("/v1/checkout/sessions?limit=100");
        var session = sessions.First(made => made.GetProperty("subscription").GetString() == active.Id);
        var id = session.GetProperty("id").GetString()!;
        var returned = await world.Nodes[0].Return.RunAsync(SimulatedWorld.Account, id, CancellationToken.None);
        await world.PassAsync(TimeSpan.FromMinutes(5));
        await world.Nodes[1].Sweeper.SweepAsync(CancellationToken.None);
        var status = await world.Nodes[0].Status.RunAsync(SimulatedWorld.Account, CancellationToken.None);
        Assert.True(status.Tier != "free", $"L08: paid, come back ({returned}), and denied");
    }

    public async Task SettleAsync()
    {
        for (var round = 0; round < RoundsMax; round++)
        {
            await PassAsync(world.Nodes[round % 2]);
            await RepairLostAsync();
            await WorkAsync(world.Nodes[round % 2]);
            if (round > 1 && await IsQuietAsync())
            {
                return;
            }
        }

        Assert.Fail($"L02: not quiet after {RoundsMax} rounds: {await OpenAsync()}");
    }

    /// <summary>L01, L05: what the product says is what is true, and a further sync changes nothing.</summary>
    public async Task CompareAsync()
    {
        var truth = await StripeTruth.ReadAsync(world.Stripe);
        var live = truth.Subscriptions.Where(bought => bought.IsLive).ToList();
        var own = live.Count(bought => !world.MadeByHand.Contains(bought.Id));
        Assert.True(own <= 1, $"F64: {own} subscriptions take money");
        var alerts = await CountAsync(
            "SELECT count(*) FROM billing.alerts WHERE reason = 'double_billing' AND resolved_at IS NULL"
        );
        Assert.True(alerts > 0 == live.Count > 1, $"S5: {live.Count} take money, and {alerts} alerts say so");
        var (row, version, _) = await AccountRow.ReadAsync(database);
        var expected = Expected.Of(truth, world.PlansByPrice, world.Now);
        Assert.True(row == expected, $"L01: {row}\nis not {expected}");

        await CheckDispatchedAsync();
        var queued = await CountAsync("SELECT count(*) FROM billing.outbox");
        await RequestSyncAsync();
        await WorkAsync(world.Nodes[0]);
        var (again, versionAgain, _) = await AccountRow.ReadAsync(database);
        Assert.Equal(row, again);
        Assert.Equal(version, versionAgain);
        Assert.Equal(queued, await CountAsync("SELECT count(*) FROM billing.outbox"));
    }

    // L03, L04: no effect is left undone, on either side.
    private async Task CheckDispatchedAsync()
    {
        await using var command = database.CreateCommand(
            "SELECT kind || ' ' || occurrence FROM billing.outbox WHERE state = 'done'"
        );
        await using var reader = await command.ExecuteReaderAsync();
        while (await reader.ReadAsync())
        {
            var effect = reader.GetString(0);
            Assert.True(
                world.Outside.Dispatched.Effects.Contains(effect),
                $"L04: {effect} is done, and was not dispatched"
            );
        }

        var sessions = await world.Stripe.ListAsync("/v1/checkout/sessions?limit=100");
        var open = sessions.Count(session => session.GetProperty("status").GetString() == "open");
        Assert.True(open <= 1, $"L03, M3: {open} checkouts are open");
        var customers = await world.Stripe.ListAsync("/v1/customers?limit=100");
        var bound = await CountAsync("SELECT count(*) FROM billing.stripe_bindings WHERE stripe_id LIKE 'cus\\_%'");
        var begun = await CountAsync("SELECT count(*) FROM billing.customer_intents");
        Assert.True(customers.Count <= Math.Max(bound, begun), "L03: a customer that nobody knows of");
    }

    /// <summary>L06, L07: built from nothing, by a sync or by the events in another order, it is the same.</summary>
    public async Task RebuildAsync(Action<IList<SentEvent>> shuffle)
    {
        var (row, _, _) = await AccountRow.ReadAsync(database);
        if (row == AccountRow.None)
        {
            return;
        }

        await ForgetAsync();
        await RequestSyncAsync();
        await WorkAsync(world.Nodes[0]);
        var (rebuilt, _, _) = await AccountRow.ReadAsync(database);
        Assert.True(row == rebuilt, $"L07: {row}\nbecame {rebuilt} when it was rebuilt from Stripe");

        await ForgetAsync();
        var events = world.Deliveries.Answered.ToList();
        shuffle(events);
        foreach (var sent in events)
        {
            await world.Deliveries.DeliverAsync(sent, world.Nodes[0], isAnswered: true, world.Now);
        }

        await WorkAsync(world.Nodes[1]);
        await PassAsync(world.Nodes[1]);
        await WorkAsync(world.Nodes[1]);
        var (reordered, _, _) = await AccountRow.ReadAsync(database);
        // time alone may have ended what was paid meanwhile, and events alone name no account that no event is of
        var truth = await StripeTruth.ReadAsync(world.Stripe);
        var expected = Expected.Of(truth, world.PlansByPrice, world.Now);
        Assert.True(events.Count == 0 || reordered == expected, $"L06: {reordered}\nis not {expected}");
    }

    private async Task ForgetAsync()
    {
        await using var command = database.CreateCommand(
            """
            DELETE FROM billing.subscriptions;
            DELETE FROM billing.stripe_bindings WHERE stripe_id LIKE 'sub\_%';
            DELETE FROM billing.inbox_payloads;
            DELETE FROM billing.inbox_receipts;
            UPDATE billing.sync_leases SET next_due_at = NULL
            """
        );
        await command.ExecuteNonQueryAsync();
    }

    private async Task PassAsync(AppNode node)
    {
        await world.PassAsync(Round);
        await world.Deliveries.CollectAsync(world.Now);
        foreach (var sent in world.Deliveries.Waiting.ToList())
        {
            await world.Deliveries.DeliverAsync(sent, node, isAnswered: true, world.Now);
        }
    }

    // Stands for the catch-up from Stripe's list of events, which finds what no delivery brought.
    private async Task RepairLostAsync()
    {
        if (world.Deliveries.Lost.Count > 0)
        {
            world.Deliveries.Lost.Clear();
            await RequestSyncAsync();
        }
    }

    private async Task RequestSyncAsync()
    {
        await using var connection = await database.OpenConnectionAsync();
        await AccountLeases.RequestSyncAsync(
            connection,
            null,
            SimulatedWorld.Account,
            world.Now,
            CancellationToken.None
        );
    }

    private static async Task WorkAsync(AppNode node)
    {
        await node.Sweeper.SweepAsync(CancellationToken.None);
        while (await node.Inbox.DrainAsync(CancellationToken.None)) { }
        await node.Sweeper.SweepAsync(CancellationToken.None);
        await node.Outbox.DrainAsync(CancellationToken.None);
        await node.Mails.DrainAsync(CancellationToken.None);
    }

    private async Task<bool> IsQuietAsync() => world.Deliveries.Waiting.Count == 0 && (await OpenAsync()).Length == 0;

    private async Task<string> OpenAsync()
    {
        await using var command = database.CreateCommand(
            """
            SELECT coalesce(string_agg(type || ' ' || state || ' ' || coalesce(reason, ''), ', '), '') FROM (
                SELECT type, state, reason FROM billing.inbox_receipts WHERE state NOT IN ('applied', 'ignored')
                UNION ALL SELECT kind, state, last_error FROM billing.outbox WHERE state <> 'done'
                UNION ALL SELECT kind, state, reason FROM billing.mails
                    WHERE state = 'waiting' AND due_at <= simulation.clock_timestamp()
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
