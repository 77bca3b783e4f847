using Tollgate.Inbox;
using Tollgate.Outbox;

namespace Tollgate.Subscriptions;

/// <summary>One sync of an account: the state before, what Stripe answered, and what follows from it.</summary>
internal sealed record SyncResult(SubscriptionState Before, StripeFacts Facts, Projection Projection)
{
    /// <summary>Those claimed before Stripe was asked.</summary>
    public IReadOnlyList<ClaimedEvent> Events { get; init; } = [];

    /// <summary>What caused the sync, for the audit.</summary>
    public string Cause { get; init; } = string.Empty;

    public IReadOnlyList<Effect> Effects =>
        Projection switch
        {
            Projection.Projected projected =>
            [
                .. projected.Effects,
                .. EventOutcomes.AlertsFor(Facts.QuarantinedObjects),
            ],
            Projection.Quarantined quarantined =>
            [
                new AlertRaised($"{quarantined.Reason}:{quarantined.Detail}", quarantined.Reason, quarantined.Detail),
                .. EventOutcomes.AlertsFor(Facts.QuarantinedObjects),
            ],
            _ => throw new InvalidOperationException("The set of projections is closed."),
        };

    public IReadOnlyList<SettledEvent> Settled => EventOutcomes.Of(Events, Projection, Facts.QuarantinedObjects);

    /// <summary>Reasons for alerts that this sync would have raised again if they still held.</summary>
    public IReadOnlyList<string> ResolvedReasons =>
        Projection is not Projection.Projected || !Facts.HasSeenAll && Facts.Subscription is null ? []
        : Facts.HasSeenAll ? [.. EventOutcomes.OfTheProjected, EventOutcomes.DoubleBilling]
        : EventOutcomes.OfTheProjected;
}
