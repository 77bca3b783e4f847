using Tollgate.Access;
using Tollgate.Outbox;
using Tollgate.Subscriptions;

namespace Tollgate.Tests.Subscriptions;

public sealed class SubscriptionProjectionTests
{
    private static readonly DateTimeOffset FailedAt = Some.PeriodEnd.AddHours(1);

    private static SubscriptionState PastDue => Some.Projected(Some.Paying, FailedRenewal("past_due"), FailedAt).After;

    private static StripeFacts FailedRenewal(string status) =>
        Some.Facts(
            Some.Subscription(status),
            Some.Invoice("open", Some.Line(Some.PeriodEnd.AddMonths(1))) with
            {
                FinalizedAt = FailedAt,
            }
        );

    [Fact]
    public void Paid_first_invoice_provisions_the_plan()
    {
        var projected = Some.Projected(Some.Free, Some.Facts(Some.Subscription(), Some.Invoice()), Some.Start);

        Assert.Equal(
            ("team", SubscriptionStatus.Active, 3),
            (projected.After.Plan, projected.After.Status, projected.After.Seats)
        );
        Assert.Equal(Some.PeriodEnd, projected.After.PaidThrough);
        Assert.Single(projected.Effects.OfType<PlanActivated>());
    }

    [Fact]
    public void The_same_facts_again_change_nothing_and_tell_nobody()
    {
        var facts = Some.Facts(Some.Subscription(), Some.Invoice());
        var again = Some.Projected(Some.Paying, facts, Some.Start.AddHours(1));

        Assert.True(again.After.HasSameContentAs(Some.Paying));
        Assert.Equal(Some.Paying.Version, again.After.Version);
        Assert.Empty(again.Effects);
    }

    [Fact]
    public void Incomplete_is_held_at_free()
    {
        var facts = Some.Facts(Some.Subscription("incomplete"), Some.Invoice("open"));
        var projected = Some.Projected(Some.Free, facts, Some.Start);

        Assert.Equal((null, SubscriptionStatus.Incomplete), (projected.After.Plan, projected.After.Status));
        Assert.DoesNotContain(projected.Effects, effect => effect is PaymentFailed or PlanActivated);
    }

    [Fact]
    [Trait("decision", "S1")]
    public void The_period_that_stripe_moved_before_the_money_came_is_not_paid_through()
    {
        var moved = Some.Subscription() with
        {
            Items = [Some.Subscription().Items[0] with { CurrentPeriodEnd = Some.PeriodEnd.AddMonths(1) }],
        };
        var draft = Some.Invoice("draft", Some.Line(Some.PeriodEnd.AddMonths(1)));

        var after = Some.Projected(Some.Paying, Some.Facts(moved, draft), Some.PeriodEnd).After;

        Assert.Equal(Some.PeriodEnd, after.PaidThrough);
        Assert.Equal("team", after.Plan);
    }

    [Fact]
    [Trait("decision", "S3")]
    [Trait("fault", "F40")]
    public void A_proration_invoice_moves_no_period()
    {
        var proration = Some.Invoice("paid", Some.Line(Some.PeriodEnd.AddYears(1), isProration: true));

        Assert.Equal(
            Some.PeriodEnd,
            Some.Projected(Some.Paying, Some.Facts(Some.Subscription(), proration), Some.Start).After.PaidThrough
        );
    }

    [Fact]
    [Trait("fault", "F38")]
    public void The_base_line_counts_although_prorations_come_first()
    {
        var end = Some.PeriodEnd.AddMonths(1);
        var renewal = Some.Invoice("paid", Some.Line(Some.PeriodEnd, isProration: true), Some.Line(end));

        Assert.Equal(
            end,
            Some.Projected(Some.Paying, Some.Facts(Some.Subscription(), renewal), Some.PeriodEnd).After.PaidThrough
        );
    }

