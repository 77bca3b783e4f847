using System.Data.Common;
using Npgsql;

namespace Tollgate.Storage;

/// <summary>
/// Statements that are sent often are prepared once for each connection, so that PostgreSQL plans them once and not on
/// every call. A connection string that says <c>Max Auto Prepare</c> itself is left as it is: 0 is for a pooler between
/// that knows no prepared statements.
/// </summary>
internal static class PreparedStatements
{
    private const string Keyword = "Max Auto Prepare";
    private const int Most = 100;

    /// <exception cref="ArgumentException">The text is no connection string.</exception>
    public static NpgsqlDataSource Open(string connectionString)
    {
        var said = new DbConnectionStringBuilder { ConnectionString = connectionString };
        var isSaid = said.ContainsKey(Keyword) || said.ContainsKey(Keyword.Replace(" ", "", StringComparison.Ordinal));
        var full = new NpgsqlConnectionStringBuilder(connectionString);
        if (!isSaid)
        {
            full.MaxAutoPrepare = Most;
        }

        return NpgsqlDataSource.Create(full);
    }
}
