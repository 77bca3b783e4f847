using Tollgate.Stripe;

namespace Tollgate.Tests.Stripe;

/// <summary>Moves a fake clock through the pauses of a client that tries again.</summary>
internal static class StripePauses
{
    /// <summary>Waits until the client pauses before its next attempt; answers what is left of the pause.</summary>
    public static Task<TimeSpan> WhenPausing(
        this FakeTime time,
        StripePatience patience,
        CancellationToken cancellationToken
    ) =>
        // the other timers are those of the call and of the attempt under way
        time.WhenTimer(length => length != patience.InTotal() && length != patience.PerAttempt(), cancellationToken);

    /// <summary>Shortens every pause until the call is at its end.</summary>
    public static async Task<T> Through<T>(
        this FakeTime time,
        Task<T> call,
        StripePatience patience,
        CancellationToken cancellationToken
    )
    {
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        while (true)
        {
            var pause = time.WhenPausing(patience, ended.Token);
            if (await Task.WhenAny(call, pause) == call)
            {
                await ended.CancelAsync();
                return await call;
            }

            time.Advance(await pause);
        }
    }
}
