using System.Runtime.CompilerServices;

namespace Tollgate.Testing;

/// <summary>Waits for a condition instead of for a time.</summary>
public static class Eventually
{
    private static readonly TimeSpan PollDelay = TimeSpan.FromMilliseconds(20);

    /// <summary>Returns as soon as the condition holds.</summary>
    /// <param name="timeout">Null: 60 seconds, for a machine that others use as well.</param>
    /// <param name="what">What is waited for, said when it does not come; the condition's own text by default.</param>
    /// <exception cref="TimeoutException">It did not hold in time.</exception>
    public static async Task Async(
        Func<Task<bool>> condition,
        TimeSpan? timeout = null,
        CancellationToken ct = default,
        [CallerArgumentExpression(nameof(condition))] string what = ""
    )
    {
        var time = TimeProvider.System;
        var limit = timeout ?? TimeSpan.FromSeconds(60);
        var began = time.GetTimestamp();
        while (!await condition())
        {
            if (time.GetElapsedTime(began) > limit)
                throw new TimeoutException($"waited {limit.TotalSeconds} s in vain for: {what}");
            await Task.Delay(PollDelay, time, ct);
        }
    }

    /// <inheritdoc cref="Async(Func{Task{bool}}, TimeSpan?, CancellationToken, string)"/>
    public static Task Async(
        Func<bool> condition,
        TimeSpan? timeout = null,
        CancellationToken ct = default,
        [CallerArgumentExpression(nameof(condition))] string what = ""
    ) => Async(() => Task.FromResult(condition()), timeout, ct, what);
}
