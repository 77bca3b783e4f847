using Tollgate.Stripe;
using Tollgate.Subscriptions;

namespace Tollgate.Tests.Subscriptions;

public sealed class CurrentSubscriptionTests
{
    private static readonly StripeSubscription Canceled = Some.Subscription("canceled", id: "sub_a");

    [Theory]
    [Trait("fault", "F48")]
    [Trait("decision", "S11")]
    [InlineData("active")]
    [InlineData("trialing")]
    [InlineData("past_due")]
    [InlineData("unpaid")]
    public void An_ended_one_gives_way_to_one_that_bills(string status) =>
        Assert.Equal("sub_b", Choose(Canceled, Some.Subscription(status, id: "sub_b")));

    [Fact]
    [Trait("fault", "F50")]
    public void Of_those_that_ended_the_one_that_was_bought_last_counts() =>
        Assert.Equal("sub_b", Choose(Later(Some.Subscription("canceled", id: "sub_b")), Canceled));

    [Theory]
    [Trait("decision", "S5")]
    [InlineData("past_due")]
    [InlineData("unpaid")]
    public void Of_two_the_one_that_gives_the_better_access_counts(string status) =>
        Assert.Equal("sub_b", Choose(Later(Some.Subscription(id: "sub_b")), Some.Subscription(status, id: "sub_a")));

    [Fact]
    [Trait("decision", "S5")]
    public void Of_two_that_are_paid_the_higher_plan_counts() =>
        Assert.Equal(
            "sub_b",
            Choose(
                Later(Some.Subscription(id: "sub_c")),
                Later(Some.Subscription(price: "price_business", id: "sub_b")),
                Some.Subscription(id: "sub_a")
            )
        );

    [Fact]
    [Trait("fault", "F51")]
    public void Of_two_alike_the_older_one_stays() =>
        Assert.Equal("sub_a", Choose(Later(Some.Subscription(id: "sub_b")), Some.Subscription(id: "sub_a")));

    [Fact]
    [Trait("invariant", "I13")]
    public void One_that_sells_what_the_catalog_does_not_know_takes_no_payers_place() =>
        Assert.Equal(
            "sub_a",
            Choose(
                Later(Some.Subscription(price: "price_nobody", id: "sub_b")),
                Some.Subscription("past_due", id: "sub_a")
            )
        );

    [Fact]
    [Trait("decision", "W6")]
    public void A_status_that_was_not_invented_yet_is_not_passed_over_for_one_that_ended() =>
        Assert.Equal("sub_b", Choose(Canceled, Some.Subscription("hibernating", id: "sub_b")));

    [Theory]
    [InlineData("incomplete")]
    [InlineData("incomplete_expired")]
    public void One_that_was_never_paid_does_not_take_the_place_of_an_ended_one(string status) =>
        Assert.Equal("sub_a", Choose(Later(Some.Subscription(status, id: "sub_b")), Canceled));

    [Fact]
    [Trait("liveness", "L06")]
    public void The_order_in_which_they_are_listed_decides_nothing()
    {
        StripeSubscription[] some =
        [
            Canceled,
            Later(Some.Subscription("past_due", id: "sub_b")),
            Later(Some.Subscription("unpaid", id: "sub_c")),
        ];

        Assert.Equal("sub_b", Choose(some));
        Assert.Equal("sub_b", Choose([.. some.Reverse()]));
    }

    [Fact]
    [Trait("fault", "F51")]
    public void A_second_live_subscription_is_found()
    {
        var current = Some.Subscription(id: "sub_a");

        Assert.Equal(
            "sub_b",
            CurrentSubscription.FindSecondLive(current, [current, Some.Subscription("trialing", id: "sub_b")])?.Id
        );
        Assert.Null(CurrentSubscription.FindSecondLive(current, [current, Some.Subscription("canceled", id: "sub_b")]));
    }

    private static string? Choose(params StripeSubscription[] candidates) =>
        CurrentSubscription.Choose(candidates, Some.Catalog, Some.Prices)?.Id;

    private static StripeSubscription Later(StripeSubscription bought) =>
        bought with
        {
            Created = Some.Start.AddDays(1),
        };
}
