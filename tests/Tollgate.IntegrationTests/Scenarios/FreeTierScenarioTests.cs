using System.Net;

namespace Tollgate.IntegrationTests.Scenarios;

/// <summary>A free tenant meets its limits, and what lifts them.</summary>
public sealed class FreeTierScenarioTests
{
    internal OpenStage Stage { get; init; } = TestMode.OpenStageAsync;

    [Fact]
    public async Task A_limit_that_is_hit_prompts_and_an_upgrade_lifts_it()
    {
        await using var scenario = await Scenario.BeginsAsync(Stage);
        var reached = await UseUpAsync(scenario);

        var session = await scenario.OpenCheckoutAsync("team_monthly");
        Assert.Equal(HttpStatusCode.OK, await scenario.PayAsync(session, Scenario.GoodCard));

        var paid = await scenario.BoughtAsync(reached, "team_monthly");
        Assert.Equal((200, null), await scenario.RunAsync("fix"));
        Assert.Equal((200, null), await scenario.RunAsync("doc_run"));
        Assert.Equal((200, null), await scenario.RunAsync("linear_cycle"));
        await scenario.RowIsAsync(paid with { FixesUsed = 6, DocRunsUsed = 2, CyclesUsed = 6 });
    }

    [Fact]
    public async Task After_thirty_days_the_window_is_reset_and_workflows_run_again()
    {
        await using var scenario = await Scenario.BeginsAsync(Stage);
        var reached = await UseUpAsync(scenario);

        await scenario.AdvanceAsync(TimeSpan.FromDays(30) + TimeSpan.FromMinutes(1));

        Assert.Equal((200, null), await scenario.RunAsync("fix"));
        await scenario.RowIsAsync(TenantRow.New with { FixesUsed = 1, ResetAt = reached.ResetAt!.Value.AddDays(30) });
    }

    /// <summary>All three meters to their limits; each then refuses, and is not counted on.</summary>
    private static async Task<TenantRow> UseUpAsync(Scenario scenario)
    {
        var began = scenario.Now;
        foreach (var (workflow, limit) in new[] { ("fix", 5), ("doc_run", 1), ("linear_cycle", 5) })
        {
            for (var run = 0; run < limit; run++)
            {
                Assert.Equal((200, null), await scenario.RunAsync(workflow));
            }

            Assert.Equal((402, "free_tier_limit_reached"), await scenario.RunAsync(workflow));
        }

        var row = await TenantRow.ReadAsync(scenario.Hydra, TestContext.Current.CancellationToken);
        Assert.InRange(row.ResetAt!.Value, began.AddDays(30).AddSeconds(-1), scenario.Now.AddDays(30));
        await scenario.RowIsAsync(
            TenantRow.New with
            {
                FixesUsed = 5,
                DocRunsUsed = 1,
                CyclesUsed = 5,
                ResetAt = row.ResetAt,
            }
        );
        return row;
    }
}
