using Tollgate.Subscriptions;

namespace Tollgate.Tests.Subscriptions;

/// <summary>What was paid on any subscription of the account counts (decision S1).</summary>
public sealed class PaidThroughTests
{
    [Fact]
    [Trait("decision", "S1")]
    public void What_an_ended_subscription_paid_counts_for_the_plan_of_the_next()
    {
        var year = Some.Start.AddYears(1);
        var facts = Some.Facts(
            Some.Subscription("canceled", "price_business"),
            Some.Invoice(),
            Some.Invoice("paid", Some.Line(year, subscription: "sub_former"))
        ) with
        {
            Others = ["sub_former"],
        };
        var projected = Some.Projected(Some.Free, facts, Some.PeriodEnd.AddDays(1));

        Assert.Equal(year, projected.After.PaidThrough);
        Assert.Equal("business", projected.After.Plan);
    }

    [Fact]
    [Trait("invariant", "I08")]
    public void A_failed_renewal_does_not_end_what_an_earlier_subscription_paid()
    {
        var failed = Some.Invoice("open", Some.Line(Some.PeriodEnd.AddMonths(1)));
        var year = Some.Start.AddYears(1);
        var facts = Some.Facts(
            Some.Subscription("past_due"),
            failed,
            Some.Invoice("paid", Some.Line(year, subscription: "sub_former"))
        ) with
        {
            Others = ["sub_former"],
        };
        var pastDue = Some.Projected(Some.Free, facts, Some.Start.AddMonths(2)).After;

        Assert.Equal("team", pastDue.Plan);
        Assert.Equal(year, AccessPeriod.EndOf(pastDue, Some.Catalog));
    }
}
