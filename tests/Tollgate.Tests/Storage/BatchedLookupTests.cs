using Tollgate.Storage;

namespace Tollgate.Tests.Storage;

/// <summary>
/// Look-ups that come together are one statement, and each is answered what was there after it was asked.
/// </summary>
public sealed class BatchedLookupTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Those_that_wait_for_a_statement_go_together_into_the_next_each_key_once()
    {
        var asked = new List<string>();
        var first = new TaskCompletionSource();
        var begun = new TaskCompletionSource();
        await using var lookup = new BatchedLookup<string, int>(
            async (keys, _) =>
            {
                asked.Add(string.Join(' ', keys.Order(StringComparer.Ordinal)));
                begun.TrySetResult();
                await first.Task;
                return keys.Where(key => key != "none").ToDictionary(key => key, key => key.Length);
            }
        );

        var alone = lookup.FindAsync("alone", Token);
        await begun.Task.WaitAsync(Token);
        Task<int>[] together =
        [
            lookup.FindAsync("a", Token),
            lookup.FindAsync("none", Token),
            lookup.FindAsync("a", Token),
        ];
        first.SetResult();

        Assert.Equal(5, await alone);
        int[] found = await Task.WhenAll(together);
        Assert.Equal([1, 0, 1], found);
        Assert.Equal(["alone", "a none"], asked);
    }

    [Fact]
    public async Task An_answer_is_never_older_than_its_question()
    {
        var stored = 1;
        var first = new TaskCompletionSource();
        var begun = new TaskCompletionSource();
        await using var lookup = new BatchedLookup<string, int>(
            async (keys, _) =>
            {
                var read = stored;
                begun.TrySetResult();
                await first.Task;
                return keys.ToDictionary(key => key, _ => read);
            }
        );

        var before = lookup.FindAsync("key", Token);
        await begun.Task.WaitAsync(Token);
        stored = 2;
        var after = lookup.FindAsync("key", Token);
        first.SetResult();

        Assert.Equal((1, 2), (await before, await after));
    }

    [Fact]
    public async Task A_statement_that_fails_for_one_key_fails_that_key_alone()
    {
        var first = new TaskCompletionSource();
        await using var lookup = new BatchedLookup<string, string>(
            async (keys, _) =>
            {
                await first.Task;
                return keys.Contains("bad")
                    ? throw new InvalidOperationException("bad")
                    : keys.ToDictionary(key => key, key => key);
            }
        );

        var opening = lookup.FindAsync("opening", Token);
        Task<string?>[] together = [lookup.FindAsync("good", Token), lookup.FindAsync("bad", Token)];
        first.SetResult();

        Assert.Equal("opening", await opening);
        Assert.Equal("good", await together[0]);
        await Assert.ThrowsAsync<InvalidOperationException>(() => together[1]);
    }
}
