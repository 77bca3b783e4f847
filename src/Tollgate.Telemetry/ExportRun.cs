using Microsoft.Extensions.Hosting;
using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;

namespace Tollgate.Telemetry;

/// <summary>
/// Starts the export with the host, by asking for it, and hands over what is left when the host stops. Logs go on until
/// the host is disposed.
/// </summary>
internal sealed class ExportRun(MeterProvider metrics, TracerProvider traces) : IHostedService
{
    private const int PatienceMs = 3000;

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) =>
        Task.Run(
            () =>
            {
                metrics.ForceFlush(PatienceMs);
                traces.ForceFlush(PatienceMs);
            },
            cancellationToken
        );
}
