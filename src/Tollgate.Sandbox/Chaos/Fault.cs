namespace Tollgate.Sandbox.Chaos;

/// <summary>What can be made to go wrong. The API writes the names in snake case (<c>lose_answer</c>).</summary>
public enum Fault
{
    /// <summary>An event never came to be: it is neither delivered nor in <c>/v1/events</c>.</summary>
    Hide,

    /// <summary>The same change becomes two events, with two ids.</summary>
    Clone,

    /// <summary>
    /// <c>created</c> is the first second of a span of <see cref="ChaosRule.By"/> (default a minute), so that events of
    /// one span are equally old.
    /// </summary>
    SameSecond,

    /// <summary>A delivery is never made; the event stays undelivered in <c>/v1/events</c>.</summary>
    Drop,

    /// <summary>The same event is delivered once more, <see cref="ChaosRule.By"/> later (default at once).</summary>
    Duplicate,

    /// <summary>A delivery begins <see cref="ChaosRule.By"/> later, in Sandbox time (default a minute).</summary>
    Delay,

    /// <summary>
    /// Deliveries to an endpoint are held until there are <see cref="ChaosRule.Window"/> of them, then go out in an
    /// order drawn by the seed. They also go when somebody waits for deliveries, or after <see cref="ChaosRule.By"/> of
    /// Sandbox time (default a minute).
    /// </summary>
    Reorder,

    /// <summary>The body is as <see cref="ChaosRule.ApiVersion"/> wrote it.</summary>
    OtherVersion,

    /// <summary>The body says <c>livemode: true</c>.</summary>
    LiveMode,

    /// <summary>429 before anything was done.</summary>
    RateLimit,

    /// <summary>429 <c>lock_timeout</c>: another request has the object.</summary>
    LockTimeout,

    /// <summary>403: the key is a restricted one, and may not do this.</summary>
    Forbid,

    /// <summary>500 before anything was done; not kept under the idempotency key.</summary>
    Fail,

    /// <summary>500 before anything was done, kept under the idempotency key.</summary>
    FailForKey,

    /// <summary>All is done, and the answer is a 500, kept under the idempotency key.</summary>
    FailAfterCommit,

    /// <summary>All is done, and the connection is cut instead of an answer.</summary>
    LoseAnswer,

    /// <summary>All is done, and no answer ever comes.</summary>
    NeverAnswer,

    /// <summary>The request waits for <see cref="ChaosRule.By"/> of machine time (default a second) first.</summary>
    Slow,

    /// <summary>
    /// A GET reads each object as it was before its last change, if that was no longer than <see cref="ChaosRule.By"/>
    /// of Sandbox time ago (default: however long). Former versions are kept from the moment such a rule exists.
    /// </summary>
    StaleRead,
}
