using Tollgate;
using Tollgate.Catalog;

namespace MyApp;

public static class Plans
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
                        new PlanPrice("team_monthly", BillingInterval.Month, Money.Usd(20_00))
                        {
                            Also = [new Money(18_00, "eur")],
                        },
                        new PlanPrice("team_annual", BillingInterval.Year, Money.Usd(192_00))
                        {
                            Also = [new Money(172_00, "eur")],
                        },
                    ],
                    Limits = new Dictionary<string, int> { ["report"] = 200 },
                    Features = ["export"],
                },
                new Plan("enterprise", "Enterprise") { IsOffStripe = true, Features = ["export", "audit_log"] },
            ],
            meters: [new Meter("report", "Reports", "reports", "monthly", WindowLength.CalendarMonth)],
            features: ["export", "audit_log"]
        )
        {
            Key = "my_app",
            Seats = (1, 100),
            Checkout = new CheckoutTerms { AllowsPromotionCodes = true },
        };
}
