using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using OpenTelemetry;
using OpenTelemetry.Logs;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace Tollgate.Telemetry;

/// <summary>How a host sends traces, metrics and logs to a collector.</summary>
public static class TelemetryRegistration
{
    private static readonly string[] Meters =
    [
        "Tollgate",
        "Microsoft.AspNetCore.Hosting",
        "Microsoft.AspNetCore.Server.Kestrel",
        "System.Net.Http",
        "System.Runtime",
        "Npgsql",
    ];

    private static readonly string[] Sources = ["Tollgate", "Microsoft.AspNetCore", "System.Net.Http", "Npgsql"];

    /// <summary>What calls us from outside does not decide what we record.</summary>
    private static readonly ParentBasedSampler Whole = new(
        new NoLoneCalls(),
        remoteParentNotSampled: new NoLoneCalls()
    );

    /// <summary>
    /// Exports by OTLP when <c>OTEL_EXPORTER_OTLP_ENDPOINT</c> is set, and does nothing otherwise. All of
    /// OpenTelemetry's own variables hold, from the environment or any other configuration of the host.
    /// </summary>
    public static WebApplicationBuilder AddTollgateTelemetry(this WebApplicationBuilder builder)
    {
        var configuration = builder.Configuration;
        if (string.IsNullOrWhiteSpace(configuration["OTEL_EXPORTER_OTLP_ENDPOINT"]))
        {
            return builder;
        }

        // ASP.NET Core leaves a request's span without method, route and status otherwise
        AppContext.SetSwitch("Microsoft.AspNetCore.Hosting.SuppressActivityOpenTelemetryData", isEnabled: false);
        var resource = ResourceBuilder
            .CreateDefault()
            .AddService(configuration["OTEL_SERVICE_NAME"] ?? builder.Environment.ApplicationName);
        builder.Services.AddSingleton(_ => BuildMetrics(configuration, resource));
        builder.Services.AddSingleton(_ => BuildTraces(configuration, resource));
        builder.Services.AddHostedService<ExportRun>();
        builder.Logging.AddOpenTelemetry(logs =>
        {
            logs.SetResourceBuilder(resource);
            logs.IncludeFormattedMessage = true;
            logs.AddOtlpExporter();
        });
        return builder;
    }

    private static MeterProvider BuildMetrics(IConfiguration configuration, ResourceBuilder resource) =>
        Sdk.CreateMeterProviderBuilder()
            .ConfigureServices(services => services.AddSingleton(configuration))
            .SetResourceBuilder(resource)
            .AddMeter(Meters)
            .AddOtlpExporter()
            .Build();

    private static TracerProvider BuildTraces(IConfiguration configuration, ResourceBuilder resource)
    {
        var traces = Sdk.CreateTracerProviderBuilder()
            .ConfigureServices(services => services.AddSingleton(configuration))
            .SetResourceBuilder(resource)
            .AddSource(Sources)
            .AddOtlpExporter();
        return configuration["OTEL_TRACES_SAMPLER"] is { Length: > 0 }
            ? traces.Build()
            : traces.SetSampler(Whole).Build();
    }
}
