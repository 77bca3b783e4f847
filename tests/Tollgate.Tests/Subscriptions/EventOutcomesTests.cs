using System.Collections.Frozen;
using Tollgate.Inbox;
using Tollgate.Subscriptions;

namespace Tollgate.Tests.Subscriptions;

public sealed class EventOutcomesTests
{
    private static readonly FrozenSet<string> Nothing = FrozenSet<string>.Empty;

    private static readonly ClaimedEvent[] Three =
    [
        new("evt_paid", "invoice.paid", "in_1", "sub_current", 1),
        new("evt_other", "customer.subscription.updated", "sub_other", "sub_other", 1),
        new("evt_features", "entitlements.active_entitlement_summary.updated", null, null, 1),
    ];

    [Fact]
    [Trait("fault", "F14")]
    [Trait("fault", "F15")]
    public void An_unreadable_object_quarantines_the_events_that_name_it_and_no_other()
    {
        var projected = new Projection.Projected(Some.Paying, [], NextDueAt: null);

        Assert.Equal(
            [new("evt_paid", "quarantined_object"), new("evt_other", null), new("evt_features", null)],
            EventOutcomes.Of(Three, projected, FrozenSet.Create("in_1"))
        );
        Assert.Equal(
            [new("evt_paid", null), new("evt_other", "quarantined_object"), new("evt_features", null)],
            EventOutcomes.Of(Three, projected, FrozenSet.Create("sub_other"))
        );
    }

    [Fact]
    [Trait("fault", "F53")]
    public void A_quarantined_current_subscription_does_not_quarantine_the_event_of_another() =>
        Assert.Equal(
            [new("evt_paid", "unknown_price"), new("evt_other", null), new("evt_features", "unknown_price")],
            EventOutcomes.Of(Three, new Projection.Quarantined("unknown_price", "price_1", "sub_current"), Nothing)
        );
}
