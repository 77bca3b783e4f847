using System.Text.Json;
using Tollgate.Access;
using Tollgate.Accounts;
using Tollgate.Catalog;
using Tollgate.Changes;
using Tollgate.Checkout;
using Tollgate.Http;
using Tollgate.Lifecycle;
using Tollgate.Settings;
using Tollgate.Status;
using Tollgate.Stripe;
using Tollgate.Subscriptions;
using Tollgate.Usage;

namespace Tollgate.Api;

/// <summary>What the API's document says of the billing endpoints.</summary>
internal static class BillingDescriptions
{
    private const int Seats = 5;
    private const string Price = "team_monthly";
    private static readonly DateTimeOffset Now = new(2027, 1, 10, 12, 0, 0, TimeSpan.Zero);
    private static readonly DateTimeOffset PeriodEnd = new(2027, 2, 1, 9, 0, 0, TimeSpan.Zero);
    private static readonly Uri Upgrade = new("https://app.example.com/billing/upgrade");
    private static readonly Uri Settings = new("https://app.example.com/settings/billing");
    private static readonly Uri PaymentPage = new("https://invoice.stripe.com/i/acct_1/test_1");
    private static readonly Plan Free = new("free", "Free");
    private static readonly Meter Fix = new("fix", "Fixes", "fixes", "runs", TimeSpan.FromDays(30));
    private static readonly Dictionary<string, int> FiveFixes = new() { ["fix"] = 5 };
    private static readonly Plan Team = new("team", "Team")
    {
        Prices = [new PlanPrice(Price, BillingInterval.Month, Money.Usd(4900))],
    };

    private static readonly PlanCatalog Example = new("Example", [Free, Team], [], []);
    private static readonly ApiBody Updated = ApiBody.Of(new DoneAnswer("updated"));
    private static readonly ApiBody Waiting = ApiBody.Of(
        new WaitingAnswer("requires_action", PaymentPage.AbsoluteUri, PeriodEnd)
    );
    private static readonly NoBillingAccount NoAccount = new();
    private static readonly ServiceUnavailable Away = new();

    private static readonly ApiBody Preview = ApiBody.Of(
        new ChangePreview(
            9800,
            "usd",
            Now.ToUnixTimeSeconds(),
            [new("2 seats more", 9800)],
            9800,
            NextInvoiceTotal: 24500
        )
    );

    // who may spend money, and whether Stripe is there
    private static readonly Refusal[] Spending =
    [
        NoAccount,
        Away,
        new BillingAdminRequired(),
        new CrossSiteRequest(),
        new BillingDisabled(),
        new NothingForSale(),
        new RateLimited(TimeSpan.FromSeconds(20)),
        new StripeSaidNo(new StripeRefusal.RateLimited("Too many requests", null, null)),
        new StripeSaidNo(new StripeRefusal.PermissionDenied("The key may not", null)),
    ];

    private static readonly Refusal[] Changing =
    [
        .. Spending,
        new InvalidRequest("The body is not what this call takes (at $.preview)."),
        new BillingBusy(),
        new NoSubscription(Upgrade),
        new PaymentOutstanding(Settings, PaymentPage),
        new SubscriptionNotRecognised(),
        new ChangeScheduled(Settings),
        new ChangePending(PaymentPage, PeriodEnd),
        new NothingToChange(),
        new SeatCountOutOfRange(1, 500),
        new SeatsBelowActive(Seats, Example.SeatHolder),
        new ProrationDateRequired(),
        new QuoteExpired(),
        new QuoteDoesNotAddUp(),
        new QuoteStale(),
        new PaymentDeclined(new("Your card was declined.", null, "card_declined", "insufficient_funds"), Settings),
        new TooManyChanges(TimeSpan.FromHours(1)),
    ];

    private static readonly CurrencyNotOffered OtherCurrency = new(Example, "sek");

    private static readonly Refusal[] Choosing =
    [
        new UnknownPrice(Example),
        new PlanSoldByPeople("Enterprise"),
        OtherCurrency,
    ];

    /// <summary>What endpoints of the host answer at their gate or meter, or when they close an account.</summary>
    public static readonly Refusal[] OfHosts =
    [
        new StillLive(["sub_1"]),
        NoAccount,
        new SubscriptionRequired("jira_integration", Team, DenialReason.PlanRequired, Upgrade),
        new FeatureNotAvailable("sso", Team, [new Plan("enterprise", "Enterprise")], Upgrade),
        new FreeTierLimitReached(new MeterUse(Fix, 5, 5, PeriodEnd) { PlanWithMore = Team }, Upgrade),
        new UsageLimitReached(Team, new MeterUse(Fix, 100, 100, PeriodEnd), Upgrade),
        new RunAlreadyCounted(IsRunning: false),
        new InvalidRunKey(),
    ];

    public static readonly ApiOperation Plans = new(
        "listPlans",
        "The plans to choose from, and the seats that can be chosen."
    )
    {
        Answers =
        [
            ApiBody.Of(
                new PlanList(
                    "usd",
                    [
                        new PlanOffer("free", "Free", ["5 fixes a month"], [], Contact: false, Trial: null, FiveFixes),
                        new PlanOffer(
                            "team",
                            "Team",
                            ["No limits"],
                            [new PriceOffer(Price, BillingInterval.Month, 4900, "usd")],
                            Contact: false,
                            new TrialOnOffer(14, NeedsCard: true),
                            new Dictionary<string, int>()
                        ),
                    ],
                    new SeatRange(1, 500, 3, Example.SeatHolder.ByLanguage),
                    "free"
                )
                {
                    Currencies = ["usd"],
                }
            ),
        ],
        Parameters =
        [
            new("query", "currency", "One that the plans are sold in; what the account pays in already wins."),
        ],
        Refusals = [NoAccount, OtherCurrency],
    };

