using Tollgate.Access;
using Tollgate.Catalog;
using Tollgate.Outbox;
using Tollgate.Subscriptions;

namespace Tollgate.Tests.Subscriptions;

public sealed class RefundAndDisputeTests
{
    private static readonly RefundAndDisputeTerms Strict = new()
    {
        OnFullRefund = OnRefundOrDispute.EndAccess,
        OnDispute = OnRefundOrDispute.EndAccess,
    };

    private static readonly RefundOrDispute Refund = new(
        "re_1",
        "ch_1",
        RefundOrDisputeKind.Refund,
        Money.Usd(6000),
        "requested_by_customer",
        "succeeded",
        Some.Start.AddDays(3)
    )
    {
        IsWhole = true,
        SubscriptionId = "sub_1",
        PaidThrough = Some.PeriodEnd,
    };

    private static RefundOrDispute Dispute(string status) =>
        Refund with
        {
            Id = "du_1",
            Kind = RefundOrDisputeKind.Dispute,
            Status = status,
            IsWhole = false,
        };

    [Fact]
    public void Nothing_ends_access_where_the_catalog_says_nothing_or_keep()
    {
        Assert.Equal("team", PlanAfter(terms: null, Refund));
        Assert.Equal("team", PlanAfter(new RefundAndDisputeTerms(), Refund));
        Assert.Equal("team", PlanAfter(new RefundAndDisputeTerms(), Dispute("lost")));
    }

    [Theory]
    [InlineData("succeeded", true, null)]
    [InlineData("pending", true, null)]
    [InlineData("failed", true, "team")]
    [InlineData("canceled", true, "team")]
    [InlineData("succeeded", false, "team")]
    public void A_refund_ends_access_only_when_all_is_refunded(string status, bool whole, string? plan) =>
        Assert.Equal(plan, PlanAfter(Strict, Refund with { Status = status, IsWhole = whole }));

    [Theory]
    [InlineData("needs_response", null)]
    [InlineData("under_review", null)]
    [InlineData("lost", null)]
    [InlineData("won", "team")]
    [InlineData("warning_needs_response", "team")]
    [InlineData("warning_closed", "team")]
    [InlineData("something_new", "team")]
    public void A_dispute_ends_access_until_it_is_won_and_an_inquiry_does_not(string status, string? plan) =>
        Assert.Equal(plan, PlanAfter(Strict, Dispute(status)));

    [Fact]
    public void The_payment_of_another_period_or_of_none_ends_nothing()
    {
        Assert.Equal("team", PlanAfter(Strict, Refund with { PaidThrough = Some.Start }));
        Assert.Equal("team", PlanAfter(Strict, Refund with { PaidThrough = null, SubscriptionId = null }));
        Assert.Equal("team", PlanAfter(Strict, Refund with { SubscriptionId = "sub_former" }));
    }

    [Fact]
    public void Ended_access_is_unpaid_with_a_reason_of_its_own_and_queued_once()
    {
        var ended = Sync(Some.Paying, Strict, Dispute("needs_response"));

        Assert.Equal((null, SubscriptionStatus.Unpaid, "active"), StatusOf(ended.After));
        Assert.Equal("payment_refunded_or_disputed", Assert.Single(ended.Effects.OfType<AccessEnded>()).Reason);
        var decision = AccessDecision.Of(ended.After, CatalogOf(Strict), Some.Start.AddDays(4));
        Assert.Equal(DenialReason.PaymentRefundedOrDisputed, decision.Denial);
        Assert.True(ended.NextDueAt > Some.PeriodEnd);
        Assert.Empty(Sync(ended.After, Strict, Dispute("needs_response")).Effects.OfType<AccessEnded>());
    }

    [Fact]
    public void A_dispute_that_is_won_leaves_the_state_as_if_it_had_never_taken_anything()
    {
        var disputed = Sync(Some.Paying, Strict, Dispute("under_review")).After;
        var won = Sync(disputed, Strict, Dispute("won")).After;

        Assert.Equal(("team", SubscriptionStatus.Active, "active"), StatusOf(won));
        Assert.True((won with { RefundsAndDisputes = [] }).HasSameContentAs(Some.Paying));
    }

    [Fact]
    public void New_money_opens_again_though_the_dispute_was_lost()
    {
        var lost = Sync(Some.Paying, Strict, Dispute("lost")).After;
        var renewed = Some.Facts(Some.Subscription(), Some.Invoice("paid", Some.Line(Some.PeriodEnd.AddMonths(1))));

        var after = Projected(lost, renewed, Strict, Some.PeriodEnd.AddHours(1)).After;

        Assert.Equal(("team", SubscriptionStatus.Active, "active"), StatusOf(after));
        Assert.Equal([Dispute("lost")], after.RefundsAndDisputes);
    }

    [Fact]
    public void Only_an_open_dispute_raises_an_alert()
    {
        Assert.Equal(["payment_disputed"], AlertsOf(Dispute("needs_response")));
        Assert.Equal(["payment_disputed"], AlertsOf(Dispute("warning_needs_response")));
        Assert.Empty(AlertsOf(Dispute("won")));
        Assert.Empty(AlertsOf(Dispute("lost")));
        Assert.Empty(AlertsOf(Refund));
    }

    [Fact]
    public void Whatever_was_seen_on_the_way_the_last_sync_decides()
    {
        RefundOrDispute[] seen = [Refund, Dispute("needs_response"), Dispute("won"), Refund with { IsWhole = false }];
        var random = new Random(20261121);
        for (var run = 0; run < 200; run++)
        {
            var state = Some.Paying;
            for (var sync = random.Next(1, 8); sync > 0; sync--)
            {
                state = Sync(state, Strict, [.. seen.Where(_ => random.Next(2) == 0)]).After;
            }

            RefundOrDispute[] last = [.. seen.Where(_ => random.Next(2) == 0)];
            var after = Sync(state, Strict, last).After;

            Assert.Equal(last, after.RefundsAndDisputes);
            Assert.True(after.HasSameContentAs(Sync(Some.Paying, Strict, last).After));
            Assert.Equal(after.Version, Sync(after, Strict, last).After.Version);
        }
    }

    private static IEnumerable<string> AlertsOf(RefundOrDispute one) =>
        Sync(Some.Paying, terms: null, one).Effects.OfType<AlertRaised>().Select(alert => alert.Reason);

    private static string? PlanAfter(RefundAndDisputeTerms? terms, RefundOrDispute one) =>
        Sync(Some.Paying, terms, one).After.Plan;

    private static (string?, SubscriptionStatus?, string?) StatusOf(SubscriptionState state) =>
        (state.Plan, state.Status, state.StripeStatus);

    private static Projection.Projected Sync(
        SubscriptionState before,
        RefundAndDisputeTerms? terms,
        params RefundOrDispute[] given
    ) =>
        Projected(
            before,
            Some.Facts(Some.Subscription(), Some.Invoice()) with
            {
                RefundsAndDisputes = given,
            },
            terms,
            Some.Start.AddDays(4)
        );

    private static Projection.Projected Projected(
        SubscriptionState before,
        StripeFacts facts,
        RefundAndDisputeTerms? terms,
        DateTimeOffset now
    ) =>
        Assert.IsType<Projection.Projected>(
            SubscriptionProjection.Project(before, facts, CatalogOf(terms), Some.Prices, now)
        );

    private static PlanCatalog CatalogOf(RefundAndDisputeTerms? terms) =>
        new(Some.Catalog.Product, Some.Catalog.Plans, Some.Catalog.Meters, Some.Catalog.Features)
        {
            RefundsAndDisputes = terms,
        };
}
