using System.Collections.Concurrent;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Tollgate.HydraTesting;

/// <summary>A server on a loopback port that takes OTLP over HTTP, and reads what a test asks about.</summary>
public sealed class FakeCollector : IAsyncDisposable
{
    private readonly WebApplication app;
    private readonly ConcurrentQueue<(string Signal, byte[] Body)> taken = new();

    private FakeCollector()
    {
        var builder = WebApplication.CreateEmptyBuilder(new());
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        builder.Services.AddRoutingCore();
        builder.Logging.ClearProviders();
        app = builder.Build();
        app.UseRouting();
        app.MapPost("/v1/{signal}", TakeAsync);
    }

    public static async Task<FakeCollector> StartAsync()
    {
        var collector = new FakeCollector();
        await collector.app.StartAsync(TestContext.Current.CancellationToken);
        return collector;
    }

    /// <summary>How a host is pointed here, and set not to wait for long.</summary>
    public Dictionary<string, string> Environment =>
        new()
        {
            ["OTEL_EXPORTER_OTLP_ENDPOINT"] = app.Urls.Single(),
            ["OTEL_EXPORTER_OTLP_PROTOCOL"] = "http/protobuf",
            ["OTEL_SERVICE_NAME"] = "product-under-test",
            ["OTEL_METRIC_EXPORT_INTERVAL"] = "500",
            ["OTEL_BSP_SCHEDULE_DELAY"] = "200",
            ["OTEL_BLRP_SCHEDULE_DELAY"] = "200",
        };

    public IReadOnlyList<ExportedSpan> Spans =>
        [
            .. from export in Of("traces")
            from resource in export.All(1)
            from scope in resource.All(2)
            from span in scope.All(2)
            select new ExportedSpan(
                Convert.ToHexStringLower(span.Bytes(1)),
                span.Text(5),
                [.. span.All(9).Select(tag => tag.Text(1))]
            ),
        ];

    public IReadOnlySet<string> Metrics =>
        (
            from export in Of("metrics")
            from resource in export.All(1)
            from scope in resource.All(2)
            from metric in scope.All(2)
            select metric.Text(1)
        ).ToHashSet();

    public IReadOnlyList<string> Logs =>
        [
            .. from export in Of("logs")
            from resource in export.All(1)
            from scope in resource.All(2)
            from line in scope.All(2)
            select line.All(5).First().Text(1),
        ];

    /// <summary>Of all that came, each signal's.</summary>
    public IReadOnlySet<string> ServiceNames =>
        (
            from one in taken
            from resource in new ProtobufMessage(one.Body).All(1)
            from tag in resource.All(1).First().All(1)
            where tag.Text(1) == "service.name"
            select $"{one.Signal} of {tag.All(2).First().Text(1)}"
        ).ToHashSet();

    /// <summary>All that came, as whoever searches it for a secret reads it.</summary>
    public string Everything => string.Concat(taken.Select(one => Encoding.UTF8.GetString(one.Body)));

    public ValueTask DisposeAsync() => app.DisposeAsync();

    private IEnumerable<ProtobufMessage> Of(string signal) =>
        taken.Where(one => one.Signal == signal).Select(one => new ProtobufMessage(one.Body));

    private async Task TakeAsync(HttpContext context)
    {
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body, context.RequestAborted);
        taken.Enqueue(((string)context.GetRouteValue("signal")!, body.ToArray()));
    }
}

/// <param name="Trace">Its id.</param>
public sealed record ExportedSpan(string Trace, string Name, IReadOnlyList<string> Tags);
