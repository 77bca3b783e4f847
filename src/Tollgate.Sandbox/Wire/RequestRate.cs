namespace Tollgate.Sandbox.Wire;

/// <summary>Refuses requests beyond so many in any second of the machine's time; the refused do not count.</summary>
internal sealed class RequestRate(RateLimits? limits, TimeProvider machine)
{
    private static readonly TimeSpan Window = TimeSpan.FromSeconds(1);
    private readonly Queue<long> taken = new();
    private readonly Lock gate = new();

    public void Take()
    {
        if (limits is null)
        {
            return;
        }

        lock (gate)
        {
            var now = machine.GetTimestamp();
            while (taken.TryPeek(out var first) && machine.GetElapsedTime(first, now) >= Window)
            {
                taken.Dequeue();
            }

            if (taken.Count >= limits.RequestsPerSecond)
            {
                throw Refusal("global-rate");
            }

            taken.Enqueue(now);
        }
    }

    /// <param name="reason">What Stripe says in <c>Stripe-Rate-Limited-Reason</c>.</param>
    public static StripeException Refusal(string reason) =>
        new(
            429,
            "invalid_request_error",
            "Request rate limit exceeded. Learn more about rate limits here https://stripe.com/docs/rate-limits."
        )
        {
            Code = "rate_limit",
            RateLimitedReason = reason,
        };
}