    [Fact]
    [Trait("fault", "F41")]
    public void An_older_paid_invoice_never_moves_paid_through_back()
    {
        var older = Some.Invoice("paid", Some.Line(Some.Start.AddDays(-1)));

        Assert.Equal(
            Some.PeriodEnd,
            Some.Projected(Some.Paying, Some.Facts(Some.Subscription(), older), Some.Start).After.PaidThrough
        );
    }

    [Fact]
    [Trait("fault", "F43")]
    public void Another_subscriptions_line_is_not_ours()
    {
        var other = Some.Invoice("paid", Some.Line(Some.PeriodEnd.AddYears(1), subscription: "sub_other"));

        Assert.Equal(
            Some.PeriodEnd,
            Some.Projected(Some.Paying, Some.Facts(Some.Subscription(), other), Some.Start).After.PaidThrough
        );
    }

    [Theory]
    [Trait("decision", "W6")]
    [InlineData("price_enterprise_by_hand")]
    [InlineData("price_")]
    public void An_unknown_price_is_quarantined_and_changes_nothing(string price)
    {
        var projection = SubscriptionProjection.Project(
            Some.Paying,
            Some.Facts(Some.Subscription(price: price), Some.Invoice()),
            Some.Catalog,
            Some.Prices,
            Some.Start
        );

        Assert.Equal("unknown_price", Assert.IsType<Projection.Quarantined>(projection).Reason);
    }

    [Fact]
    [Trait("decision", "W6")]
    public void A_status_that_was_not_invented_yet_is_quarantined()
    {
        var facts = Some.Facts(Some.Subscription("hibernating"), Some.Invoice());
        var projection = SubscriptionProjection.Project(Some.Paying, facts, Some.Catalog, Some.Prices, Some.Start);

        Assert.Equal("unknown_status", Assert.IsType<Projection.Quarantined>(projection).Reason);
    }

    [Fact]
    public void A_retired_price_keeps_its_plan() =>
        Assert.Equal(
            "team",
            Some.Projected(
                Some.Free,
                Some.Facts(Some.Subscription(price: "price_team_old"), Some.Invoice()),
                Some.Start
            ).After.Plan
        );

    [Fact]
    [Trait("decision", "S4")]
    public void Grace_starts_at_the_first_failure_and_is_not_restarted_by_the_next()
    {
        var second = Some.Facts(
            Some.Subscription("past_due"),
            Some.Invoice("open", Some.Line(Some.PeriodEnd.AddMonths(1))) with
            {
                FinalizedAt = FailedAt,
                AttemptCount = 2,
            }
        );

        var first = Some.Projected(Some.Paying, FailedRenewal("past_due"), FailedAt);
        var then = Some.Projected(first.After, second, FailedAt.AddDays(3));

        Assert.Equal(FailedAt, first.After.PastDueSince);
        Assert.Single(first.Effects.OfType<PaymentFailed>());
        Assert.Equal(FailedAt, then.After.PastDueSince);
        Assert.DoesNotContain(then.Effects, effect => effect is PaymentFailed);
    }

    [Fact]
    [Trait("decision", "S4")]
    public void A_declined_seat_charge_starts_no_grace()
    {
        var seats = Some.Invoice("open", Some.Line(isProration: true));
        var after = Some.Projected(Some.Paying, Some.Facts(Some.Subscription("past_due"), seats), Some.Start).After;

        Assert.Null(after.PastDueSince);
        Assert.Equal("team", after.Plan);
        Assert.Equal(DateTimeOffset.MaxValue, AccessPeriod.EndOf(after, Some.Catalog));
    }

    [Fact]
    public void Access_goes_on_for_seven_whole_days_and_then_the_plan_is_free()
    {
        var lastMoment = Some.Projected(PastDue, FailedRenewal("past_due"), FailedAt.AddDays(7).AddSeconds(-1));
        var over = Some.Projected(lastMoment.After, FailedRenewal("past_due"), FailedAt.AddDays(7));

        Assert.Equal("team", lastMoment.After.Plan);
        Assert.Null(over.After.Plan);
        Assert.Equal("payment_failed", Assert.Single(over.Effects.OfType<AccessEnded>()).Reason);
    }

