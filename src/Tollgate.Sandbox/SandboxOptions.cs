namespace Tollgate.Sandbox;

/// <summary>What Stripe does with a subscription when the last automatic attempt to collect has failed.</summary>
public enum AfterLastRetry
{
    /// <summary>The subscription is canceled (Stripe's default).</summary>
    Cancel,

    /// <summary>It becomes unpaid; later invoices stay drafts.</summary>
    MarkUnpaid,

    /// <summary>It stays past due.</summary>
    LeavePastDue,
}

/// <summary>The same in words, for settings and arguments.</summary>
public static class AfterLastRetries
{
    /// <summary><c>cancel</c>, <c>unpaid</c> and <c>past_due</c>.</summary>
    public static IReadOnlyDictionary<string, AfterLastRetry> Names { get; } =
        new Dictionary<string, AfterLastRetry>
        {
            ["cancel"] = AfterLastRetry.Cancel,
            ["unpaid"] = AfterLastRetry.MarkUnpaid,
            ["past_due"] = AfterLastRetry.LeavePastDue,
        };
}

/// <summary>How a Sandbox is to run. All members have defaults.</summary>
public sealed record SandboxOptions
{
    /// <summary>TCP port on 127.0.0.1. Default 0: any free one.</summary>
    public int Port { get; init; }

    /// <summary>Folder of the journal. Default null: in memory only.</summary>
    public string? DataDirectory { get; init; }

    /// <summary>
    /// A fixtures file, in the format of <c>stripe fixtures</c>, that fills the Sandbox at its start if nothing is in
    /// it. Default null: it begins empty.
    /// </summary>
    public string? SeedFile { get; init; }

    /// <summary>
    /// Sandbox time at the very first start. Default null: the machine's time. A journal's time wins.
    /// </summary>
    public DateTimeOffset? StartAt { get; init; }

    /// <summary>
    /// When a failed renewal is charged again, counted from its first failure. Default: eight tries within two weeks,
    /// Stripe's recommendation.
    /// </summary>
    public IReadOnlyList<TimeSpan> PaymentRetries { get; init; } =
    [
        TimeSpan.FromDays(1),
        TimeSpan.FromDays(2),
        TimeSpan.FromDays(4),
        TimeSpan.FromDays(6),
        TimeSpan.FromDays(8),
        TimeSpan.FromDays(10),
        TimeSpan.FromDays(12),
        TimeSpan.FromDays(14),
    ];

    /// <summary>What follows the last of them. Default: cancel.</summary>
    public AfterLastRetry AfterLastRetry { get; init; }

    /// <summary>
    /// When requests are answered 429. Default null: never. <c>new RateLimits()</c> has Stripe's own numbers.
    /// </summary>
    public RateLimits? RateLimits { get; init; }

    /// <summary>
    /// How many webhooks are on their way to one endpoint at a time. Default 8. With 1 each waits for the answer to the
    /// one before, so that they arrive in the order in which they were sent.
    /// </summary>
    public int DeliveriesAtOnce { get; init; } = 8;

    /// <summary>Machine time: signatures, time-outs, and the base of Sandbox time.</summary>
    public TimeProvider Machine { get; init; } = TimeProvider.System;
}
