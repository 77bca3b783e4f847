namespace Tollgate.Storage;

/// <summary>
/// Finds rows by a key, many at once: look-ups that arrive while a statement runs go together into the next one. One
/// caller alone does not wait. Each answer was read after it was asked for, so nothing is stale and nothing is cached:
/// what this saves is round trips, where every request asks the database the same question.
/// </summary>
/// <remarks>
/// One statement runs at a time. When it fails, its keys are tried one by one; while the database cannot be reached
/// they fail together.
/// </remarks>
public sealed class BatchedLookup<TKey, TValue> : IAsyncDisposable
    where TKey : notnull
{
    private readonly Batcher<TKey, TValue?> batcher;

    /// <param name="find">
    /// Finds the values of up to 512 different keys, as by <c>WHERE key = ANY(@keys)</c>; it leaves out what is not
    /// there.
    /// </param>
    public BatchedLookup(
        Func<IReadOnlyCollection<TKey>, CancellationToken, Task<IReadOnlyDictionary<TKey, TValue>>> find
    ) =>
        batcher = new(
            async (keys, cancellationToken) =>
            {
                var found = await find(keys.Count == 1 ? keys : [.. keys.Distinct()], cancellationToken);
                return [.. keys.Select(key => found.GetValueOrDefault(key))];
            }
        );

    /// <summary>The value as it is now; the type's default when there is none.</summary>
    /// <exception cref="ObjectDisposedException">The look-up is disposed.</exception>
    public Task<TValue?> FindAsync(TKey key, CancellationToken cancellationToken) =>
        batcher.EnqueueAsync(key, cancellationToken);

    /// <summary>Answers the look-ups that wait, and takes no more.</summary>
    public ValueTask DisposeAsync() => batcher.DisposeAsync();
}