    [Fact]
    public void Recovery_within_grace_keeps_access_and_clears_the_episode()
    {
        var renewed = Some.Facts(Some.Subscription(), Some.Invoice("paid", Some.Line(Some.PeriodEnd.AddMonths(1))));
        var projected = Some.Projected(PastDue, renewed, FailedAt.AddDays(2));

        Assert.Null(projected.After.PastDueSince);
        Assert.Equal("team", projected.After.Plan);
        Assert.Single(projected.Effects.OfType<PaymentRecovered>());
        Assert.DoesNotContain(projected.Effects, effect => effect is PlanActivated);
    }

    [Theory]
    [Trait("fault", "F46")]
    [Trait("decision", "S2")]
    [InlineData("unpaid")]
    [InlineData("canceled")]
    public void A_later_unpaid_or_canceled_opens_nothing_after_the_grace(string status)
    {
        var over = Some.Projected(PastDue, FailedRenewal("past_due"), FailedAt.AddDays(8)).After;
        var later = Some.Projected(over, FailedRenewal(status), FailedAt.AddDays(14)).After;

        Assert.Null(later.Plan);
    }

    [Fact]
    public void Canceled_subscription_keeps_access_until_paid_through()
    {
        var canceled = Some.Facts(Some.Subscription("canceled"), Some.Invoice());
        var now = Some.Projected(Some.Paying, canceled, Some.Start.AddDays(3));
        var then = Some.Projected(now.After, canceled, Some.PeriodEnd);

        Assert.Equal(("team", SubscriptionStatus.Canceled), (now.After.Plan, now.After.Status));
        Assert.Equal(Some.PeriodEnd, now.NextDueAt);
        Assert.Null(then.After.Plan);
        Assert.Equal("subscription_ended", Assert.Single(then.Effects.OfType<AccessEnded>()).Reason);
    }

    [Fact]
    public void Scheduled_cancellation_is_shown_as_the_end_and_undone()
    {
        var ending = Some.Subscription() with { CancelAtPeriodEnd = true };
        var flexible = Some.Subscription() with { CancelAt = Some.PeriodEnd.AddDays(-2) };

        Assert.Equal(
            Some.PeriodEnd,
            Some.Projected(Some.Paying, Some.Facts(ending, Some.Invoice()), Some.Start).After.EndsAt
        );
        Assert.Equal(
            Some.PeriodEnd.AddDays(-2),
            Some.Projected(Some.Paying, Some.Facts(flexible), Some.Start).After.EndsAt
        );
        Assert.Null(
            Some.Projected(Some.Paying, Some.Facts(Some.Subscription(), Some.Invoice()), Some.Start).After.EndsAt
        );
    }

    [Fact]
    [Trait("decision", "S8")]
    public void Active_is_never_denied_because_a_local_date_passed()
    {
        var decision = AccessDecision.Of(Some.Paying, Some.Catalog, Some.PeriodEnd.AddHours(72));

        Assert.Null(decision.Denial);
        Assert.Equal("team", decision.Plan.Id);
    }

    [Fact]
    [Trait("decision", "S9")]
    public void An_old_row_extends_the_grace_with_a_mark_and_no_longer_than_72_hours()
    {
        var graceEnd = FailedAt.AddDays(7);
        var old = PastDue;
        var verified = old with { VerifiedAt = graceEnd.AddHours(-1) };

        Assert.True(AccessDecision.Of(old, Some.Catalog, graceEnd).IsVerificationDue);
        Assert.Null(AccessDecision.Of(old, Some.Catalog, graceEnd.AddHours(72).AddSeconds(-1)).Denial);
        Assert.Equal(DenialReason.PaymentFailed, AccessDecision.Of(old, Some.Catalog, graceEnd.AddHours(72)).Denial);
        Assert.Equal(DenialReason.PaymentFailed, AccessDecision.Of(verified, Some.Catalog, graceEnd).Denial);
    }
}
