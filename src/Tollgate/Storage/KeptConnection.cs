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
    /// <param name="run">
    /// Safe to repeat: it runs once more, on another connection, where the kept one failed for the moment. It may have
    /// broken long before, while nobody used it.
    /// </param>
    public async Task<T> RunAsync<T>(Func<NpgsqlBatch, Task<T>> run, CancellationToken cancellationToken)
    {
        if (connection is { } kept)
        {
            try
            {
                return await RunAsync(kept, isNew: false, run);
            }
            catch (NpgsqlException broken) when (broken is { IsTransient: true, InnerException: not TimeoutException })
            {
                // told by the next one, if that fails, too
            }
        }

        connection = await database.OpenConnectionAsync(cancellationToken);
        return await RunAsync(connection, isNew: true, run);
    }

    private async Task<T> RunAsync<T>(NpgsqlConnection on, bool isNew, Func<NpgsqlBatch, Task<T>> run)
    {
        try
        {
            await using var batch = on.CreateBatch();
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
