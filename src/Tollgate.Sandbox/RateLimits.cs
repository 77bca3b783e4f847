namespace Tollgate.Sandbox;

/// <summary>
/// How much a Sandbox takes before it answers 429. The defaults are Stripe's own for its test environments.
/// </summary>
public sealed record RateLimits
{
    /// <summary>API requests in any second of the machine's time.</summary>
    public int RequestsPerSecond { get; init; } = 25;

    /// <summary>New invoices of one subscription in a minute of Sandbox time.</summary>
    public int InvoicesPerMinute { get; init; } = 10;

    /// <summary>New invoices of one subscription in a day of Sandbox time.</summary>
    public int InvoicesPerDay { get; init; } = 20;

    /// <summary>Changes of one subscription's quantity in an hour of Sandbox time.</summary>
    public int QuantityChangesPerHour { get; init; } = 200;
}
