using Tollgate;
using Tollgate.Catalog;

namespace Notes;

/// <summary>What is sold: three notes a month for nothing, or Pro, by the seat.</summary>
internal static class Plans
{
    public static PlanCatalog Catalog { get; } =
        new(
            "Notes",
            plans:
            [
                new Plan("free", "Free") { Limits = new Dictionary<string, int> { ["note"] = 3 } },
                new Plan("pro", "Pro")
                {
                    Prices = [new PlanPrice("pro_monthly", BillingInterval.Month, Money.Usd(8_00))],
                    Features = ["search"],
                },
            ],
            meters: [new Meter("note", "Notes", "note", "notes", WindowLength.CalendarMonth)],
            features: ["search"]
        )
        {
            Seats = (1, 500),
            SeatHolder = new Noun("writer", "writers"),
        };
}
