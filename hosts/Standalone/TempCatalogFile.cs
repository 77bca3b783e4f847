namespace Tollgate.Catalog;

internal static class CatalogFile
{
    public static PlanCatalog Read(string path) =>
        new(
            "Pictures",
            [
                new Plan("free", "Free") { Limits = new Dictionary<string, int> { ["render"] = 3 } },
                new Plan("pro", "Pro")
                {
                    Prices =
                    [
                        new("pro_monthly", BillingInterval.Month, Money.Usd(1900)),
                        new("pro_annual", BillingInterval.Year, Money.Usd(19000)),
                    ],
                    Features = ["watermark"],
                    Limits = new Dictionary<string, int> { ["render"] = 1000 },
                },
            ],
            [new Meter("render", "Renders", "render", "render", WindowLength.CalendarMonth)],
            ["watermark"]
        );
}
