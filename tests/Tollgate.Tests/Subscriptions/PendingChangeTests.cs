using Tollgate.Stripe;
using Tollgate.Subscriptions;

namespace Tollgate.Tests.Subscriptions;

public sealed class PendingChangeTests
{
    [Fact]
    public void A_change_that_waits_is_shown_gates_nothing_and_is_synced_when_it_is_over()
    {
        var expires = Some.Start.AddHours(23);
        var waiting = Some.Subscription() with
        {
            PendingUpdate = new StripePendingUpdate(expires, [new StripePendingItem("si_1", "price_business", 5)]),
            LatestInvoice = Some.Invoice("open", Some.Line(isProration: true)) with
            {
                HostedInvoiceUrl = "https://invoice.stripe.com/i/1",
            },
        };
        var paid = Some.Projected(Some.Free, Some.Facts(Some.Subscription(), Some.Invoice()), Some.Start).After;

        var projected = Some.Projected(paid, Some.Facts(waiting, waiting.LatestInvoice), Some.Start);

        Assert.Equal(
            new PendingChange("price_business", 5, expires, "https://invoice.stripe.com/i/1"),
            projected.After.PendingChange
        );
        Assert.Equal(("team", 3), (projected.After.Plan, projected.After.Seats));
        Assert.Null(projected.After.PastDueSince);
        Assert.Equal(paid.Version + 1, projected.After.Version);
        Assert.Equal(expires.AddMinutes(5), projected.NextDueAt);
    }
}
