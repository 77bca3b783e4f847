using Tollgate;
using Tollgate.Catalog;

namespace ImportCsv.Cloud;

/// <summary>What the cloud sells: Free, Pro and Business per user, monthly.</summary>
internal static class ImportCsvPlans
{
    private const string ImportMeter = "import";

    // the badge in the importer's footer is then a setting of the importer
    private static readonly string[] PaidFeatures = ["removable_badge", "custom_css"];

    public static PlanCatalog Catalog { get; } =
        new(
            product: "ImportCSV",
            plans:
            [
                new Plan("free", "Free")
                {
                    Limits = new Dictionary<string, int> { [ImportMeter] = 100 },
                    Highlights = ["100 imports a month", "10,000 rows an import", "With our badge"],
                },
                new Plan("pro", "Pro")
                {
                    Prices = [new PlanPrice("pro_monthly", BillingInterval.Month, Money.Usd(49_00))],
                    Limits = new Dictionary<string, int> { [ImportMeter] = 2000 },
                    Features = PaidFeatures,
                    Highlights = ["2,000 imports a month", "100,000 rows an import", "Your own CSS", "No badge"],
                },
                new Plan("business", "Business")
                {
                    Prices = [new PlanPrice("business_monthly", BillingInterval.Month, Money.Usd(149_00))],
                    Features = PaidFeatures,
                    Highlights = ["Unlimited imports", "500,000 rows an import", "Your own CSS", "No badge"],
                },
            ],
            meters:
            [
                new Meter(ImportMeter, "Imports", "imports", ImportMeter, WindowLength.CalendarMonth)
                {
                    Noun = Called("import", "imports", "Import", "Importe"),
                },
            ],
            features: PaidFeatures
        )
        {
            // a user buys for themselves
            AfterGrace = AfterGrace.Blocked,
            SeatHolder = Called("user", "users", "Nutzer", "Nutzer"),
            Key = "importcsv",
            // at Stripe a feature bears its own name
            FeaturePrefix = "",
        };

    private static Noun Called(string one, string many, string german, string germanMany) =>
        new(one, many) { In = new Dictionary<string, Noun> { ["de"] = new(german, germanMany) } };

    /// <summary>How many rows one import may have.</summary>
    public static int RowsMax(Plan plan) =>
        plan.Id switch
        {
            Plans.Business => 500_000,
            Plans.Pro => 100_000,
            _ => 10_000,
        };
}
