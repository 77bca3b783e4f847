using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using OpenTelemetry.Logs;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace Tollgate.Telemetry;

/// <summary>How a host sends traces, metrics and logs to a collector.</summary>
public static class TelemetryRegistration
{
    /// <summary>What calls us from outside does not decide what we record.</summary>
    private static readonly ParentBasedSampler Whole = new(
        new NoLoneCalls(),
        remoteParentNotSampled: new NoLoneCalls()
    );

    /// <summary>
    /// Exports by OTLP when <c>OTEL_EXPORTER_OTLP_ENDPOINT</c> is set, and does nothing otherwise. All of
    /// OpenTelemetry's own variables hold, from the environment or any other configuration of the host. A host that
    /// exports otherwise adds <see cref="TollgateInstrumentation"/> to its own providers instead.
    /// </summary>
    public static WebApplicationBuilder AddTollgateTelemetry(this WebApplicationBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        var configuration = builder.Configuration;
        if (string.IsNullOrWhiteSpace(configuration["OTEL_EXPORTER_OTLP_ENDPOINT"]))
        {
            return builder;
        }

        var service = configuration["OTEL_SERVICE_NAME"] ?? builder.Environment.ApplicationName;
        var hasSampler = configuration["OTEL_TRACES_SAMPLER"] is { Length: > 0 };
        builder
            .Services.AddOpenTelemetry()
            .ConfigureResource(resource => resource.AddService(service))
            .WithTracing(traces => AddTraces(hasSampler ? traces : traces.SetSampler(Whole)))
            .WithMetrics(AddMetrics)
            .WithLogging(logs => logs.AddOtlpExporter(), options => options.IncludeFormattedMessage = true);
        return builder;
    }

    private static void AddTraces(TracerProviderBuilder traces) =>
        traces
            .AddTollgateInstrumentation()
            .AddAspNetCoreInstrumentation()
            .AddHttpClientInstrumentation()
            .AddNpgsql()
            .AddOtlpExporter();

    private static void AddMetrics(MeterProviderBuilder metrics) =>
        metrics
            .AddTollgateInstrumentation()
            .AddAspNetCoreInstrumentation()
            .AddHttpClientInstrumentation()
            .AddRuntimeInstrumentation()
            .AddNpgsqlInstrumentation()
            .AddOtlpExporter();
}
