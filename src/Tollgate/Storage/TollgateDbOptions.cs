using Microsoft.EntityFrameworkCore;

namespace Tollgate.Storage;

/// <summary>
/// How a <see cref="TollgateDb"/> reaches PostgreSQL; its migration history stands in its own schema.
/// </summary>
public static class TollgateDbOptions
{
    public static DbContextOptions<TollgateDb> For(string connectionString) =>
        new DbContextOptionsBuilder<TollgateDb>().UseNpgsql(connectionString, History).Options;

    internal static void Configure(DbContextOptionsBuilder builder, Npgsql.NpgsqlDataSource database) =>
        builder.UseNpgsql(database, History);

    private static void History(
        Npgsql.EntityFrameworkCore.PostgreSQL.Infrastructure.NpgsqlDbContextOptionsBuilder npgsql
    ) => npgsql.MigrationsHistoryTable("migrations", TollgateDb.Schema);
}
