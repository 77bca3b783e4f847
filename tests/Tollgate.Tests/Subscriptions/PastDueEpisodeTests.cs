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
    [Trait("decision", "S2")]
    [Trait("invariant", "I11")]
    [InlineData("uncollectible")]
    [InlineData("void")]
    public void Only_money_ends_an_episode_not_an_invoice_that_is_given_up(string givenUp)
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
    [Trait("decision", "S2")]
    public void The_next_renewals_failure_starts_no_second_grace()
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
    [Trait("decision", "S4")]
    public void Money_for_the_first_of_two_open_periods_begins_the_episode_of_the_second()
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

    [Fact]
    [Trait("decision", "S4")]
    public void An_invoice_that_is_sent_starts_the_grace_when_it_was_due_and_not_when_it_was_sent()
    {
        var due = Some.PeriodEnd.AddDays(30);
        var sent = Sent(due);

        var before = Some.Projected(Some.Paying, sent, due.AddSeconds(-1));
        var overdue = Some.Projected(Some.Paying, sent, due.AddDays(3));
        var ended = Some.Projected(overdue.After, sent, due.AddDays(7));

        Assert.Equal((null, "team"), (before.After.PastDueSince, before.After.Plan));
        Assert.Equal((due, "team"), (overdue.After.PastDueSince, overdue.After.Plan));
        Assert.Equal((due, null), (ended.After.PastDueSince, ended.After.Plan));
        Assert.Equal(due, Some.Projected(Some.Free, sent, due.AddDays(60)).After.PastDueSince);
    }

    [Fact]
    [Trait("decision", "S4")]
    public void A_card_that_was_refused_before_the_due_date_of_a_sent_invoice_starts_no_grace()
    {
        var due = Some.PeriodEnd.AddDays(30);
        var tried = Sent(due) with { Invoices = [Sent(due).Invoices[0] with { AttemptCount = 2 }] };

        Assert.Null(Some.Projected(Some.Paying, tried, due.AddDays(-1)).After.PastDueSince);
    }

    private static StripeFacts Sent(DateTimeOffset due) =>
        Some.Facts(
            Some.Subscription("past_due"),
            Some.Invoice("open", Some.Line(Some.PeriodEnd.AddMonths(1))) with
            {
                AttemptCount = 0,
                FinalizedAt = FailedAt,
                DueDate = due,
            }
        );
}
