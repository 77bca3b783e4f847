using Tollgate;
using Tollgate.Catalog;

namespace MyApp;

/// <summary>What is sold. A change here reaches Stripe by the command <c>setup</c>.</summary>
public static class Plans
{
    public static PlanCatalog Catalog { get; } =
        new(
            "My app",
            plans:
            [
                new Plan("free", "Free") { Limits = new Dictionary<string, int> { ["item"] = 3 } },
                new Plan("pro", "Pro")
                {
                    Prices = [new PlanPrice("pro_monthly", BillingInterval.Month, Money.Usd(9_00))],
                    Features = ["export"],
                },
            ],
            meters: [new Meter("item", "Items", "item", "items", WindowLength.CalendarMonth)],
            features: ["export"]
        );
}
