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

    /// <summary>
    /// The statements after it are planned once for each connection: for a few rows PostgreSQL would plan anew at every
    /// call, which takes longer than the statement. Ends with the round trip.
    /// </summary>
    public static void AddPlanOnce(this NpgsqlBatch batch) =>
        batch.Add("SELECT set_config('plan_cache_mode', 'force_generic_plan', true)");

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
