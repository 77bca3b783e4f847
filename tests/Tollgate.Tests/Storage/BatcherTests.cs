using System.Threading.Channels;
using Npgsql;
using Tollgate.Storage;

namespace Tollgate.Tests.Storage;

public sealed class BatcherTests
{
    private readonly List<int[]> flushes = [];
    private readonly TaskCompletionSource firstMayEnd = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource firstBegan = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Calls_that_arrive_during_a_flush_share_the_next_and_each_gets_its_own_answer()
    {
        await using var batcher = new Batcher<int, int>(FlushAsync);
        var first = batcher.EnqueueAsync(1, Token);
        await firstBegan.Task.WaitAsync(Token);
        var rest = Enumerable.Range(2, 9).Select(i => batcher.EnqueueAsync(i, Token)).ToList();
        firstMayEnd.SetResult();

        Assert.Equal(10, await first);
        Assert.Equal(Enumerable.Range(2, 9).Select(i => i * 10), await Task.WhenAll(rest));
        Assert.Equal(
            [
                [1],
                [.. Enumerable.Range(2, 9)],
            ],
            flushes
        );
    }

    [Fact]
    public async Task Flush_takes_no_more_than_the_maximum()
    {
        await using var batcher = new Batcher<int, int>(FlushAsync, largestFlush: 4);
        var all = Enumerable.Range(1, 10).Select(i => batcher.EnqueueAsync(i, Token)).ToList();
        firstMayEnd.SetResult();
        await Task.WhenAll(all);

        Assert.All(flushes, flush => Assert.InRange(flush.Length, 1, 4));
    }

    [Fact]
    public async Task What_flushes_keep_is_given_back_when_none_comes_any_more_and_at_the_end()
    {
        await using var kept = new Kept();
        await using (
            var batcher = new Batcher<int, int>(
                (items, _) => Task.FromResult<IReadOnlyList<int>>([.. items]),
                kept: kept
            )
        )
        {
            await batcher.EnqueueAsync(1, Token);
            await kept.GivenBack.Reader.ReadAsync(Token);
            await batcher.EnqueueAsync(2, Token);
        }

        Assert.True(kept.GivenBack.Reader.TryRead(out _));
    }

    [Fact]
    public async Task One_bad_item_fails_alone()
    {
        await using var batcher = new Batcher<int, int>(FlushAsync);
        var first = batcher.EnqueueAsync(1, Token);
        await firstBegan.Task.WaitAsync(Token);
        var good = batcher.EnqueueAsync(2, Token);
        var bad = batcher.EnqueueAsync(-1, Token);
        var alsoGood = batcher.EnqueueAsync(3, Token);
        firstMayEnd.SetResult();

        var answers = await Task.WhenAll(first, good, alsoGood);
        Assert.Equal([10, 20, 30], answers);
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => bad);
    }

    [Fact]
    public async Task Calls_fail_together_and_at_once_when_the_database_is_away()
    {
        var tries = 0;
        var mayFail = new TaskCompletionSource();
        await using var batcher = new Batcher<int, int>(
            async (_, _) =>
            {
                tries++;
                await mayFail.Task;
                throw new NpgsqlException("away", new IOException());
            }
        );
        var all = Enumerable.Range(1, 10).Select(i => batcher.EnqueueAsync(i, Token)).ToList();
        mayFail.SetResult();

        foreach (var one in all)
        {
            await Assert.ThrowsAsync<NpgsqlException>(() => one);
        }

        Assert.True(tries <= 2, $"{tries} flushes for ten calls that share one or two.");
    }

    [Fact]
    public async Task Caller_who_stops_waiting_does_not_stop_the_flush()
    {
        await using var batcher = new Batcher<int, int>(FlushAsync);
        using var impatience = new CancellationTokenSource();
        var abandoned = batcher.EnqueueAsync(1, impatience.Token);
        await impatience.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => abandoned);
        firstMayEnd.SetResult();

        Assert.Equal(20, await batcher.EnqueueAsync(2, Token));
        Assert.Contains(1, flushes.SelectMany(flush => flush));
    }

    [Fact]
    public async Task Disposal_answers_those_who_wait_and_takes_no_more()
    {
        var batcher = new Batcher<int, int>(FlushAsync);
        var all = Enumerable.Range(1, 20).Select(i => batcher.EnqueueAsync(i, Token)).ToList();
        firstMayEnd.SetResult();
        await batcher.DisposeAsync();

        Assert.Equal(20, flushes.Sum(flush => flush.Length));
        Assert.Equal(20, (await Task.WhenAll(all)).Length);
        await Assert.ThrowsAsync<ObjectDisposedException>(() => batcher.EnqueueAsync(21, Token));
    }

    private async Task<IReadOnlyList<int>> FlushAsync(IReadOnlyList<int> items, CancellationToken cancellationToken)
    {
        flushes.Add([.. items]);
        firstBegan.TrySetResult();
        await firstMayEnd.Task.WaitAsync(cancellationToken);
        ArgumentOutOfRangeException.ThrowIfNegative(items.Min(), nameof(items));
        return [.. items.Select(item => item * 10)];
    }

    private sealed class Kept : IAsyncDisposable
    {
        public Channel<bool> GivenBack { get; } = Channel.CreateUnbounded<bool>();

        public async ValueTask DisposeAsync() => await GivenBack.Writer.WriteAsync(true);
    }
}
