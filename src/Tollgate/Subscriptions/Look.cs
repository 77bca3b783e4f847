using Tollgate.Effects;

namespace Tollgate.Subscriptions;

/// <summary>One look at an account: what was, what Stripe said, and what follows from it.</summary>
internal sealed record Look(SubscriptionState Before, StripeFacts Facts, Projection Projection)
{
    /// <summary>Those claimed before Stripe was asked.</summary>
    public IReadOnlyList<ClaimedEvent> Events { get; init; } = [];

    /// <summary>What made us look, for the audit.</summary>
    public string Cause { get; init; } = string.Empty;

    public IReadOnlyList<Effect> Effects =>
        Projection switch
        {
            Projection.Projected projected => [.. projected.Effects, .. EventOutcomes.AlertsFor(Facts.OddObjects)],
            Projection.SetAside aside =>
            [
                new AlertRaised($"{aside.Reason}:{aside.Detail}", aside.Reason, aside.Detail),
                .. EventOutcomes.AlertsFor(Facts.OddObjects),
            ],
            _ => throw new InvalidOperationException("The set of projections is closed."),
        };

    public IReadOnlyList<SettledEvent> Settled => EventOutcomes.Of(Events, Projection, Facts.OddObjects);

    /// <summary>Reasons for alerts that a look like this one would have found again if they still held.</summary>
    public IReadOnlyList<string> MendedReasons =>
        Projection is not Projection.Projected || !Facts.HasSeenAll && Facts.Subscription is null ? []
        : Facts.HasSeenAll ? [.. EventOutcomes.OfTheProjected, EventOutcomes.DoubleBilling]
        : EventOutcomes.OfTheProjected;
}
