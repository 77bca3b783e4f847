using System.Text.Json.Nodes;
using Tollgate.Accounts;
using Tollgate.Alerts;
using Tollgate.Http;
using Tollgate.Inbox;
using Tollgate.Insight;
using Tollgate.Reconciliation;
using Tollgate.Subscriptions;

namespace Tollgate.Api;

/// <summary>What the API's document says of the calls of administrators.</summary>
internal static class AdministrationDescriptions
{
    private const string Acme = "acme";
    private const string EventId = "evt_1";
    private const string Why = "paid, ticket 4711";
    private static readonly DateTimeOffset Now = new(2027, 1, 10, 12, 0, 0, TimeSpan.Zero);
    private static readonly DateTimeOffset Until = new(2027, 2, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly NamedId[] Plans = [new("free", "Free"), new("team", "Team")];
    private static readonly OpenAlert Alert = new(7, Acme, "double_billing", "sub_2", Now);
    private static readonly InboxEvent Paid = new(
        EventId,
        "invoice.paid",
        "dead",
        "a bug",
        Acme,
        "cus_1",
        Now,
        Now,
        Attempts: 10
    );

    private static readonly ApiBody Done = ApiBody.Of(new DoneAnswer("done"));
    private static readonly InvalidRequest Unclear = new("why says in up to 500 characters what this is done for.");

    // whoever does something says why, from the host's own pages
    private static readonly Refusal[] Doing = [Unclear, new CrossSiteRequest()];
    private static readonly Refusal[] DoingToAccount = [.. Doing, new AccountNotFound("cus_of_nobody")];

    public static readonly ApiOperation Accounts = new("findAccounts", "Every account, or those that match a search.")
    {
        Parameters =
        [
            Query("search", "Beginnings of words, or an id of ours or Stripe's."),
            Query("without_end", "true: only those whose tier was set by hand without an end."),
            After,
        ],
        Answers = [ApiBody.Of(new AccountPage([Row], Next: null))],
    };

    public static readonly ApiOperation Account = new("explainAccount", "Why an account's access is as it is.")
    {
        Parameters = [Query("before", "The cursor of the former page.")],
        Answers =
        [
            ApiBody.Of(
                new AccountAnswer(
                    Row,
                    "acme has Team: sub_1 is active and paid through 2027-02-01 00:00 UTC.",
                    new OverrideShown("team", "ann", Why, Until),
                    Plans,
                    [
                        new RefundOrDispute(
                            "re_1",
                            "ch_1",
                            RefundOrDisputeKind.Refund,
                            new Money(6000, "usd"),
                            Reason: null,
                            "succeeded",
                            Now
                        )
                        {
                            IsWhole = true,
                        },
                    ],
                    [Alert],
                    [new TimelineEntry(Now, TimelineKind.Event, "evt_1 invoice.paid", "applied")],
                    Next: 50
                )
            ),
        ],
        Refusals = [new AccountNotFound("cus_of_nobody")],
    };

    public static readonly ApiOperation Refresh = new(
        "refreshAccount",
        "Asks Stripe about the account, within a second."
    )
    {
        Request = ApiBody.Of(new OperatorEndpoints.Reason(Why)),
        Answers = [Done],
        Refusals = DoingToAccount,
    };

    public static readonly ApiOperation Override = new(
        "setOverride",
        "Sets a tier until its end, whatever Stripe says; a plan that is sold off Stripe needs none."
    )
    {
        Request = ApiBody.Of(new OperatorEndpoints.OverrideRequest("enterprise", Why, Until)),
        Answers = [Done],
        Refusals = [.. DoingToAccount, new BillingBusy()],
    };

    public static readonly ApiOperation EndOverride = new("endOverride", "What Stripe says holds again, at once.")
    {
        Request = ApiBody.Of(new OperatorEndpoints.Reason(Why)),
        Answers = [Done],
        Refusals = [.. DoingToAccount, new BillingBusy()],
    };

    public static readonly ApiOperation Events = new("listEvents", "Stripe's events, the newest first.")
    {
        Parameters =
        [
            Query("state", "received, waiting, parked, applied, ignored, quarantined or dead."),
            Query("type", "Stripe's type."),
            Query("account", "Only of this account."),
            Query("reason", "Why it is in its state: foreign is another system's in the same Stripe account."),
            After,
        ],
        Answers = [ApiBody.Of(new EventPage([Paid], Next: null))],
    };

    public static readonly ApiOperation Event = new("readEvent", "One event, without what opens something.")
    {
        Answers = [ApiBody.Of(new EventAnswer(Paid, new JsonObject { ["id"] = EventId }, CanReplay: true))],
        Refusals = [new EventNotFound(EventId)],
    };

    public static readonly ApiOperation Replay = new("replayEvent", "Starts an event again that was not applied.")
    {
        Request = ApiBody.Of(new OperatorEndpoints.Reason(Why)),
        Answers = [Done],
        Refusals = [.. Doing, new EventNotFound(EventId), new NothingToReplay("applied")],
    };

    public static readonly ApiOperation Drift = new("readDrift", "The latest reconciles, and what one of them found.")
    {
        Parameters =
        [
            Query("run", "Whose findings; the latest by default."),
            Query("subject", "Of the former page's cursor."),
            Query("kind", "Of the former page's cursor."),
        ],
        Answers =
        [
            ApiBody.Of(
                new DriftAnswer(
                    [new DriftRun(3, IsDryRun: true, Now, Now, AccountsCompared: 40, Repaired: 0)],
                    Run: 3,
                    [new FindingShown(Acme, "drift", Acme, Now, "StripeStatus: active -> canceled")],
                    new FindingCursor(Acme, "drift"),
                    [Alert]
                )
            ),
        ],
    };

    public static readonly ApiOperation DryRun = new(
        "askDryRun",
        "Compares every account with Stripe; changes nothing."
    )
    {
        Answers = [ApiBody.Of(new DoneAnswer("started"))],
        Refusals = [new CrossSiteRequest()],
    };

    public static readonly ApiOperation Figures = new("readFigures", "What the accounts bring in, now and over time.")
    {
        Parameters = [Query("by", "day or month.")],
        Answers =
        [
            ApiBody.Of(
                new FiguresAnswer(
                    new Figures(Now, [Money.Usd(98_00)], [], 1, 2, 0, 0, [new("team", "Team", 1)]),
                    "day",
                    Plans,
                    [new NamedId("fix", "Fixes")],
                    [
                        new FigurePoint(
                            DateOnly.FromDateTime(Now.UtcDateTime),
                            [Money.Usd(98_00)],
                            Seats: 2,
                            new Dictionary<string, long> { ["team"] = 1 },
                            Failed: 0,
                            Recovered: 0,
                            Lost: 0,
                            new Dictionary<string, long> { ["fix"] = 12 }
                        ),
                    ]
                )
            ),
        ],
        Refusals = [new InvalidRequest("by is day or month.")],
    };

    public static readonly ApiOperation Actions = new("listActions", "The switch, and what administrators did.")
    {
        Parameters = [Query("before", "The cursor of the former page.")],
        Answers =
        [
            ApiBody.Of(
                new ActionPage(
                    new SwitchShown(IsOn: true, IsOffByEnvironment: false),
                    [new ActionShown(1, Now, "ann", "replay", Acme, EventId, Why, "done")],
                    Next: null
                )
            ),
        ],
    };

    public static readonly ApiOperation Switch = new("switchBilling", "Switches billing off or on, on every node.")
    {
        Request = ApiBody.Of(new OperatorEndpoints.SwitchRequest(On: false, Why)),
        Answers = [Done],
        Refusals = Doing,
    };

    private static ApiParameter After => Query("after", "The cursor of the former page.");

    private static AccountRow Row =>
        new(Acme, "Acme", "owner@acme.test")
        {
            Customer = "cus_1",
            Subscription = "sub_1",
            Tier = "team",
            Status = "active",
            Seats = 2,
            PaidThrough = Until,
        };

    private static ApiParameter Query(string name, string meaning) => new("query", name, meaning);
}
