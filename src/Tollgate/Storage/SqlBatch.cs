using Npgsql;

namespace Tollgate.Storage;

/// <summary>Several statements in one round trip.</summary>
internal static class SqlBatch
{
    /// <summary>Adds a statement; its results are read in the order of the statements.</summary>
    public static NpgsqlBatchCommand Add(this NpgsqlBatch batch, string sql)
    {
        var command = new NpgsqlBatchCommand(sql);
        batch.BatchCommands.Add(command);
        return command;
    }

    public static NpgsqlBatchCommand With<T>(this NpgsqlBatchCommand command, string name, T value)
    {
        command.Parameters.Add(new NpgsqlParameter<T>(name, value));
        return command;
    }

    /// <summary>
    /// Reads the rows of the statement the reader stands at, then moves to the next one that has rows.
    /// </summary>
    public static async Task<List<T>> ReadNextAsync<T>(
        this NpgsqlDataReader reader,
        Func<NpgsqlDataReader, T> row,
        CancellationToken cancellationToken
    )
    {
        var rows = new List<T>();
        while (await reader.ReadAsync(cancellationToken))
        {
            rows.Add(row(reader));
        }

        await reader.NextResultAsync(cancellationToken);
        return rows;
    }
}
