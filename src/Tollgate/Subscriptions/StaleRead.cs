using Tollgate.Stripe;

namespace Tollgate.Subscriptions;

/// <summary>
/// A part of an account that Stripe would not say, while the plan rests on what it did say: the part stays as it was,
/// is marked in the row, asked for again, and an alert says so.
/// </summary>
/// <param name="Part">One of <see cref="Entitlements"/> and <see cref="Refunds"/>.</param>
/// <param name="Reason">Why, in one word of a closed set: <c>permission_denied</c>.</param>
/// <param name="IsPassing">Asked again soon; else somebody has to repair it first.</param>
internal sealed record StaleRead(string Part, string Reason, bool IsPassing)
{
    /// <summary>Which features Stripe grants.</summary>
    public const string Entitlements = "entitlements";

    /// <summary>Refunds and disputes.</summary>
    public const string Refunds = "refunds";

    private const string Alert = "_stale";
    private static readonly TimeSpan Soon = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan Later = TimeSpan.FromHours(1);

    /// <summary>Reasons of the alerts.</summary>
    public static readonly IReadOnlyList<string> Alerts = [Entitlements + Alert, Refunds + Alert];

    public string AlertReason => Part + Alert;

    public static StaleRead Of(string part, StripeRefusal refusal) =>
        new(part, StripeOutcome.Of(refusal), refusal.IsTransient);

    /// <summary>How long to wait before the stale parts are asked for again; null when none is.</summary>
    public static TimeSpan? RetryAfter(IReadOnlyCollection<StaleRead>? stale) =>
        stale is null or { Count: 0 } ? null
        : stale.Any(read => read.IsPassing) ? Soon
        : Later;
}
