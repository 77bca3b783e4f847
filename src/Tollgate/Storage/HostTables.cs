using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace Tollgate.Storage;

/// <summary>How a host keeps tables of its own in Tollgate's database.</summary>
public static class HostTables
{
    /// <summary>
    /// Adds the host's context, with its migration history in the schema. It is migrated together with Tollgate's
    /// tables, so that <see cref="ContractView"/>s may read both.
    /// </summary>
    public static IServiceCollection AddHostTables<TContext>(this IServiceCollection services, string schema)
        where TContext : DbContext
    {
        services.AddDbContextFactory<TContext>(
            (provider, options) =>
                TollgateDbOptions.Configure(options, provider.GetRequiredService<NpgsqlDataSource>(), schema)
        );
        return services.AddSingleton<IHostTables, TablesOf<TContext>>();
    }

    /// <summary>
    /// A context of the host's that reads and writes in a transaction of Tollgate's, such as the one that erases.
    /// </summary>
    public static async Task<TContext> JoinAsync<TContext>(
        this IDbContextFactory<TContext> contexts,
        NpgsqlConnection connection,
        NpgsqlTransaction transaction,
        CancellationToken cancellationToken
    )
        where TContext : DbContext
    {
        var db = await contexts.CreateDbContextAsync(cancellationToken);
        db.Database.SetDbConnection(connection, contextOwnsConnection: false);
        await db.Database.UseTransactionAsync(transaction, cancellationToken);
        return db;
    }

    private sealed class TablesOf<TContext>(IDbContextFactory<TContext> contexts) : IHostTables
        where TContext : DbContext
    {
        public async Task MigrateAsync(CancellationToken cancellationToken)
        {
            await using var db = await contexts.CreateDbContextAsync(cancellationToken);
            await db.Database.MigrateAsync(cancellationToken);
        }

        public async Task<MigrationStatus> ReadStatusAsync(CancellationToken cancellationToken)
        {
            await using var db = await contexts.CreateDbContextAsync(cancellationToken);
            return await MigrateDatabase.ReadStatusAsync(db, cancellationToken);
        }

        public string Script()
        {
            using var db = contexts.CreateDbContext();
            return MigrateDatabase.ScriptOf(db);
        }
    }
}

/// <summary>Tables of the host's that are brought to this version at the start.</summary>
internal interface IHostTables
{
    Task MigrateAsync(CancellationToken cancellationToken);

    Task<MigrationStatus> ReadStatusAsync(CancellationToken cancellationToken);

    /// <summary>The SQL of <see cref="MigrateAsync"/>; typed twice, it does the same as once.</summary>
    string Script();
}
