using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;

namespace Tollgate.Telemetry;

/// <summary>What Tollgate itself emits, for a host that builds its own OpenTelemetry providers.</summary>
public static class TollgateInstrumentation
{
    /// <summary>Of the source of spans and of the meter.</summary>
    private const string Name = "Tollgate";

    /// <summary>Adds the spans of webhooks, account syncs, calls to Stripe, effects and mails.</summary>
    public static TracerProviderBuilder AddTollgateInstrumentation(this TracerProviderBuilder traces)
    {
        ArgumentNullException.ThrowIfNull(traces);
        return traces.AddSource(Name);
    }

    /// <summary>Adds the metrics that docs/operations/observability.md lists.</summary>
    public static MeterProviderBuilder AddTollgateInstrumentation(this MeterProviderBuilder metrics)
    {
        ArgumentNullException.ThrowIfNull(metrics);
        return metrics.AddMeter(Name);
    }
}
