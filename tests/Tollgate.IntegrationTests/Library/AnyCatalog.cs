using System.Globalization;
using FsCheck;
using FsCheck.Fluent;
using Tollgate.Catalog;

namespace Tollgate.IntegrationTests.Library;

/// <summary>
/// Catalogs as hosts may write them: one to six plans, with a free one of any id or without, sold by month or year or
/// both, in one currency or several, with seats or none, meters, features, trials and add-ons.
/// </summary>
internal static class AnyCatalog
{
    private static readonly string[] FreeIds = ["basic", "free", "hobby", "starter_0"];
    private static readonly string[] Features = ["export", "sso", "audit_log"];
    private static readonly (int, int)[] Seats = [(1, 1), (1, 500), (2, 20)];

    private static readonly Meter[] Meters =
    [
        new("run", "Runs", "runs", "rolling", TimeSpan.FromDays(30)),
        new("scan", "Scans", "scans", "rolling", TimeSpan.FromDays(30)),
        new("report", "Reports", "reports", "monthly", WindowLength.CalendarMonth),
    ];

    /// <summary>The same ones for the same seed.</summary>
    public static IReadOnlyList<PlanCatalog> Sample(int count, ulong seed) =>
        [.. Catalogs().Sample(count, new Rnd(seed, 0x9E3779B97F4A7C15), count)];

    /// <summary>In a line, for who has to find out why one of them fails.</summary>
    public static string Describe(PlanCatalog catalog) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"{catalog.Product}, seats {catalog.Seats}: {string.Join("; ", catalog.Plans.Select(Of))}"
        );

    private static string Of(Plan plan) =>
        $"{plan.Id}{(plan.IsOffStripe ? " off Stripe" : "")}{(plan.Trial is { } trial ? $" trial {trial.Days}" : "")} "
        + $"[{string.Join(", ", plan.Prices.Select(price => $"{price.Alias} {price.UnitAmount.ToText()}"))}] "
        + $"limits {string.Join(", ", plan.Limits)}";

    private static Gen<PlanCatalog> Catalogs() =>
        from free in Gen.Elements<string?>([null, .. FreeIds])
        from paid in Gen.Choose(free is null ? 1 : 0, free is null ? 6 : 5)
        from currencies in Gen.Elements(["usd"], ["eur", "usd"], ["jpy"], (string[])["usd", "gbp", "jpy"])
        from meters in Gen.Choose(0, Meters.Length)
        from plans in PaidPlans(paid, currencies, meters)
        from freeLimits in Limits(meters)
        from seats in Gen.Elements(Seats)
        from addOns in Gen.Elements<AddOn[]>([], [new("support", "Support", ["support_monthly"])])
        from name in Gen.Elements("Some", "Some App 2", "Überall")
        select new PlanCatalog(
            name,
            free is null ? plans : [new Plan(free, "Gratis") { Limits = freeLimits }, .. plans],
            Meters[..meters],
            Features
        )
        {
            Key = "some",
            Seats = seats,
            AddOns = addOns,
        };

    private static Gen<Plan[]> PaidPlans(int count, string[] currencies, int meters) =>
        Enumerable
            .Range(1, count)
            .Select(rank => PaidPlan(rank, isLast: rank == count && count > 1, currencies, meters))
            .Aggregate(
                Gen.Constant(Array.Empty<Plan>()),
                (some, next) => from before in some from plan in next select (Plan[])[.. before, plan]
            );

    private static Gen<Plan> PaidPlan(int rank, bool isLast, string[] currencies, int meters) =>
        from intervals in Gen.Elements(
            [BillingInterval.Month],
            [BillingInterval.Year],
            (BillingInterval[])[BillingInterval.Month, BillingInterval.Year]
        )
        from amount in Gen.Choose(100, 20_000)
        from limits in Limits(meters)
        from granted in Gen.Choose(0, Features.Length)
        from isOffStripe in Gen.Frequency((3, Gen.Constant(false)), (1, Gen.Constant(isLast)))
        from trialDays in Gen.Frequency((4, Gen.Constant(0)), (1, Gen.Choose(1, 30)))
        let id = $"plan_{rank}"
        select new Plan(id, $"Plan {rank}")
        {
            IsOffStripe = isOffStripe,
            Prices = isOffStripe
                ? []
                : [.. intervals.Select(interval => Price(id, interval, amount * rank, currencies))],
            Limits = limits,
            Features = Features[..granted],
            Trial = trialDays == 0 || isOffStripe ? null : new PlanTrial(trialDays),
        };

    private static PlanPrice Price(string plan, BillingInterval interval, int amount, string[] currencies) =>
        new(
            $"{plan}_{(interval == BillingInterval.Year ? "annual" : "monthly")}",
            interval,
            new Money(amount * (interval == BillingInterval.Year ? 10L : 1), currencies[0])
        )
        {
            Also = [.. currencies[1..].Select(currency => new Money(amount + 7, currency))],
        };

    private static Gen<Dictionary<string, int>> Limits(int meters) =>
        from limited in Gen.Choose(0, meters)
        from most in Gen.Choose(0, 3)
        select Meters[..limited].ToDictionary(meter => meter.Id, _ => most);
}
