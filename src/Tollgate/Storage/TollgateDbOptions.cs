using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Tollgate.Storage;

/// <summary>
/// How a <see cref="TollgateDb"/> reaches PostgreSQL; its migration history stands in its own schema.
/// </summary>
public static class TollgateDbOptions
{
    internal static DbContextOptions<TollgateDb> For(string connectionString)
    {
        var builder = new DbContextOptionsBuilder<TollgateDb>();
        builder.UseNpgsql(connectionString, npgsql => npgsql.MigrationsHistoryTable("migrations", TollgateDb.Schema));
        return builder.Options;
    }

    /// <summary>For a context of Tollgate's or of the host's on the same database.</summary>
    /// <param name="schema">Where the context's migration history stands.</param>
    public static void Configure(DbContextOptionsBuilder builder, NpgsqlDataSource database, string schema) =>
        builder
            .UseNpgsql(database, npgsql => npgsql.MigrationsHistoryTable("migrations", schema))
            // A failed command throws, and whoever catches that says what it means. The first migration looks for its
            // history in vain, which is no error. Statements by the hundred are for whoever asks for them.
            .ConfigureWarnings(warnings =>
                warnings.Log(
                    (RelationalEventId.CommandError, LogLevel.Debug),
                    (RelationalEventId.CommandExecuted, LogLevel.Debug),
                    (RelationalEventId.MigrationApplying, LogLevel.Debug),
                    (RelationalEventId.MigrationsNotFound, LogLevel.Debug),
                    (RelationalEventId.MigrationsNotApplied, LogLevel.Debug)
                )
            );
}
