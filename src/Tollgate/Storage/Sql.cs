using Npgsql;
using NpgsqlTypes;

namespace Tollgate.Storage;

/// <summary>The few words that hand-written statements need: named arguments, and rows read one by one.</summary>
internal static class Sql
{
    public static NpgsqlCommand Statement(
        this NpgsqlConnection connection,
        NpgsqlTransaction? transaction,
        string sql
    ) => new(sql, connection, transaction);

    public static NpgsqlCommand With<T>(this NpgsqlCommand command, string name, T value)
    {
        command.Parameters.Add(new NpgsqlParameter(name, value is null ? DBNull.Value : value));
        return command;
    }

    public static NpgsqlCommand With(this NpgsqlCommand command, string name, AccountId account) =>
        command.With(name, account.Value);

    /// <summary>An array whose members may be null, which needs its type said.</summary>
    public static NpgsqlCommand WithArray<T>(this NpgsqlCommand command, string name, NpgsqlDbType type, T[] values)
    {
        command.Parameters.Add(new NpgsqlParameter(name, NpgsqlDbType.Array | type) { Value = values });
        return command;
    }

    /// <summary>Executes and disposes; answers the number of rows.</summary>
    public static async Task<int> RunAsync(this NpgsqlCommand command, CancellationToken cancellationToken)
    {
        await using (command)
        {
            return await command.ExecuteNonQueryAsync(cancellationToken);
        }
    }

    /// <summary>Reads all rows and disposes.</summary>
    public static async Task<List<T>> ReadAsync<T>(
        this NpgsqlCommand command,
        Func<NpgsqlDataReader, T> row,
        CancellationToken cancellationToken
    )
    {
        await using (command)
        {
            await using var reader = await command.ExecuteReaderAsync(cancellationToken);
            var rows = new List<T>();
            while (await reader.ReadAsync(cancellationToken))
            {
                rows.Add(row(reader));
            }

            return rows;
        }
    }

    public static T? Nullable<T>(this NpgsqlDataReader reader, int column)
        where T : class => reader.IsDBNull(column) ? null : reader.GetFieldValue<T>(column);

    /// <summary>A point in time as UTC; the column is <c>timestamptz</c>.</summary>
    public static DateTimeOffset Time(this NpgsqlDataReader reader, int column) =>
        reader.GetFieldValue<DateTimeOffset>(column);
}
