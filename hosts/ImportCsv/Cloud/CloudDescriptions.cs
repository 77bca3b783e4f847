using ImportCsv.Users;
using Tollgate;
using Tollgate.Api;
using Tollgate.Checkout;
using Tollgate.Http;

namespace ImportCsv.Cloud;

/// <summary>What the API's document says of what only the cloud has: billing, administrators.</summary>
internal static class CloudDescriptions
{
    private const string Email = "ada@example.com";
    private const string User = "7c0f2a51";
    private static readonly DateTimeOffset Now = new(2027, 1, 10, 12, 0, 0, TimeSpan.Zero);
    private static readonly CrossSiteRequest CrossSite = new();
    private static readonly RateLimited TooOften = new(TimeSpan.FromSeconds(20));
    private static readonly IReadOnlyList<Refusal> AtStripe = RefusalExamples.Of(
        ProblemCodes.StripeBusy,
        ProblemCodes.StripeRefused
    );

    /// <summary>Closing asks Stripe first.</summary>
    public static readonly ApiOperation Close = UserDescriptions.Close with
    {
        Refusals =
        [
            .. UserDescriptions.Close.Refusals,
            .. AtStripe,
            .. RefusalExamples.Of(ProblemCodes.BillingBusy, ProblemCodes.StillLive),
        ],
    };

    public static readonly ApiOperation Subscription = new("readSubscription", "Tier, status, use and limits.")
    {
        Answers =
        [
            ApiBody.Of(
                new SubscriptionAnswer(
                    "pro",
                    "Pro",
                    "active",
                    new MonthUsage(12, 4711, 900),
                    new PlanAllowance(2000, 100_000),
                    Now.AddDays(22),
                    GracePeriodEndsAt: null,
                    CancelAtPeriodEnd: false,
                    Now.AddDays(20),
                    Now
                )
            ),
        ],
    };

    public static readonly ApiOperation Plans = new("listPlans", "What is sold.")
    {
        Answers =
        [
            ApiBody.Of(
                new BillingRoutes.PlanList([
                    new BillingRoutes.PlanShown("pro", "Pro", ["2,000 imports a month"], 4900, "usd"),
                ])
            ),
        ],
    };

    public static readonly ApiOperation Checkout = new("startCheckout", "Opens Stripe's checkout page for a tier.")
    {
        Request = ApiBody.Of(new BillingRoutes.CheckoutRequest("pro")),
        Answers = [ApiBody.Of(new BillingRoutes.PageAnswer("https://checkout.stripe.com/c/pay/cs_test_1"))],
        Refusals =
        [
            new InvalidRequest("The body is not what this call takes (at $.tier)."),
            CrossSite,
            new UnknownTier(),
            .. RefusalExamples.Of(
                ProblemCodes.NothingToChange,
                ProblemCodes.PaymentOutstanding,
                ProblemCodes.ChangePending,
                ProblemCodes.ChangeScheduled,
                ProblemCodes.SubscriptionNotRecognised,
                ProblemCodes.PortalNotSetUp,
                ProblemCodes.AccountClosed,
                ProblemCodes.BillingDisabled,
                ProblemCodes.BillingBusy
            ),
            TooOften,
            .. AtStripe,
        ],
    };

    public static readonly ApiOperation Success = new("completeCheckout", "How far a checkout has come.")
    {
        Parameters = [new("query", "session_id", "Stripe's id of the Checkout Session.", IsRequired: true)],
        Answers = [ApiBody.Of(new BillingRoutes.Progress(CheckoutProgress.Active))],
        Refusals =
        [
            new InvalidRequest("Open the link from Stripe again."),
            .. RefusalExamples.Of(ProblemCodes.CheckoutSessionNotFound),
            .. AtStripe,
        ],
    };

    public static readonly ApiOperation Portal = new(
        "openPortal",
        "Opens Stripe's portal: cards, invoices, cancelling."
    )
    {
        Answers = [ApiBody.Of(new BillingRoutes.PageAnswer("https://billing.stripe.com/p/session/test_1"))],
        Refusals =
        [
            CrossSite,
            .. RefusalExamples.Of(ProblemCodes.NoCustomer, ProblemCodes.PortalNotSetUp, ProblemCodes.BillingDisabled),
            TooOften,
            .. AtStripe,
        ],
    };

    public static readonly ApiOperation Users = new("listUsers", "Every user's subscription and use.")
    {
        Parameters = [new("query", "after", "The cursor of the former page.")],
        Answers =
        [
            ApiBody.Of(new AdminRoutes.Page([new(User, Email, "free", "active", null, 12, 4711, 900)], Next: null)),
        ],
    };
}
