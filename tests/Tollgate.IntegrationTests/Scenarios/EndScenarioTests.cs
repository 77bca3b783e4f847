namespace Tollgate.IntegrationTests.Scenarios;

/// <summary>Subscriptions that end: access lasts as long as it is paid for.</summary>
public sealed class EndScenarioTests
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    internal OpenStage Stage { get; init; } = TestMode.OpenStageAsync;

    [Fact]
    public async Task A_cancellation_keeps_access_until_the_end_of_the_period_and_then_it_is_free()
    {
        var (scenario, row) = await Scenario.BeginsPaidAsync(Stage);
        await using var ends = scenario;

        await scenario.Stripe.PostAsync($"/v1/subscriptions/{row.Subscription}", ("cancel_at_period_end", "true"));
        await scenario.RowStaysAsync(row);
        await ToTheEndAsync(scenario, row, -60 * Minute);
        await scenario.RowStaysAsync(row);
        await scenario.TeamStaysOpenAsync();

        await ToTheEndAsync(scenario, row, Minute);
        await scenario.RowIsAsync(row with { Status = "canceled", PlanTier = "free" });
        await scenario.TeamAnswersAsync(402, "subscription_required");
    }

    [Fact]
    public async Task A_deleted_subscription_keeps_access_until_the_end_of_the_period_and_then_it_is_free()
    {
        var (scenario, row) = await Scenario.BeginsPaidAsync(Stage);
        await using var ends = scenario;

        await scenario.Stripe.DeleteAsync($"/v1/subscriptions/{row.Subscription}");
        var canceled = row with { Status = "canceled" };
        await scenario.RowIsAsync(canceled);
        await ToTheEndAsync(scenario, row, -60 * Minute);
        await scenario.RowStaysAsync(canceled);
        await scenario.TeamStaysOpenAsync();

        await ToTheEndAsync(scenario, row, Minute);
        await scenario.RowIsAsync(canceled with { PlanTier = "free" });
        await scenario.TeamAnswersAsync(402, "subscription_required");
    }

    private static Task ToTheEndAsync(Scenario scenario, TenantRow row, TimeSpan beyond) =>
        scenario.AdvanceToAsync(row.PeriodEnd!.Value + beyond);
}
