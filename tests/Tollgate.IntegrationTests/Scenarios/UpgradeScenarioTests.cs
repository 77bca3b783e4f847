using System.Net;

namespace Tollgate.IntegrationTests.Scenarios;

/// <summary>From Free to a paid plan, and what does not lead there.</summary>
public sealed class UpgradeScenarioTests
{
    private const string AsksOnSetup = "4000002500003155";

    internal OpenStage Stage { get; init; } = TestMode.OpenStageAsync;

    [Theory]
    [InlineData("team_monthly", 3)]
    [InlineData("team_annual", 10)]
    [InlineData("business_monthly", 4)]
    [InlineData("business_annual", 2)]
    public async Task A_good_card_provisions_the_plan_with_its_price_and_seats(string price, int seats)
    {
        await using var scenario = await Scenario.BeginsAsync(Stage);
        var session = await scenario.OpenCheckoutAsync(price, seats);
        await scenario.RowStaysAsync(WithCustomer(scenario));

        Assert.Equal(HttpStatusCode.OK, await scenario.PayAsync(session, Scenario.GoodCard));

        var row = await scenario.BoughtAsync(TenantRow.New, price, seats);
        await scenario.RowStaysAsync(row);
    }

    [Theory]
    [InlineData("4000000000000002")]
    [InlineData("4000000000009995")]
    public async Task A_declined_card_leaves_the_tenant_free_without_a_subscription(string card)
    {
        await using var scenario = await Scenario.BeginsAsync(Stage);
        var session = await scenario.OpenCheckoutAsync("team_monthly");

        Assert.Equal(HttpStatusCode.PaymentRequired, await scenario.PayAsync(session, card));

        await scenario.RowStaysAsync(WithCustomer(scenario));
        Assert.Empty(await scenario.ListAsync("subscriptions", ("status", "all")));
        await scenario.TeamAnswersAsync(402, "subscription_required");

        Assert.Equal(HttpStatusCode.OK, await scenario.PayAsync(session, Scenario.GoodCard));
        await scenario.BoughtAsync(TenantRow.New, "team_monthly");
    }

    /// <summary>The bank's page needs a person, so that this runs at the Sandbox only.</summary>
    [Fact]
    public async Task A_card_that_asks_on_the_checkout_page_provisions_once_it_is_authenticated()
    {
        await using var scenario = await Scenario.BeginsAsync(SandboxStage.OpenAsync);
        var session = await scenario.OpenCheckoutAsync("team_monthly");

        Assert.Equal(HttpStatusCode.PaymentRequired, await scenario.PayAsync(session, AsksOnSetup));
        await scenario.RowStaysAsync(WithCustomer(scenario));
        Assert.Equal(HttpStatusCode.OK, await scenario.PayAsync(session, AsksOnSetup, isAuthenticated: true));

        var row = await scenario.BoughtAsync(TenantRow.New, "team_monthly");
        await scenario.TeamAnswersAsync(200);
        // set up with its holder: the renewal passes without anybody there
        await scenario.RenewAsync(row);
        await scenario.RowIsAsync(row with { PeriodEnd = Scenario.EndOf(await scenario.SubscriptionAsync(row)) });
    }

    private static TenantRow WithCustomer(Scenario scenario) => TenantRow.New with { Customer = scenario.Customer };
}
