using Npgsql;

namespace Tollgate.Load.Processes;

/// <summary>Statements of the bench's own, one at a time.</summary>
internal static class Statements
{
    private const int TimeoutSeconds = 120;

    public static async Task RunAsync(this NpgsqlDataSource database, string sql, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(sql);
        command.CommandTimeout = TimeoutSeconds;
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    public static async Task<T> ReadAsync<T>(
        this NpgsqlDataSource database,
        string sql,
        CancellationToken cancellationToken
    )
    {
        await using var command = database.CreateCommand(sql);
        command.CommandTimeout = TimeoutSeconds;
        return (T)(await command.ExecuteScalarAsync(cancellationToken))!;
    }
}
