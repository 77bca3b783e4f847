using Tollgate.Subscriptions;

namespace Tollgate.Tests.Subscriptions;

public sealed class CurrentSubscriptionTests
{
    [Fact]
    public void A_null_pointer_takes_the_live_one()
    {
        var chosen = CurrentSubscription.Choose(
            pointer: null,
            [Some.Subscription("canceled", id: "sub_old"), Some.Subscription(id: "sub_new")]
        );

        Assert.Equal("sub_new", chosen?.Id);
    }

    [Fact]
    public void F48_a_canceled_one_gives_way_to_the_live_one()
    {
        var chosen = CurrentSubscription.Choose(
            "sub_a",
            [Some.Subscription("canceled", id: "sub_a"), Some.Subscription(id: "sub_b")]
        );

        Assert.Equal("sub_b", chosen?.Id);
    }

    [Fact]
    public void S11_a_canceled_one_gives_way_to_one_that_is_owed_for() =>
        Assert.Equal(
            "sub_b",
            CurrentSubscription
                .Choose("sub_a", [Some.Subscription("canceled", id: "sub_a"), Some.Subscription("unpaid", id: "sub_b")])
                ?.Id
        );

    [Fact]
    public void F50_one_that_was_bought_and_canceled_before_anybody_looked_takes_the_place_of_the_ended_one()
    {
        var former = Some.Subscription("canceled", id: "sub_a");
        var bought = Some.Subscription("canceled", id: "sub_b") with { Created = Some.Start.AddDays(1) };

        Assert.Equal("sub_b", CurrentSubscription.Choose("sub_a", [bought, former])?.Id);
        Assert.Equal("sub_b", CurrentSubscription.Choose("sub_b", [bought, former])?.Id);
    }

    [Theory]
    [InlineData("active")]
    [InlineData("past_due")]
    [InlineData("unpaid")]
    public void S5_a_pointer_that_still_means_something_is_not_moved(string status)
    {
        var chosen = CurrentSubscription.Choose(
            "sub_a",
            [Some.Subscription(id: "sub_b"), Some.Subscription(status, id: "sub_a")]
        );

        Assert.Equal("sub_a", chosen?.Id);
    }

    [Fact]
    public void A_canceled_one_stays_while_nothing_lives() =>
        Assert.Equal(
            "sub_a",
            CurrentSubscription
                .Choose(
                    "sub_a",
                    [Some.Subscription("canceled", id: "sub_a"), Some.Subscription("incomplete", id: "sub_b")]
                )
                ?.Id
        );

    [Fact]
    public void F51_a_second_live_subscription_is_found()
    {
        var current = Some.Subscription(id: "sub_a");

        Assert.Equal(
            "sub_b",
            CurrentSubscription.FindSecondLive(current, [current, Some.Subscription("trialing", id: "sub_b")])?.Id
        );
        Assert.Null(CurrentSubscription.FindSecondLive(current, [current, Some.Subscription("canceled", id: "sub_b")]));
    }
}
