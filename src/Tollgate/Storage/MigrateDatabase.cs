using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Npgsql;

namespace Tollgate.Storage;

/// <param name="Applied">In order; Tollgate's, then the host's.</param>
/// <param name="Missing">In the order in which they would be applied; then the contract views that are not
/// there.</param>
internal sealed record MigrationStatus(IReadOnlyList<string> Applied, IReadOnlyList<string> Missing);

/// <summary>
/// Brings the database to this version, the host's own tables after Tollgate's: the contract views are replaced during
/// the migrations and are made last, in place, so that no migration stumbles over them and no grant on them is lost.
/// </summary>
internal sealed class MigrateDatabase(
    IDbContextFactory<TollgateDb> contexts,
    NpgsqlDataSource database,
    IEnumerable<ContractView> views,
    IEnumerable<IHostTables> others
)
{
    private readonly KeepContractViews contract = new(database, views);

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        await using var alone = await database.OpenConnectionAsync(cancellationToken);
        await using var turn = await TakeTurnAsync(alone, cancellationToken);
        if ((await ReadMigrationsAsync(cancellationToken)).Missing.Count > 0)
        {
            await contract.StepAsideAsync(cancellationToken);
            await using var db = await contexts.CreateDbContextAsync(cancellationToken);
            await db.Database.MigrateAsync(cancellationToken);
            foreach (var tables in others)
            {
                await tables.MigrateAsync(cancellationToken);
            }
        }

        await contract.MakeAsync(cancellationToken);
    }

    /// <summary>Takes everything of Tollgate's out of the database again. The host's own tables stay.</summary>
    public async Task RemoveAsync(CancellationToken cancellationToken)
    {
        await using var alone = await database.OpenConnectionAsync(cancellationToken);
        await using var turn = await TakeTurnAsync(alone, cancellationToken);
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        await contract.StepAsideAsync(cancellationToken);
        await contract.DropAsync(cancellationToken);
        await db.Database.MigrateAsync("0", cancellationToken);
    }

    /// <summary>Takes the newest of Tollgate's migrations back, with what was written into their columns.</summary>
    /// <param name="steps">How many; all of them is <see cref="RemoveAsync"/>.</param>
    /// <returns>False, and nothing done, when there are not that many and one to stay on.</returns>
    public async Task<bool> GoBackAsync(int steps, CancellationToken cancellationToken)
    {
        await using var alone = await database.OpenConnectionAsync(cancellationToken);
        await using var turn = await TakeTurnAsync(alone, cancellationToken);
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var applied = (await db.Database.GetAppliedMigrationsAsync(cancellationToken)).ToList();
        if (steps >= applied.Count)
        {
            return false;
        }

        await contract.StepAsideAsync(cancellationToken);
        await db.Database.MigrateAsync(applied[^(steps + 1)], cancellationToken);
        await contract.MakeWhatCanBeAsync(cancellationToken);
        return true;
    }

    /// <summary>Which migrations the database has, and what it lacks.</summary>
    /// <exception cref="StartupException">The server is too old.</exception>
    public async Task<MigrationStatus> ReadStatusAsync(CancellationToken cancellationToken)
    {
        await using (var asked = await database.OpenConnectionAsync(cancellationToken))
        {
            PostgresVersion.Check(asked);
        }

        var migrations = await ReadMigrationsAsync(cancellationToken);
        var lost = await contract.FindMissingAsync(cancellationToken);
        return migrations with { Missing = [.. migrations.Missing, .. lost] };
    }

    /// <summary>
    /// The SQL that brings any database, also an empty one, to this version; for whoever lets no program change tables.
    /// Twice is the same as once.
    /// </summary>
    public async Task<string> ScriptAsync(CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return string.Concat([ScriptOf(db), .. others.Select(tables => tables.Script()), contract.Script()]);
    }

    internal static string ScriptOf(DbContext db) =>
        db.GetService<IMigrator>().GenerateScript(options: MigrationsSqlGenerationOptions.Idempotent);

    private async Task<MigrationStatus> ReadMigrationsAsync(CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var status = await ReadStatusAsync(db, cancellationToken);
        foreach (var tables in others)
        {
            var more = await tables.ReadStatusAsync(cancellationToken);
            status = new MigrationStatus([.. status.Applied, .. more.Applied], [.. status.Missing, .. more.Missing]);
        }

        return status;
    }

    internal static async Task<MigrationStatus> ReadStatusAsync(DbContext db, CancellationToken cancellationToken)
    {
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
        PostgresVersion.Check(alone);
        var turn = await alone.BeginTransactionAsync(cancellationToken);
        var take = alone.Statement(turn, "SELECT pg_advisory_xact_lock(hashtext('billing.migrations'))");
        take.CommandTimeout = 0; // as long as another node's migration takes
        await take.RunAsync(cancellationToken);
        return turn;
    }
}
