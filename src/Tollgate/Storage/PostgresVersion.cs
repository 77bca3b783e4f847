using Npgsql;

namespace Tollgate.Storage;

/// <summary>Which PostgreSQL the tables and statements are written for.</summary>
internal static class PostgresVersion
{
    private const int OldestMajor = 15;

    /// <exception cref="StartupException">The server is too old.</exception>
    public static void Check(NpgsqlConnection connection) => Check(connection.PostgreSqlVersion);

    internal static void Check(Version server)
    {
        if (server.Major < OldestMajor)
        {
            throw new StartupException(
                $"PostgreSQL {server.ToString(2)} is too old: Tollgate needs {OldestMajor} or later. Upgrade the "
                    + "server, or name another one in ConnectionStrings__Tollgate."
            );
        }
    }
}
