using System.Net.Sockets;
using Npgsql;

namespace Tollgate.Storage;

/// <summary>Whether a failure says that the database cannot serve now, and a later attempt may succeed.</summary>
internal static class DatabaseAway
{
    /// <summary>
    /// No connection, no answer in time, a server that starts, stops, is full, or takes no writes.
    /// </summary>
    public static bool IsCauseOf(Exception failure) =>
        failure switch
        {
            PostgresException said => IsPassing(said.SqlState),
            NpgsqlException { InnerException: null or IOException or SocketException or TimeoutException } => true,
            NpgsqlException { InnerException: { } inner } => IsCauseOf(inner),
            // EF Core's advice to retry, around what the driver said
            InvalidOperationException { InnerException: NpgsqlException inner } => IsCauseOf(inner),
            _ => false,
        };

    // connection exception, insufficient resources, operator intervention (not: a cancelled statement), read only
    private static bool IsPassing(string state) =>
        state.StartsWith("08", StringComparison.Ordinal)
        || state.StartsWith("53", StringComparison.Ordinal)
        || state.StartsWith("57P", StringComparison.Ordinal)
        || state == PostgresErrorCodes.ReadOnlySqlTransaction;
}
