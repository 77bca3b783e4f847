namespace Tollgate.Catalog;

/// <summary>What an account may still do when the grace after a failed payment is over (decision S15).</summary>
public enum AfterGrace
{
    /// <summary>It is held to the free plan.</summary>
    FreeLimits,

    /// <summary>
    /// Nothing metered, until the payment method is updated or the subscription is cancelled; whoever cancels goes on
    /// as free. The tier is the free one, and pages and mails of the host say that it is closed.
    /// </summary>
    Blocked,
}
