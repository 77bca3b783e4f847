using Tollgate.Notifications;
using Tollgate.Outbox;
using Tollgate.Stripe;
using Tollgate.Subscriptions;

namespace Tollgate.Tests.Notifications;

public sealed class MailConditionTests
{
    private static readonly PaymentFailed Failed = new("1", Some.Start, Some.Start.AddDays(7));
    private static readonly PaymentRecovered Recovered = new("1", Some.PeriodEnd);
    private static readonly SubscriptionState PastDue = Some.Paying with { PastDueSince = Some.Start };

    [Fact]
    [Trait("fault", "F90")]
    public void A_mail_about_an_earlier_episode_is_superseded_by_a_new_one()
    {
        Assert.True(IsSent(Failed, PastDue));
        Assert.False(IsSent(Failed, PastDue with { PastDueSince = Some.Start.AddDays(3) }));
        Assert.False(IsSent(Failed, Some.Paying));
    }

    [Fact]
    public void A_mail_of_the_grace_is_not_sent_when_the_grace_is_over()
    {
        Assert.True(IsSent(Failed, PastDue, now: Failed.GraceEndsAt.AddSeconds(-1)));
        Assert.False(IsSent(Failed, PastDue, now: Failed.GraceEndsAt));
    }

    [Fact]
    public void A_recovery_is_mailed_to_those_who_were_notified_of_the_failure_only()
    {
        Assert.True(IsSent(Recovered, Some.Paying, failureNotified: true));
        Assert.False(IsSent(Recovered, Some.Paying));
        Assert.False(IsSent(Recovered, PastDue, failureNotified: true));
    }

    [Fact]
    public void Who_was_notified_that_the_plan_was_paused_gets_one_mail_when_it_is_back() =>
        Assert.False(IsSent(Recovered, Some.Paying, failureNotified: true, endNotified: true));

    [Fact]
    [Trait("fault", "F93")]
    public void The_end_of_a_plan_is_mailed_while_there_is_none()
    {
        var ended = new AccessEnded("1", "team", "payment_failed");
        Assert.True(IsSent(ended, Some.Free));
        Assert.False(IsSent(ended, Some.Paying));
    }

    [Fact]
    public void A_mark_of_the_limit_is_mailed_while_the_limit_and_its_window_hold()
    {
        var end = Some.Start.AddDays(30);
        var reached = new UsageReached("1", "fix", 80, Used: 4, Limit: 5, end, Some.Start);
        Assert.True(IsSent(reached, Some.Free));
        Assert.False(IsSent(reached, Some.Paying));
        Assert.False(IsSent(reached, Some.Free, now: end));
    }

    [Theory]
    [InlineData("open", "subscription_cycle", true)]
    [InlineData("paid", "subscription_cycle", false)]
    [InlineData("void", "subscription_cycle", false)]
    [InlineData("open", "subscription_create", false)]
    public void A_payment_is_to_be_confirmed_while_it_is_open_and_not_on_the_page_of_checkout(
        string status,
        string billingReason,
        bool isSent
    )
    {
        var invoice = Some.Invoice(status) with { BillingReason = billingReason };
        Assert.Equal(isSent, IsSent(new PaymentActionRequired("in_1", null), PastDue, invoice: invoice));
    }

    [Fact]
    public void A_newer_mail_of_the_episode_takes_the_place_of_an_older_one() =>
        Assert.NotNull(
            MailCondition.Supersedes(
                Failed,
                new MailSituation(PastDue, true, false, false, null),
                Some.Catalog,
                Some.Start
            )
        );

    [Fact]
    public void The_mails_of_a_grace_are_due_by_its_first_failure_and_differ_in_their_occurrence()
    {
        var options = new MailOptions { GraceMailsAfter = [TimeSpan.Zero, TimeSpan.FromDays(4)] };

        var due = DueMails.Of(Failed, options, now: Some.Start.AddDays(5));

        Assert.Equal([Some.Start, Some.Start.AddDays(4)], due.Select(mail => mail.DueAt));
        Assert.Equal(["1+0m", "1+5760m"], due.Select(mail => mail.Occurrence));
        Assert.Empty(DueMails.Of(new AlertRaised("1", "any", ""), options, Some.Start));
    }

    private static bool IsSent(
        Effect about,
        SubscriptionState state,
        bool failureNotified = false,
        bool endNotified = false,
        StripeInvoice? invoice = null,
        DateTimeOffset? now = null
    ) =>
        MailCondition.Supersedes(
            about,
            new MailSituation(state, NewerIsDue: false, failureNotified, endNotified, invoice),
            Some.Catalog,
            now ?? Some.Start
        )
            is null;
}
