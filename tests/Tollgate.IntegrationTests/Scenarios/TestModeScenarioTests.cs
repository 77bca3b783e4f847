using Tollgate.Sandbox.Tests.Support;

namespace Tollgate.IntegrationTests.Scenarios;

/// <summary>
/// The scenarios as they run with a key of Stripe's test mode. Stripe is a Sandbox in a process of its own here, of
/// which nothing is known but its address and a key.
/// </summary>
public sealed class TestModeScenarioTests
{
    [Fact]
    public Task A_good_card_provisions_the_plan() =>
        PlayAsync(stage =>
            new UpgradeScenarioTests { Stage = stage }.A_good_card_provisions_the_plan_with_its_price_and_seats(
                "team_monthly",
                3
            )
        );

    [Fact]
    public Task A_declined_card_leaves_the_tenant_free() =>
        PlayAsync(stage =>
            new UpgradeScenarioTests { Stage = stage }.A_declined_card_leaves_the_tenant_free_without_a_subscription(
                "4000000000000002"
            )
        );

    [Fact]
    public Task A_failed_renewal_is_in_grace_and_ends_free() =>
        PlayAsync(stage =>
            new GraceScenarioTests { Stage = stage }.A_failed_renewal_keeps_access_in_grace_and_ends_free_and_blocked()
        );

    [Fact]
    public Task A_cancellation_keeps_access_until_the_end_of_the_period() =>
        PlayAsync(stage =>
            new EndScenarioTests
            {
                Stage = stage,
            }.A_cancellation_keeps_access_until_the_end_of_the_period_and_then_it_is_free()
        );

    private static async Task PlayAsync(Func<OpenStage, Task> scenario)
    {
        using var stripe = SandboxProcess.Start("--port", "0");
        var mode = new TestMode(await stripe.AddressAsync(), "sk_test_of_an_account_elsewhere");
        await scenario(() => TestModeStage.OpenAsync(mode));
    }
}
