using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;
using Tollgate.Startup;
using Tollgate.Storage;

namespace Tollgate.Settings;

/// <summary>
/// Reads the stored switch before the host serves, when another node says that it was set, and every 15 seconds in case
/// no notification arrived.
/// </summary>
internal sealed partial class SwitchListener(
    NpgsqlDataSource database,
    BillingSwitch billing,
    TimeProvider machineTime,
    ILogger<SwitchListener> log
) : BackgroundService, IStartupStep
{
    private static readonly TimeSpan ReconnectAfter = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan ReadAgain = TimeSpan.FromSeconds(15);

    Task IStartupStep.RunAsync(CancellationToken cancellationToken) => ReadAsync(cancellationToken);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await ListenAsync(stoppingToken);
            }
            catch (Exception failure) when (failure is not OperationCanceledException)
            {
                LogLost(failure); // the last word holds until the database is back
                await Task.Delay(ReconnectAfter, machineTime, stoppingToken);
            }
        }
    }

    private async Task ListenAsync(CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await connection.Statement(null, $"LISTEN {SetBillingSwitch.Channel}").RunAsync(cancellationToken);
        while (true)
        {
            await ReadAsync(cancellationToken);
            await connection.WaitAsync(ReadAgain, cancellationToken);
        }
    }

    private async Task ReadAsync(CancellationToken cancellationToken)
    {
        var wasOn = billing.IsOn;
        await billing.ApplyAsync(
            async () => await SwitchChange.ReadLastAsync(database, cancellationToken) is not { IsOn: false },
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
