namespace Tollgate.Stripe;

/// <summary>How long the caller can wait for one call, all of its attempts together.</summary>
internal enum StripePatience
{
    /// <summary>30 seconds in total, 15 for one attempt: work that nobody watches.</summary>
    Job,

    /// <summary>10 seconds in total, 5 for one attempt: a person waits.</summary>
    Interactive,
}

internal static class StripePatienceLimits
{
    public static TimeSpan InTotal(this StripePatience patience) =>
        patience switch
        {
            StripePatience.Job => TimeSpan.FromSeconds(30),
            StripePatience.Interactive => TimeSpan.FromSeconds(10),
            _ => throw new ArgumentOutOfRangeException(nameof(patience), patience, "Not a time limit."),
        };

    /// <summary>Half of the total, so that a connection that hangs leaves time for a second one.</summary>
    public static TimeSpan PerAttempt(this StripePatience patience) => patience.InTotal() / 2;
}
