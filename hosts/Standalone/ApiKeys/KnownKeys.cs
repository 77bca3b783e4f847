using System.Collections.Concurrent;
using Npgsql;

namespace Standalone.ApiKeys;

/// <summary>
/// Finds keys by their secret. One that was found is asked for again after ten seconds, so a key that ends goes on
/// opening for so long; while the database is away it does so for ten minutes, for our outage blocks no payer (S9).
/// </summary>
internal sealed class KnownKeys(NpgsqlDataSource database, TimeProvider machineTime)
{
    private const int KeysMax = 10_000;
    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan LongestOutage = TimeSpan.FromMinutes(10);

    private readonly ConcurrentDictionary<string, Known> known = new(StringComparer.Ordinal);

    /// <summary>Null when there is none that holds now.</summary>
    public async ValueTask<ApiKey?> FindAsync(string secret, CancellationToken cancellationToken)
    {
        var hash = ApiKey.HashOf(secret);
        var now = machineTime.GetUtcNow();
        if (known.TryGetValue(hash, out var found) && now - found.ReadAt < Fresh)
        {
            return found.Key.HoldsAt(now) ? found.Key : null;
        }

        ApiKey? read;
        try
        {
            read = await ReadAsync(hash, cancellationToken);
        }
        catch (NpgsqlException) when (found is not null && now - found.ReadAt < LongestOutage)
        {
            return found.Key.HoldsAt(now) ? found.Key : null;
        }

        if (read is null)
        {
            known.TryRemove(hash, out _);
            return null;
        }

        if (known.Count >= KeysMax)
        {
            known.Clear();
        }

        known[hash] = new Known(read, now);
        return read.HoldsAt(now) ? read : null;
    }

    private async Task<ApiKey?> ReadAsync(string hash, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(
            "SELECT id, name, scopes, created_at, ends_at FROM standalone.api_keys WHERE hash = $1"
        );
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = hash });
        await using var rows = await command.ExecuteReaderAsync(cancellationToken);
        return await rows.ReadAsync(cancellationToken)
            ? new ApiKey
            {
                Id = rows.GetString(0),
                Name = rows.GetString(1),
                Hash = hash,
                Scopes = await rows.GetFieldValueAsync<string[]>(2, cancellationToken),
                CreatedAt = await rows.GetFieldValueAsync<DateTimeOffset>(3, cancellationToken),
                EndsAt = await rows.GetFieldValueAsync<DateTimeOffset?>(4, cancellationToken),
            }
            : null;
    }

    private sealed record Known(ApiKey Key, DateTimeOffset ReadAt);
}
