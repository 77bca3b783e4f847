using Standalone.Accounts;
using Standalone.ApiKeys;
using Tollgate;
using Tollgate.Api;
using Tollgate.Http;
using Tollgate.Usage;

namespace Standalone.Usage;

/// <summary>What the API's document says of checks and meters.</summary>
internal static class UsageDescriptions
{
    private static readonly DateTimeOffset Reset = new(2027, 2, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly UsageRoutes.MeterUseAnswer Use = new("render", 2, 1, 3, 0, Reset);
    private static readonly ApiKeyRequired NoKey = new();
    private static readonly AccountIsClosed Closed = new();
    private static readonly UnknownMeter NoMeter = new("renderr");
    private static readonly InvalidRequest BadKey = new("A run's key has 1 to 200 characters that can be seen.");

    public static readonly ApiOperation Check = new(
        "check",
        "Whether an account may use a feature, or has a unit of a meter left. It holds nothing: `reserve` does."
    )
    {
        Request = ApiBody.Of(new UsageRoutes.CheckRequest(Meter: "render")),
        Answers = [ApiBody.Of(new UsageRoutes.CheckAnswer(Allowed: false, Problem: null, Use))],
        Refusals =
        [
            new InvalidRequest("Ask for a feature or for a meter: one of them."),
            new UnknownFeature("watermarkk"),
            NoMeter,
            NoKey,
            new ScopeMissing(ApiScope.Read),
            Closed,
        ],
    };

    public static readonly ApiOperation Reserve = new(
        "reserve",
        "Holds a unit of a meter for a run. The same key is the same run, however often it is sent."
    )
    {
        Request = ApiBody.Of(new UsageRoutes.ReserveRequest("render", "job-7")),
        Answers = [ApiBody.Of(new UsageRoutes.ReserveAnswer("render", "job-7", ReserveResult.Granted, Reset))],
        Refusals =
        [
            BadKey,
            NoMeter,
            NoKey,
            .. RefusalExamples.Of(
                ProblemCodes.FreeTierLimitReached,
                ProblemCodes.UsageLimitReached,
                ProblemCodes.SubscriptionRequired,
                ProblemCodes.PaymentRequired
            ),
            new ScopeMissing(ApiScope.Usage),
            Closed,
        ],
    };

    public static readonly ApiOperation Commit = Settle("commit", "The run succeeded: its unit counts, once.");

    public static readonly ApiOperation Release = Settle("release", "The run failed: its unit is given back.");

    private static ApiOperation Settle(string id, string summary) =>
        new(id, summary)
        {
            Request = ApiBody.Of(new UsageRoutes.SettleRequest("render", "job-7")),
            Answers = [ApiBody.Of(new UsageRoutes.SettleAnswer("render", "job-7", SettleResult.Committed))],
            Refusals = [BadKey, NoMeter, NoKey, new ScopeMissing(ApiScope.Usage), Closed, new RunNotReserved()],
        };
}
