using System.Diagnostics.Metrics;
using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using Tollgate.Reconciliation;
using Tollgate.Telemetry;
using Tollgate.Tests.Conventions;
using Tollgate.Tests.Stripe;

namespace Tollgate.Tests.Telemetry;

/// <summary>The document names the metrics that there are, and the dashboard shows no others.</summary>
public sealed partial class MetricsDocumentTests
{
    private static readonly string Operations = Path.Combine(SourceTree.Root, "docs", "operations");

    [Fact]
    public void Every_metric_stands_in_the_document_with_its_kind_and_unit()
    {
        var documented = File.ReadLines(Path.Combine(Operations, "observability.md"))
            .Select(line => Row().Match(line))
            .Where(row => row.Success)
            .Select(row => $"{row.Groups["name"]} {row.Groups["kind"]} {row.Groups["unit"]}");

        Assert.Equal(
            Instruments().Select(one => $"{one.Name} {KindOf(one)} {one.Unit!.Trim('{', '}')}").Order(),
            documented.Order()
        );
    }

    [Fact]
    public void The_dashboard_shows_metrics_that_there_are()
    {
        var shown = Exported()
            .Matches(File.ReadAllText(Path.Combine(Operations, "grafana-dashboard.json")))
            .Select(match => match.Value)
            .ToHashSet();

        Assert.NotEmpty(shown);
        Assert.Subset(Instruments().SelectMany(NamesAtPrometheus).ToHashSet(), shown);
    }

    private static List<Instrument> Instruments()
    {
        RuntimeHelpers.RunClassConstructor(typeof(BillingMetrics).TypeHandle);
        using var database = NpgsqlDataSource.Create("Host=nowhere");
        using var stripe = Tollgate.Stripe.StripeClient.Create(SomeStripe.Settings(), TimeProvider.System);
        var heartbeats = new WorkerHeartbeats(TimeProvider.System);
        using var gauges = new BillingGauges(database, stripe, heartbeats, NullLogger<BillingGauges>.Instance);
        var found = new List<Instrument>();
        using var listener = new MeterListener();
        listener.InstrumentPublished = (instrument, _) =>
        {
            if (instrument.Meter.Name == BillingMetrics.Name)
            {
                found.Add(instrument);
            }
        };
        listener.Start();
        return [.. found.DistinctBy(instrument => instrument.Name)];
    }

    private static string KindOf(Instrument instrument) =>
        instrument switch
        {
            Counter<long> => "counter",
            Histogram<double> => "histogram",
            ObservableInstrument<int> or ObservableInstrument<double> => "gauge",
            _ => throw new InvalidOperationException($"{instrument.Name} is of a new kind."),
        };

    /// <summary>As a collector translates them.</summary>
    private static IEnumerable<string> NamesAtPrometheus(Instrument instrument)
    {
        var name = instrument.Name.Replace('.', '_') + (instrument.Unit == "s" ? "_seconds" : "");
        return KindOf(instrument) switch
        {
            "counter" => [$"{name}_total"],
            "histogram" => [$"{name}_bucket", $"{name}_count", $"{name}_sum"],
            _ => [name],
        };
    }

    [GeneratedRegex(
        @"^\| `(?<name>tollgate\.[a-z._]+)` \| (?<kind>\w+) \| (?<unit>\w+) \|",
        RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 10_000
    )]
    private static partial Regex Row();

    [GeneratedRegex("tollgate_[a-z_]+", RegexOptions.None, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Exported();
}
