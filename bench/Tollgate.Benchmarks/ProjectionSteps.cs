using BenchmarkDotNet.Attributes;
using Tollgate.Access;
using Tollgate.Catalog;
using Tollgate.Stripe;
using Tollgate.Subscriptions;

namespace Tollgate.Benchmarks;

/// <summary>From Stripe's facts to an account's row, and from the row to what a gate answers.</summary>
[MemoryDiagnoser]
public class ProjectionSteps
{
    private static readonly DateTimeOffset Start = new(2026, 11, 1, 9, 0, 0, TimeSpan.Zero);
    private static readonly DateTimeOffset PeriodEnd = Start.AddMonths(1);

    private static readonly PlanCatalog Catalog = new(
        "Bench",
        [
            new Plan("free", "Free"),
            new Plan("team", "Team")
            {
                Prices = [new PlanPrice("team_monthly", BillingInterval.Month, Money.Usd(2000))],
                Features = ["rules"],
            },
        ],
        [],
        ["rules"]
    );

    private static readonly PriceBook Prices = new(
        Catalog,
        new Dictionary<string, IReadOnlyList<string>> { ["team_monthly"] = ["price_team"] }
    );

    private static readonly SubscriptionState Free = SubscriptionState.None(new AccountId("acme"));
    private static readonly StripeFacts Facts = new(Subscription(), [Invoice()], [], SecondLive: null, null);
    private static readonly SubscriptionState Paying = ((Projection.Projected)Of(Free)).After;

    [Benchmark]
    public object FirstPayment() => Of(Free);

    [Benchmark]
    public object NothingNew() => Of(Paying);

    [Benchmark]
    public bool Gate()
    {
        var decision = AccessDecision.Of(Paying, Catalog, Start);
        return decision.GrantOf("rules", Paying) == FeatureGrant.Plan;
    }

    private static Projection Of(SubscriptionState before) =>
        SubscriptionProjection.Project(before, Facts, Catalog, Prices, Start);

    private static StripeSubscription Subscription() =>
        new()
        {
            Id = "sub_1",
            CustomerId = "cus_1",
            Status = "active",
            CancelAtPeriodEnd = false,
            Created = Start,
            BillingModeType = "classic",
            Livemode = false,
            Items =
            [
                new StripeSubscriptionItem
                {
                    Id = "si_1",
                    PriceId = "price_team",
                    ProductId = "prod_1",
                    Quantity = 3,
                    CurrentPeriodStart = Start,
                    CurrentPeriodEnd = PeriodEnd,
                },
            ],
        };

    private static StripeInvoice Invoice() =>
        new()
        {
            Id = "in_1",
            CustomerId = "cus_1",
            SubscriptionId = "sub_1",
            Status = "paid",
            AttemptCount = 0,
            AmountDue = 6000,
            AmountPaid = 6000,
            Total = 6000,
            Currency = "usd",
            Created = Start,
            FinalizedAt = Start,
            Lines =
            [
                new StripeInvoiceLine
                {
                    Id = "il_1",
                    Amount = 6000,
                    IsProration = false,
                    SubscriptionId = "sub_1",
                    PeriodStart = Start,
                    PeriodEnd = PeriodEnd,
                },
            ],
        };
}
