using Microsoft.EntityFrameworkCore;
using Npgsql;
using Tollgate.Storage;

namespace Tollgate;

/// <summary>A relation that the host promises to people who type SQL, made over Tollgate's tables.</summary>
/// <param name="Name">Schema and name: <c>public.tenants</c>.</param>
/// <param name="Query">The view's query.</param>
public sealed record ContractView(string Name, string Query);

/// <summary>
/// Brings the database to this version: the contract views are dropped first and made last, so that no migration
/// stumbles over them.
/// </summary>
public sealed class MigrateDatabase(
    IDbContextFactory<TollgateDb> contexts,
    NpgsqlDataSource database,
    IEnumerable<ContractView> views
) : IStartupStep
{
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        await DropViewsAsync(cancellationToken);
        await db.Database.MigrateAsync(cancellationToken);
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
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        await DropViewsAsync(cancellationToken);
        await db.Database.MigrateAsync("0", cancellationToken);
    }

    private async Task DropViewsAsync(CancellationToken cancellationToken)
    {
        foreach (var view in views)
        {
            await database.CreateCommand($"DROP VIEW IF EXISTS {view.Name}").RunAsync(cancellationToken);
        }
    }
}
