using Microsoft.EntityFrameworkCore;
using Npgsql;
using Tollgate.Storage;

namespace Tollgate;

/// <summary>A relation that the host promises to people who type SQL, made over Tollgate's tables.</summary>
/// <param name="Name">Schema and name: <c>public.tenants</c>.</param>
/// <param name="Query">The view's query.</param>
public sealed record ContractView(string Name, string Query);

/// <param name="Applied">In order.</param>
/// <param name="Missing">In the order in which they would be applied.</param>
public sealed record MigrationStatus(IReadOnlyList<string> Applied, IReadOnlyList<string> Missing);

/// <summary>
/// Brings the database to this version, the host's own tables after Tollgate's: the contract views are dropped first
/// and made last, so that no migration stumbles over them.
/// </summary>
public sealed class MigrateDatabase(
    IDbContextFactory<TollgateDb> contexts,
    NpgsqlDataSource database,
    IEnumerable<ContractView> views,
    IEnumerable<IHostTables> others
) : IStartupStep
{
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        await using var alone = await database.OpenConnectionAsync(cancellationToken);
        await using var turn = await TakeTurnAsync(alone, cancellationToken);
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        await DropViewsAsync(cancellationToken);
        await db.Database.MigrateAsync(cancellationToken);
        foreach (var tables in others)
        {
            await tables.MigrateAsync(cancellationToken);
        }

        foreach (var view in views)
        {
            await database
                .CreateCommand($"CREATE OR REPLACE VIEW {view.Name} AS {view.Query}")
                .RunAsync(cancellationToken);
        }
    }

    /// <summary>Takes everything of Tollgate's out of the database again. The host's own tables stay.</summary>
    public async Task RemoveAsync(CancellationToken cancellationToken)
    {
        await using var alone = await database.OpenConnectionAsync(cancellationToken);
        await using var turn = await TakeTurnAsync(alone, cancellationToken);
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        await DropViewsAsync(cancellationToken);
        await db.Database.MigrateAsync("0", cancellationToken);
    }

    /// <summary>Which migrations the database has, and which it lacks.</summary>
    public async Task<MigrationStatus> ReadStatusAsync(CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var applied = await db.Database.GetAppliedMigrationsAsync(cancellationToken);
        var all = db.Database.GetMigrations();
        return new MigrationStatus([.. applied], [.. all.Except(applied)]);
    }

    // Nodes that start together wait for each other here: EF Core's own lock covers neither the first schema nor the
    // views. The transaction's end gives the turn on.
    private static async Task<NpgsqlTransaction> TakeTurnAsync(
        NpgsqlConnection alone,
        CancellationToken cancellationToken
    )
    {
        var turn = await alone.BeginTransactionAsync(cancellationToken);
        var take = alone.Statement(turn, "SELECT pg_advisory_xact_lock(hashtext('billing.migrations'))");
        take.CommandTimeout = 0; // as long as another node's migration takes
        await take.RunAsync(cancellationToken);
        return turn;
    }

    private async Task DropViewsAsync(CancellationToken cancellationToken)
    {
        foreach (var view in views)
        {
            await database.CreateCommand($"DROP VIEW IF EXISTS {view.Name}").RunAsync(cancellationToken);
        }
    }
}
