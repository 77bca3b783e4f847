using Tollgate.Catalog;

namespace Tollgate.IntegrationTests.Library;

/// <summary>An ordinary catalog, in which each test changes what it is about.</summary>
internal static class Some
{
    public static PlanCatalog Catalog { get; } = CatalogOf(Team, Business);

    public static Plan Team =>
        new("team", "Team")
        {
            Prices =
            [
                new PlanPrice("team_monthly", BillingInterval.Month, Money.Usd(20_00)),
                new PlanPrice("team_annual", BillingInterval.Year, Money.Usd(192_00)),
            ],
            Features = ["rules"],
        };

    public static Plan Business =>
        new("business", "Business")
        {
            Prices = [new PlanPrice("business_monthly", BillingInterval.Month, Money.Usd(40_00))],
            Features = ["rules", "jira"],
        };

    /// <param name="ignoresOthers">The host sells other things to the same customers.</param>
    public static PlanCatalog CatalogThat(bool ignoresOthers) =>
        new("Some", Catalog.Plans, Catalog.Meters, Catalog.Features)
        {
            Seats = Catalog.Seats,
            IgnoresOtherSubscriptions = ignoresOthers,
        };

    public static PlanCatalog CatalogOf(params Plan[] sold) =>
        new(
            "Some",
            [new Plan("free", "Free") { Limits = new Dictionary<string, int> { ["fix"] = 5 } }, .. sold],
            [new Meter("fix", "Fixes", "fixes", "free_tier", TimeSpan.FromDays(30))],
            ["rules", "jira"]
        )
        {
            Seats = (1, 500),
        };
}
