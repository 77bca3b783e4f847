using Tollgate.Stripe;
using Tollgate.Subscriptions;

namespace Tollgate.Tests.Subscriptions;

public sealed class InvoicesToListTests
{
    [Fact]
    public void A_renewal_that_is_the_latest_invoice_needs_no_list() =>
        Assert.Empty(InvoicesToList.Of(Renewed(1), Some.PeriodEnd, [Renewal("paid", 1)]));

    [Fact]
    public void A_renewal_that_failed_needs_the_open_ones_alone() =>
        Assert.Equal(["open"], InvoicesToList.Of(Renewed(1, "past_due"), Some.PeriodEnd, [Renewal("open", 1)]));

    [Fact]
    public void A_paid_renewal_whose_events_were_lost_is_read_when_the_next_one_fails() =>
        Assert.Equal(["open", "paid"], InvoicesToList.Of(Renewed(2, "past_due"), Some.PeriodEnd, [Renewal("open", 2)]));

    [Fact]
    public void An_old_renewal_that_was_never_paid_hides_no_later_one_that_was() =>
        Assert.Equal(
            ["open", "paid"],
            InvoicesToList.Of(
                Renewed(4, "past_due"),
                Some.PeriodEnd.AddMonths(2),
                [Renewal("open", 1), Renewal("open", 4)]
            )
        );

    [Fact]
    public void A_subscription_of_which_no_money_was_seen_needs_the_paid_ones() =>
        Assert.Equal(["paid"], InvoicesToList.Of(Renewed(1), paidThrough: null, [Renewal("draft", 1)]));

    [Fact]
    public void An_ended_one_that_cannot_have_paid_for_more_than_is_known_is_not_asked_about()
    {
        Assert.False(InvoicesToList.MayExceed(Renewed(1, "canceled"), Some.PeriodEnd.AddMonths(1)));
        Assert.True(InvoicesToList.MayExceed(Renewed(1, "canceled"), Some.PeriodEnd));
        Assert.False(InvoicesToList.MissesPaidTime(Renewed(1, "canceled"), Some.PeriodEnd, [Renewal("void", 1)]));
        Assert.True(InvoicesToList.MissesPaidTime(Renewed(1, "canceled"), Some.PeriodEnd, []));
    }

    private static StripeSubscription Renewed(int months, string status = "active")
    {
        var subscription = Some.Subscription(status);
        return subscription with
        {
            Items = [subscription.Items[0] with { CurrentPeriodEnd = Some.PeriodEnd.AddMonths(months) }],
        };
    }

    private static StripeInvoice Renewal(string status, int month) =>
        Some.Invoice(
            status,
            Some.Line(Some.PeriodEnd.AddMonths(month)) with
            {
                PeriodStart = Some.PeriodEnd.AddMonths(month - 1),
            }
        );
}
