using Tollgate.Deadlines;

namespace Tollgate.IntegrationTests.Subscriptions;

public sealed class LeaseTests
{
    private static readonly AccountId Acme = new("acme");

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task F18_F36_whoever_lost_the_lease_cannot_commit()
    {
        await using var hydra = await HydraHost.StartAsync();
        var slow = await TakeAsync(hydra);
        Assert.Null(await TakeAsync(hydra));
        await hydra.QueryAsync<object>(
            "UPDATE billing.sync_leases SET leased_until = clock_timestamp() - interval '1 s'"
        );
        var quick = await TakeAsync(hydra);

        Assert.False(await CommitAsync(hydra, slow!.Value));
        Assert.True(await CommitAsync(hydra, quick!.Value));
        Assert.NotNull(await TakeAsync(hydra));
    }

    [Fact]
    public async Task A_request_for_a_look_fences_off_whoever_is_looking()
    {
        await using var hydra = await HydraHost.StartAsync();
        var looking = await TakeAsync(hydra);
        var dueAt = new DateTimeOffset(2030, 1, 1, 0, 0, 0, TimeSpan.Zero);

        await using var connection = await hydra.Database.OpenConnectionAsync(Token);
        await AccountLeases.MarkDueAsync(connection, transaction: null, Acme, dueAt, Token);

        Assert.False(await CommitAsync(hydra, looking!.Value));
        Assert.Equal(
            dueAt.UtcDateTime,
            await hydra.QueryAsync<DateTime>("SELECT next_due_at FROM billing.sync_leases")
        );
    }

    [Fact]
    public async Task W4_the_read_budget_of_all_nodes_together_is_never_overspent()
    {
        await using var hydra = await HydraHost.StartAsync();
        await hydra.QueryAsync<object>(
            "UPDATE billing.stripe_read_budget SET tokens = 0, refilled_at = clock_timestamp()"
        );
        var started = TimeProvider.System.GetTimestamp();
        using var one = new Tollgate.Subscriptions.StripeReadBudget(hydra.Database, TimeProvider.System);
        using var two = new Tollgate.Subscriptions.StripeReadBudget(hydra.Database, TimeProvider.System);

        await Task.WhenAll(Enumerable.Range(0, 30).Select(i => (i % 2 == 0 ? one : two).SpendAsync(Token)));

        // thirty reads at twenty a second from an empty bucket; each node may keep up to four of its last chunk
        Assert.True(TimeProvider.System.GetElapsedTime(started) >= TimeSpan.FromSeconds(1.49));
    }

    private static async Task<AccountLease?> TakeAsync(HydraHost hydra)
    {
        await using var connection = await hydra.Database.OpenConnectionAsync(Token);
        return await AccountLeases.TryTakeAsync(connection, transaction: null, Acme, Token);
    }

    private static async Task<bool> CommitAsync(HydraHost hydra, AccountLease lease)
    {
        await using var connection = await hydra.Database.OpenConnectionAsync(Token);
        await using var transaction = await connection.BeginTransactionAsync(Token);
        var committed = await AccountLeases.TryCommitAsync(connection, transaction, lease, nextDueAt: null, Token);
        await transaction.CommitAsync(Token);
        return committed;
    }
}
