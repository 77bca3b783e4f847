using Tollgate.Catalog;
using Tollgate.Stripe;
using Tollgate.Subscriptions;

namespace Tollgate.Tests;

/// <summary>Makes data for tests; what a test does not say is ordinary.</summary>
internal static class Some
{
    public static readonly DateTimeOffset Start = new(2026, 11, 1, 9, 0, 0, TimeSpan.Zero);

    public static readonly DateTimeOffset PeriodEnd = Start.AddMonths(1);

    public static readonly AccountId Account = new("acme");

    public static readonly PlanCatalog Catalog = new(
        "Some",
        [
            new Plan("free", "Free") { Limits = new Dictionary<string, int> { ["fix"] = 5 } },
            new Plan("team", "Team")
            {
                Prices = [new PlanPrice("team_monthly", BillingInterval.Month, Money.Usd(2000))],
                Features = ["rules"],
            },
            new Plan("business", "Business")
            {
                Prices = [new PlanPrice("business_monthly", BillingInterval.Month, Money.Usd(4000))],
                Features = ["rules", "jira"],
            },
        ],
        [new Meter("fix", "Fixes", "fixes", "free_tier", TimeSpan.FromDays(30))],
        ["rules", "jira"]
    );

    public static readonly PriceBook Prices = new(
        Catalog,
        new Dictionary<string, IReadOnlyList<string>>
        {
            ["team_monthly"] = ["price_team", "price_team_old"],
            ["business_monthly"] = ["price_business"],
        }
    );

    public static SubscriptionState Free => SubscriptionState.None(Account);

    public static StripeSubscription Subscription(
        string status = "active",
        string price = "price_team",
        string id = "sub_1"
    ) =>
        new()
        {
            Id = id,
            CustomerId = "cus_1",
            Status = status,
            CancelAtPeriodEnd = false,
            Created = Start,
            BillingModeType = "classic",
            Livemode = false,
            Items =
            [
                new StripeSubscriptionItem
                {
                    Id = "si_1",
                    PriceId = price,
                    ProductId = "prod_1",
                    Quantity = 3,
                    CurrentPeriodStart = Start,
                    CurrentPeriodEnd = PeriodEnd,
                },
            ],
        };

    public static StripeInvoice Invoice(string status = "paid", params StripeInvoiceLine[] lines) =>
        new()
        {
            Id = "in_1",
            CustomerId = "cus_1",
            SubscriptionId = "sub_1",
            Status = status,
            AttemptCount = status == "open" ? 1 : 0,
            AmountDue = 6000,
            AmountPaid = status == "paid" ? 6000 : 0,
            Total = 6000,
            Currency = "usd",
            Created = Start,
            FinalizedAt = Start,
            Lines = lines is [] ? [Line()] : lines,
        };

    public static StripeInvoiceLine Line(
        DateTimeOffset? end = null,
        bool isProration = false,
        string subscription = "sub_1"
    ) =>
        new()
        {
            Id = "il_1",
            Amount = 6000,
            IsProration = isProration,
            SubscriptionId = subscription,
            PeriodStart = Start,
            PeriodEnd = end ?? PeriodEnd,
        };

    public static StripeFacts Facts(StripeSubscription subscription, params StripeInvoice[] invoices) =>
        new(subscription, invoices, ActionRequired: [], SecondLive: null, Entitlements: null);

    public static Projection.Projected Projected(SubscriptionState before, StripeFacts facts, DateTimeOffset now) =>
        Assert.IsType<Projection.Projected>(SubscriptionProjection.Project(before, facts, Catalog, Prices, now));

    /// <summary>An account that pays for Team until <see cref="PeriodEnd"/>.</summary>
    public static SubscriptionState Paying => Projected(Free, Facts(Subscription(), Invoice()), Start).After;
}
