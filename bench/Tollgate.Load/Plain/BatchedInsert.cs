using System.Threading.Channels;
using Npgsql;

namespace Tollgate.Load.Plain;

/// <summary>
/// The least that records events durably and applies them: those that arrive during one flush share the next one, a
/// single prepared statement that inserts them and writes one row for each customer.
/// </summary>
internal sealed class BatchedInsert : IAsyncDisposable
{
    private const int Largest = 512;
    private const string Statement = """
        WITH added AS (
            INSERT INTO events (id, type, customer, body)
            SELECT * FROM unnest($1::text[], $2::text[], $3::text[], $4::bytea[])
            ON CONFLICT (id) DO NOTHING
            RETURNING id, customer
        )
        INSERT INTO statuses (customer, event_id, changed_at)
        SELECT DISTINCT ON (customer) customer, id, clock_timestamp() FROM added
        ON CONFLICT (customer) DO UPDATE SET event_id = EXCLUDED.event_id, changed_at = EXCLUDED.changed_at
        """;

    private readonly Channel<Waiting> waiting = Channel.CreateUnbounded<Waiting>();
    private readonly NpgsqlDataSource database;
    private readonly Task loop;

    public BatchedInsert(NpgsqlDataSource database)
    {
        this.database = database;
        loop = Task.Run(FlushAllAsync);
    }

    public Task RunAsync(byte[] body)
    {
        var one = new Waiting(
            EventIds.Of(body),
            body,
            new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)
        );
        waiting.Writer.TryWrite(one);
        return one.Done.Task;
    }

    public async ValueTask DisposeAsync()
    {
        waiting.Writer.TryComplete();
        await loop;
    }

    private async Task FlushAllAsync()
    {
        var batch = new List<Waiting>(Largest);
        NpgsqlConnection? connection = null;
        while (await waiting.Reader.WaitToReadAsync())
        {
            while (batch.Count < Largest && waiting.Reader.TryRead(out var next))
            {
                batch.Add(next);
            }

            connection ??= await database.OpenConnectionAsync();
            await FlushAsync(connection, batch);
            batch.ForEach(one => one.Done.SetResult());
            batch.Clear();
        }

        await (connection?.DisposeAsync() ?? ValueTask.CompletedTask);
    }

    private static async Task FlushAsync(NpgsqlConnection connection, List<Waiting> batch)
    {
        await using var command = new NpgsqlCommand(Statement, connection);
        command.Parameters.AddWithValue(batch.ConvertAll(one => one.Ids.Id));
        command.Parameters.AddWithValue(batch.ConvertAll(one => one.Ids.Type));
        command.Parameters.AddWithValue(batch.ConvertAll(one => one.Ids.Customer));
        command.Parameters.AddWithValue(batch.ConvertAll(one => one.Body));
        await command.PrepareAsync();
        await command.ExecuteNonQueryAsync();
    }

    private sealed record Waiting(EventIds Ids, byte[] Body, TaskCompletionSource Done);
}
