using Tollgate;
using Tollgate.Catalog;

namespace MyApp;

public static class MigratedPlans
{
    public static PlanCatalog Catalog { get; } =
        new(
            "My app",
            plans:
            [
                new Plan("free", "Free") { Limits = new Dictionary<string, int> { ["report"] = 3 } },
                new Plan("team", "Team")
                {
                    Prices =
                    [
                        new PlanPrice("team_monthly", BillingInterval.Month, Money.Usd(25_00))
                        {
                            // what your customers pay today: ids of prices, or lookup keys
                            Former = ["price_1OldTeamMonthly", "old_team_monthly"],
                        },
                    ],
                    Features = ["export"],
                },
            ],
            meters: [new Meter("report", "Reports", "reports", "monthly", WindowLength.CalendarMonth)],
            features: ["export"]
        )
        {
            Key = "my_app",
            Seats = (1, 100),
        };
}
