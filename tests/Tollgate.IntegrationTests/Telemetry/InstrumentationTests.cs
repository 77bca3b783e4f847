using System.Collections.Concurrent;
using System.Diagnostics;
using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;
using Tollgate.Telemetry;

namespace Tollgate.IntegrationTests.Telemetry;

/// <summary>A host that has OpenTelemetry providers of its own adds Tollgate to them.</summary>
public sealed class InstrumentationTests
{
    [Fact]
    public void Spans_go_to_the_hosts_own_provider()
    {
        using var ended = new Ended();
        using var traces = Sdk.CreateTracerProviderBuilder().AddTollgateInstrumentation().AddProcessor(ended).Build();

        BillingSpans.Start("of_a_test")?.Dispose();

        Assert.Contains("of_a_test", ended.Names);
    }

    [Fact]
    public void Metrics_go_to_the_hosts_own_provider()
    {
        using var exported = new Exported();
        using var reader = new BaseExportingMetricReader(exported);
        using var metrics = Sdk.CreateMeterProviderBuilder().AddTollgateInstrumentation().AddReader(reader).Build();

        BillingMetrics.Mailed("of_a_test", "sent");
        metrics.ForceFlush();

        Assert.Contains("tollgate.mail.attempts", exported.Names);
    }

    private sealed class Ended : BaseProcessor<Activity>
    {
        public ConcurrentQueue<string> Names { get; } = new();

        public override void OnEnd(Activity data) => Names.Enqueue(data.DisplayName);
    }

    private sealed class Exported : BaseExporter<Metric>
    {
        public ConcurrentQueue<string> Names { get; } = new();

        public override ExportResult Export(in Batch<Metric> batch)
        {
            foreach (var metric in batch)
            {
                Names.Enqueue(metric.Name);
            }

            return ExportResult.Success;
        }
    }
}