    public static readonly ApiOperation Status = new(
        "readStatus",
        "What the account has now: plan, use, and what ends when."
    )
    {
        Answers = [ApiBody.Of(StatusExample)],
        Refusals = [NoAccount, Away],
    };

    public static readonly ApiOperation Features = new(
        "listFeatures",
        "Every feature, and whether the account has it now."
    )
    {
        Answers =
        [
            ApiBody.Of(
                new FeatureList(
                    "team",
                    [new FeatureOffer("jira_integration", Granted: true, FeatureGrant.Plan, ["team"])],
                    Upgrade
                )
            ),
        ],
        Refusals = [NoAccount, Away],
    };

    public static readonly ApiOperation Stream = new(
        "streamChanges",
        "Says by server-sent events that something of the account changed."
    )
    {
        Answers = [new(typeof(string), "event: status\ndata: {\"version\":7}\n\n", "text/event-stream")],
        Refusals = [NoAccount, new TooManyStreams(AccountStreams.PerAccountMax)],
    };

    public static readonly ApiOperation Checkout = new("startCheckout", "Opens Stripe's checkout page for a plan.")
    {
        Request = ApiBody.Of(new CheckoutEndpoints.CheckoutRequest(Price, Number(Seats))),
        Answers = [ApiBody.Of(new CheckoutEndpoints.CheckoutAnswer("https://checkout.stripe.com/c/pay/cs_test_1"))],
        Refusals =
        [
            new AccountClosed(),
            new BillingEmailRequired(),
            .. Spending,
            .. Choosing,
            new InvalidRequest("The body is not what this call takes (at $.price_id)."),
            new SeatCountOutOfRange(1, 500),
            new SeatsBelowActive(Seats, Example.SeatHolder),
            new AlreadySubscribed("team", IsEnding: false, Settings),
            new PaymentOutstanding(Settings, PaymentPage),
            new BillingBusy(),
        ],
    };

    public static readonly ApiOperation Success = new(
        "completeCheckout",
        "How far a checkout has come that Stripe's page came back from."
    )
    {
        Parameters = [new("query", "session_id", "Stripe's id of the Checkout Session.", IsRequired: true)],
        Answers = [ApiBody.Of(new CheckoutEndpoints.ProgressAnswer(CheckoutProgress.Active))],
        Refusals = [NoAccount, new MalformedSessionId(), new CheckoutSessionNotFound(), .. Spending[^3..]],
    };

    public static readonly ApiOperation ChangeSeats = new(
        "changeSeats",
        "Shows what other seats cost; with the preview's date, buys them."
    )
    {
        Request = ApiBody.Of(
            new ChangeEndpoints.SeatsRequest(Number(Seats), Preview: false, Number(Now.ToUnixTimeSeconds()))
        ),
        Answers = [Preview, Updated, Waiting],
        Refusals = Changing,
    };

    public static readonly ApiOperation ChangePlan = new(
        "changePlan",
        "Shows what another price costs; then changes, now or at the period's end."
    )
    {
        Request = ApiBody.Of(
            new ChangeEndpoints.UpgradeRequest("team_yearly", Preview: true, Number(Now.ToUnixTimeSeconds()))
        ),
        Answers =
        [
            Preview,
            ApiBody.Of(new LaterPreview(24500, "usd", [new("5 x Team", 24500)], 0, 24500, PeriodEnd)),
            Updated,
            Waiting,
            ApiBody.Of(new ScheduledAnswer("scheduled", PeriodEnd)),
        ],
        Refusals = [.. Changing, .. Choosing, new IntervalSwitch(PeriodEnd), new AddOnsInTheWay()],
    };

    public static readonly ApiOperation TakeBack = new(
        "takeBackChange",
        "Takes back the change that waits for its payment, or for the period's end."
    )
    {
        Answers = [Updated],
        Refusals = [.. Spending, new BillingBusy(), new NothingScheduled(), new ChangeScheduled(Settings)],
    };

    public static readonly ApiOperation Portal = new(
        "openPortal",
        "Opens Stripe's portal: cards, invoices, cancelling."
    )
    {
        Answers = [ApiBody.Of(new CheckoutEndpoints.PortalAnswer("https://billing.stripe.com/p/session/test_1"))],
        Refusals = [.. Spending, new NoCustomer(Upgrade), new PortalNotSetUp()],
    };

    private static BillingStatus StatusExample =>
        new()
        {
            Kind = PlanKind.Paid,
            Tier = Team.Id,
            TierName = Team.Name,
            BillingEnabled = true,
            Features = ["jira_integration"],
            SeatsInUse = 3,
            SeatHolder = Example.SeatHolder.ByLanguage,
            Now = Now,
            Seats = Seats,
            Status = SubscriptionStatus.Active,
            PeriodEnd = PeriodEnd,
            PriceId = Price,
            Interval = BillingInterval.Month,
            Currency = "usd",
            AddOns = [],
        };

    private static JsonElement Number(long number) => JsonSerializer.SerializeToElement(number);
}
