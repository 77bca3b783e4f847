using System.Diagnostics;

namespace Tollgate.Telemetry;

/// <summary>
/// The spans of an event's way, from the webhook to the mail. What waits in a row keeps the trace that made it, so that
/// the one who takes it up goes on with it. They name accounts, events and Stripe's requests, and nobody's data.
/// </summary>
internal static class BillingSpans
{
    private static readonly ActivitySource Source = new(BillingMetrics.Name);

    /// <summary>What a row keeps of the present span; null when nobody records it.</summary>
    public static string? ToKeep =>
        Source.HasListeners() && Activity.Current is { Recorded: true, IdFormat: ActivityIdFormat.W3C } span
            ? span.Id
            : null;

    public static Activity? Start(string name, ActivityKind kind = ActivityKind.Internal) =>
        Source.StartActivity(name, kind);

    /// <summary>Goes on with the trace of the first that was kept, and is linked to those of the others.</summary>
    public static Activity? Continue(string name, params IEnumerable<string?> kept)
    {
        if (!Source.HasListeners())
        {
            return null;
        }

        var traces = kept.OfType<string>().Distinct().Select(Parse).OfType<ActivityContext>().ToList();
        var parent = Activity.Current?.Context ?? traces.FirstOrDefault();
        var others = traces.Where(trace => trace != parent).Select(trace => new ActivityLink(trace));
        return Source.StartActivity(name, ActivityKind.Internal, parent, tags: null, others);
    }

    /// <summary>By its type only: a message may quote what no trace is to show.</summary>
    public static void Fail(this Activity? span, Exception failure) =>
        span?.SetStatus(ActivityStatusCode.Error, failure.GetType().Name);

    private static ActivityContext? Parse(string kept) =>
        ActivityContext.TryParse(kept, traceState: null, isRemote: true, out var context) ? context : null;
}
