using Tollgate.Subscriptions;

namespace Tollgate.Tests.Subscriptions;

/// <summary>An episode of failed payment begins with a failure and ends with money, and with nothing else.</summary>
public sealed class PastDueEpisodeTests
{
    private static readonly DateTimeOffset FailedAt = Some.PeriodEnd.AddHours(1);

    private static SubscriptionState PastDue => Some.Projected(Some.Paying, FailedRenewal, FailedAt).After;

    private static StripeFacts FailedRenewal =>
        Some.Facts(
            Some.Subscription("past_due"),
            Some.Invoice("open", Some.Line(Some.PeriodEnd.AddMonths(1))) with
            {
                FinalizedAt = FailedAt,
            }
        );

    [Theory]
    [InlineData("uncollectible")]
    [InlineData("void")]
    public void S2_I11_only_money_ends_an_episode_not_an_invoice_that_is_given_up(string givenUp)
    {
        var facts = Some.Facts(
            Some.Subscription("past_due"),
            Some.Invoice(givenUp, Some.Line(Some.PeriodEnd.AddMonths(1)))
        );
        var projected = Some.Projected(PastDue, facts, FailedAt.AddDays(7));

        Assert.Equal(FailedAt, projected.After.PastDueSince);
        Assert.Null(projected.After.Plan);
    }

    [Fact]
    public void S2_the_next_renewals_failure_starts_no_second_grace()
    {
        var over = Some.Projected(PastDue, FailedRenewal, FailedAt.AddDays(7)).After;
        var next = Some.Facts(
            Some.Subscription("past_due"),
            Some.Invoice("open", Some.Line(Some.PeriodEnd.AddMonths(2))) with
            {
                FinalizedAt = FailedAt.AddMonths(1),
            }
        );

        Assert.Null(Some.Projected(over, next, FailedAt.AddMonths(1)).After.Plan);
    }

    [Fact]
    public void S4_money_for_the_first_of_two_open_periods_begins_the_episode_of_the_second()
    {
        var second = FailedAt.AddMonths(1);
        var facts = Some.Facts(
            Some.Subscription("past_due"),
            Some.Invoice("paid", Some.Line(Some.PeriodEnd.AddMonths(1))),
            Some.Invoice("open", Some.Line(Some.PeriodEnd.AddMonths(2))) with
            {
                Id = "in_2",
                FinalizedAt = second,
            }
        );

        Assert.Equal(second, Some.Projected(PastDue, facts, second).After.PastDueSince);
    }
}
