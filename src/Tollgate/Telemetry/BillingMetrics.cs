using System.Diagnostics.Metrics;

namespace Tollgate.Telemetry;

/// <summary>
/// What this process counts and times, under the meter <c>Tollgate</c>; docs/operations/observability.md lists
/// each. Labels are of closed sets: never an account, a person or an id. To count costs no allocation.
/// </summary>
internal static class BillingMetrics
{
    /// <summary>Of the meter, and of the source of spans.</summary>
    public const string Name = "Tollgate";

    private static readonly Meter Source = new(Name);

    private static readonly Counter<long> Deliveries = Source.CreateCounter<long>(
        "tollgate.webhook.deliveries",
        "{delivery}",
        "Calls of the webhook, by what became of them."
    );

    private static readonly Counter<long> MissedEvents = Source.CreateCounter<long>(
        "tollgate.webhook.missed",
        "{event}",
        "Events that no delivery brought and the catch-up found."
    );

    private static readonly Histogram<double> DeliveryAge = Seconds(
        "tollgate.webhook.delivery.age",
        "From the making of an event at Stripe to its row in the inbox."
    );

    private static readonly Histogram<double> ApplyAge = Seconds(
        "tollgate.webhook.apply.age",
        "From an event's row in the inbox to the commit that applied it."
    );

    private static readonly Histogram<double> StripeCalls = Seconds(
        "tollgate.stripe.call.duration",
        "Calls to Stripe with all their attempts and pauses."
    );

    private static readonly Counter<long> StripeCutOffs = Source.CreateCounter<long>(
        "tollgate.stripe.circuit.openings",
        "{opening}",
        "How often Stripe failed so many times in a row that it was not asked for a while."
    );

    private static readonly Counter<long> Gates = Source.CreateCounter<long>(
        "tollgate.access.gates",
        "{answer}",
        "Answers of the gates."
    );

    private static readonly Counter<long> Reserves = Source.CreateCounter<long>(
        "tollgate.usage.reserves",
        "{reserve}",
        "Units asked for."
    );

    private static readonly Counter<long> Settlements = Source.CreateCounter<long>(
        "tollgate.usage.settlements",
        "{settlement}",
        "Reserved units that were counted or given back."
    );

    private static readonly Counter<long> Effects = Source.CreateCounter<long>(
        "tollgate.outbox.effects",
        "{attempt}",
        "Attempts to dispatch an effect."
    );

    private static readonly Counter<long> Mails = Source.CreateCounter<long>(
        "tollgate.mail.attempts",
        "{attempt}",
        "Attempts to send a mail."
    );

    private static readonly Counter<long> ForeignEvents = Source.CreateCounter<long>(
        "tollgate.webhook.foreign",
        "{event}",
        "Events of customers that another system made, which are ignored."
    );

    private static readonly Counter<long> Drifts = Source.CreateCounter<long>(
        "tollgate.reconcile.drift",
        "{account}",
        "Accounts that a reconcile found to differ from Stripe."
    );

    private static readonly Counter<long> ForgottenBodies = Source.CreateCounter<long>(
        "tollgate.retention.forgotten",
        "{body}",
        "Bodies that were erased because they had become old."
    );

    public static void Delivered(string outcome) => Deliveries.Add(1, Label("outcome", outcome));

    public static void Foreign(int events)
    {
        if (events > 0)
        {
            ForeignEvents.Add(events);
        }
    }

    public static void Missed() => MissedEvents.Add(1);

    /// <summary>Clocks differ: what is not made yet is new.</summary>
    public static void Recorded(TimeSpan age) => DeliveryAge.Record(Math.Max(0, age.TotalSeconds));

    public static void Applied(TimeSpan age) => ApplyAge.Record(age.TotalSeconds);

    public static void Called(HttpMethod method, string route, string outcome, TimeSpan duration) =>
        StripeCalls.Record(
            duration.TotalSeconds,
            Label("method", method.Method),
            Label("route", route),
            Label("outcome", outcome)
        );

    public static void CutOff() => StripeCutOffs.Add(1);

    public static void Answered(string feature, Refusal? refusal) =>
        Gates.Add(1, Label("feature", feature), Label("outcome", refusal?.Code ?? "granted"));

    public static void Reserved(string meter, string outcome) =>
        Reserves.Add(1, Label("meter", meter), Label("outcome", outcome));

    public static void Settled(string meter, string outcome) =>
        Settlements.Add(1, Label("meter", meter), Label("outcome", outcome));

    public static void Dispatched(string kind, string outcome) =>
        Effects.Add(1, Label("kind", kind), Label("outcome", outcome));

    public static void Mailed(string kind, string outcome) =>
        Mails.Add(1, Label("kind", kind), Label("outcome", outcome));

    public static void Differed(bool isDryRun) => Drifts.Add(1, Label("run", isDryRun ? "dry_run" : "repair"));

    public static void Forgot(string kind, int bodies) => ForgottenBodies.Add(bodies, Label("kind", kind));

    private static KeyValuePair<string, object?> Label(string name, string value) => new(name, value);

    /// <summary>From a quick answer to the three days for which Stripe delivers again.</summary>
    private static Histogram<double> Seconds(string name, string description) =>
        Source.CreateHistogram(
            name,
            "s",
            description,
            tags: null,
            new InstrumentAdvice<double>
            {
                HistogramBucketBoundaries =
                [
                    0.05,
                    0.1,
                    0.25,
                    0.5,
                    1,
                    2.5,
                    5,
                    10,
                    30,
                    60,
                    300,
                    1800,
                    7200,
                    86400,
                    259200,
                ],
            }
        );
}
