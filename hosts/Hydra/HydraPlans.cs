using Tollgate;
using Tollgate.Catalog;

namespace Hydra;

/// <summary>What Hydra sells: Free, Team and Business per seat, Enterprise off Stripe.</summary>
internal static class HydraPlans
{
    private const string FreeTier = "free_tier";
    private static readonly TimeSpan Window = TimeSpan.FromDays(30);

    private static readonly string[] TeamFeatures = ["custom_agent_rules"];

    private static readonly string[] BusinessFeatures =
    [
        .. TeamFeatures,
        "unlimited_repos",
        "jira_integration",
        "audit_logs",
        "usage_reporting",
        "priority_fix_queue",
    ];

    private static readonly string[] EnterpriseFeatures =
    [
        .. BusinessFeatures,
        "sso_saml",
        "full_rbac",
        "vpc_compliance",
    ];

    /// <summary>How many repos a plan connects; null is as many as one likes. Only Team has a limit.</summary>
    public static int? ReposMax(Plan plan) => plan.Id == Plans.Team ? 5 : null;

    public static PlanCatalog Catalog { get; } =
        new(
            product: "Hydra",
            plans:
            [
                new Plan("free", "Free")
                {
                    Limits = new Dictionary<string, int>
                    {
                        ["fix"] = 5,
                        ["doc_run"] = 1,
                        ["linear_cycle"] = 5,
                    },
                    Highlights = ["5 fixes in 30 days", "1 doc run", "5 Linear cycles", "Unlimited repos"],
                },
                new Plan("team", "Team")
                {
                    Prices =
                    [
                        new PlanPrice("team_monthly", BillingInterval.Month, Money.Usd(20_00)),
                        new PlanPrice("team_annual", BillingInterval.Year, Money.Usd(192_00)),
                    ],
                    Features = TeamFeatures,
                    Highlights =
                    [
                        "Unlimited fixes, doc runs, cycles",
                        "All 7 workflows",
                        "Custom agent rules",
                        "Up to 5 repos",
                    ],
                },
                new Plan("business", "Business")
                {
                    Prices =
                    [
                        new PlanPrice("business_monthly", BillingInterval.Month, Money.Usd(40_00)),
                        new PlanPrice("business_annual", BillingInterval.Year, Money.Usd(384_00)),
                    ],
                    Features = BusinessFeatures,
                    Highlights =
                    [
                        "Everything in Team",
                        "Unlimited repos",
                        "Jira, audit logs, usage reports",
                        "Priority fix queue",
                    ],
                },
                new Plan("enterprise", "Enterprise")
                {
                    IsOffStripe = true,
                    Features = EnterpriseFeatures,
                    Highlights = ["Everything in Business", "SAML sign-on", "Full role control", "Runs in your VPC"],
                },
            ],
            meters:
            [
                new Meter("fix", "Fixes", "fixes", FreeTier, Window) { Noun = Called("fix", "fixes", "Fix", "Fixes") },
                new Meter("doc_run", "Doc runs", "doc_runs", FreeTier, Window)
                {
                    Noun = Called("doc run", "doc runs", "Doc-Lauf", "Doc-Läufe"),
                },
                new Meter("linear_cycle", "Linear cycles", "linear_cycles", FreeTier, Window)
                {
                    Noun = Called("Linear cycle", "Linear cycles", "Linear-Zyklus", "Linear-Zyklen"),
                },
            ],
            features: EnterpriseFeatures
        )
        {
            Key = "hydra",
            // at Stripe a feature bears its own name
            FeaturePrefix = "",
            Seats = (1, 500),
            SeatHolder = Called("developer", "developers", "Entwickler", "Entwickler"),
            MeterMember = "workflow_type",
        };

    private static Noun Called(string one, string many, string german, string germanMany) =>
        new(one, many) { In = new Dictionary<string, Noun> { ["de"] = new(german, germanMany) } };
}
