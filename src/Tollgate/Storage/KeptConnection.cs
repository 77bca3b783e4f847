using Npgsql;

namespace Tollgate.Storage;

/// <summary>
/// A connection for flushes that come one after the other. A pool hands out its connections in turns, so that each
/// flush would meet another server process, whose plans and caches are cold, and would have it forget its session
/// first; this one is kept as long as flushes come. One at a time.
/// </summary>
internal sealed class KeptConnection(NpgsqlDataSource database) : IAsyncDisposable
{
    private NpgsqlConnection? connection;

    /// <summary>
    /// Runs the statements of one round trip, which are planned once for the connection: for a few rows PostgreSQL
    /// would plan anew at every call, which takes longer than the statement. A connection that failed is not kept.
    /// </summary>
    public async Task<T> RunAsync<T>(Func<NpgsqlBatch, Task<T>> run, CancellationToken cancellationToken)
    {
        var isNew = connection is null;
        connection ??= await database.OpenConnectionAsync(cancellationToken);
        try
        {
            await using var batch = connection.CreateBatch();
            if (isNew)
            {
                batch.Add("SET plan_cache_mode = 'force_generic_plan'"); // the pool resets it
            }

            return await run(batch);
        }
        catch
        {
            await DisposeAsync();
            throw;
        }
    }

    /// <summary>Gives the connection back; the next flush takes another one.</summary>
    public async ValueTask DisposeAsync()
    {
        if (connection is { } kept)
        {
            connection = null;
            try
            {
                await kept.DisposeAsync();
            }
            catch (NpgsqlException)
            {
                // what cannot be given back is gone either way, and the pool opens another
            }
        }
    }
}
