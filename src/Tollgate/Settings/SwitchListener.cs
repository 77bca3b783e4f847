using Microsoft.Extensions.Logging;
using Npgsql;
using Tollgate.Startup;
using Tollgate.Telemetry;

namespace Tollgate.Settings;

/// <summary>
/// Reads the stored switch before the host serves, when another node says that it was set, and every 15 seconds in case
/// no notification arrived.
/// </summary>
internal sealed partial class SwitchListener(
    NpgsqlDataSource database,
    BillingSwitch billing,
    WorkerHeartbeats heartbeats,
    ILogger<SwitchListener> log
) : ListenLoop("switch", SetBillingSwitch.Channel, ReadAgain, database, heartbeats), IStartupStep
{
    private static readonly TimeSpan ReadAgain = TimeSpan.FromSeconds(15);

    Task IStartupStep.RunAsync(CancellationToken cancellationToken) => ReadAsync(cancellationToken);

    protected override Task RoundAsync(CancellationToken stoppingToken) => ReadAsync(stoppingToken);

    protected override void Failed(Exception failure) => LogLost(failure); // the last word holds until it is back

    private async Task ReadAsync(CancellationToken cancellationToken)
    {
        var wasOn = billing.IsOn;
        await billing.ApplyAsync(
            async () => await SwitchChange.ReadLastAsync(Database, cancellationToken) is not { IsOn: false },
            cancellationToken
        );
        if (billing.IsOn != wasOn)
        {
            LogSwitched(billing.IsOn);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The switch cannot be read; its last state holds")]
    private partial void LogLost(Exception failure);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Billing is on: {IsOn}")]
    private partial void LogSwitched(bool isOn);
}
