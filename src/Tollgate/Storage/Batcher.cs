using System.Diagnostics;
using System.Threading.Channels;
using Npgsql;

namespace Tollgate.Storage;

/// <summary>
/// Gathers the calls that arrive while a flush runs into the next flush, so that many callers share one transaction. A
/// single caller does not wait. Each caller gets its own answer, after the COMMIT of its flush.
/// </summary>
/// <remarks>
/// One flush runs at a time. A caller that stops waiting abandons its answer; its item is flushed all the same. When a
/// flush fails its items are tried one by one, so that one bad item fails alone; when the database cannot be reached
/// they fail together, since each would only wait for the same time-out again.
/// </remarks>
internal sealed class Batcher<TItem, TAnswer> : IAsyncDisposable
{
    private readonly Channel<Waiting> waiting = Channel.CreateUnbounded<Waiting>(
        new UnboundedChannelOptions { SingleReader = true }
    );
    private readonly Func<IReadOnlyList<TItem>, CancellationToken, Task<IReadOnlyList<TAnswer>>> flush;
    private readonly int largestFlush;
    private readonly IAsyncDisposable? kept;
    private readonly Task loop;

    /// <param name="flush">
    /// Answers its items in their order, after its COMMIT; when it throws, nothing was committed.
    /// </param>
    /// <param name="largestFlush">Most items of one flush.</param>
    /// <param name="kept">
    /// What flushes keep between them, such as a connection: disposed of when none has come for a second, and taken
    /// anew by the next.
    /// </param>
    public Batcher(
        Func<IReadOnlyList<TItem>, CancellationToken, Task<IReadOnlyList<TAnswer>>> flush,
        int largestFlush = Batcher.DefaultLargestFlush,
        IAsyncDisposable? kept = null
    )
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(largestFlush);
        this.flush = flush;
        this.largestFlush = largestFlush;
        this.kept = kept;
        loop = Task.Run(RunAsync);
    }

    /// <exception cref="ObjectDisposedException">The batcher takes no more items.</exception>
    public Task<TAnswer> EnqueueAsync(TItem item, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var answer = new TaskCompletionSource<TAnswer>(TaskCreationOptions.RunContinuationsAsynchronously);
        ObjectDisposedException.ThrowIf(!waiting.Writer.TryWrite(new Waiting(item, answer)), this);
        return answer.Task.WaitAsync(cancellationToken);
    }

    /// <summary>Takes no more items and returns when those that wait are answered.</summary>
    public async ValueTask DisposeAsync()
    {
        waiting.Writer.TryComplete();
        await loop;
    }

    private async Task RunAsync()
    {
        Activity.Current = null; // whoever comes first makes the batcher, and the flushes are not all of that trace
        var batch = new List<Waiting>(largestFlush);
        var isCrowded = false;
        while (await WaitAsync())
        {
            await FillAsync(batch, isCrowded);
            await AnswerAllAsync(batch);
            isCrowded = batch.Count > 1;
            batch.Clear();
        }

        await (kept?.DisposeAsync() ?? ValueTask.CompletedTask);
    }

    private async Task<bool> WaitAsync()
    {
        var arrival = waiting.Reader.WaitToReadAsync().AsTask();
        if (kept is not null && !arrival.IsCompleted)
        {
            await Task.WhenAny(arrival, Task.Delay(Batcher.KeptFor, TimeProvider.System));
            if (!arrival.IsCompleted)
            {
                await kept.DisposeAsync();
            }
        }

        return await arrival;
    }

    // As long as calls go on arriving they join: whoever was answered just now may call again, and half of the callers
    // would always wait for the flush of the other half. A caller that comes alone is not kept waiting.
    private async Task FillAsync(List<Waiting> batch, bool isCrowded)
    {
        Take(batch);
        for (var before = 0; (isCrowded || batch.Count > 1) && batch.Count > before && batch.Count < largestFlush; )
        {
            before = batch.Count;
            await Task.Yield();
            Take(batch);
        }
    }

    private void Take(List<Waiting> batch)
    {
        while (batch.Count < largestFlush && waiting.Reader.TryRead(out var next))
        {
            batch.Add(next);
        }
    }

    private async Task AnswerAllAsync(List<Waiting> batch)
    {
        if (await TryAnswerAsync(batch) is not { } failure)
        {
            return;
        }

        foreach (var one in batch)
        {
            if (batch.Count > 1 && !IsUnreachable(failure))
            {
                failure = await TryAnswerAsync([one]) ?? failure;
            }

            one.Answer.TrySetException(failure); // no effect where the second try gave an answer
        }
    }

    /// <summary>Null when all are answered; else why none is.</summary>
    private async Task<Exception?> TryAnswerAsync(List<Waiting> batch)
    {
        try
        {
            // No caller's token: a flush belongs to all of its callers, and disposal waits for it.
            var answers = await flush(batch.ConvertAll(one => one.Item), CancellationToken.None);
            if (answers.Count != batch.Count)
            {
                throw new InvalidOperationException($"A flush of {batch.Count} gave {answers.Count} answers.");
            }

            for (var i = 0; i < batch.Count; i++)
            {
                batch[i].Answer.SetResult(answers[i]);
            }

            return null;
        }
        catch (Exception failure) // handed to the callers, who wait for it
        {
            return failure;
        }
    }

    private static bool IsUnreachable(Exception failure) =>
        failure is NpgsqlException { IsTransient: true } and not PostgresException;

    private sealed record Waiting(TItem Item, TaskCompletionSource<TAnswer> Answer);
}

internal static class Batcher
{
    public const int DefaultLargestFlush = 512;

    /// <summary>How long what is kept between flushes outlasts them.</summary>
    public static readonly TimeSpan KeptFor = TimeSpan.FromSeconds(1);
}
