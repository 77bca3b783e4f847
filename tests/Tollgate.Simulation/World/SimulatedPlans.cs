using Tollgate.Catalog;

namespace Tollgate.Simulation.World;

/// <summary>What is sold in a simulated world.</summary>
internal static class SimulatedPlans
{
    public static readonly PlanCatalog Catalog = new(
        "Simulated",
        [
            new Plan("free", "Free") { Limits = new Dictionary<string, int> { ["run"] = 5 } },
            new Plan("team", "Team")
            {
                Prices = [new PlanPrice("team_monthly", BillingInterval.Month, Money.Usd(20_00))],
                Features = ["rules"],
            },
            new Plan("business", "Business")
            {
                Prices = [new PlanPrice("business_monthly", BillingInterval.Month, Money.Usd(40_00))],
                Features = ["rules", "audit"],
            },
        ],
        [new Meter("run", "Runs", "runs", "free_tier", TimeSpan.FromDays(30))],
        ["rules", "audit"]
    );
}
