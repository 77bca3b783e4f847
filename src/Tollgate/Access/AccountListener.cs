using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;
using Tollgate.Storage;
using Tollgate.Subscriptions;

namespace Tollgate.Access;

/// <summary>
/// Listens to the door's notifications, so that the gate of every node forgets an account that changed, and its
/// streams tell of it.
/// </summary>
internal sealed partial class AccountListener(
    NpgsqlDataSource database,
    AccessGate gate,
    AccountStreams streams,
    TimeProvider machineTime,
    ILogger<AccountListener> log
) : BackgroundService
{
    private static readonly TimeSpan ReconnectAfter = TimeSpan.FromSeconds(1);

    /// <summary>A listening connection that is silently dead is found by this.</summary>
    private static readonly TimeSpan KeepAlive = TimeSpan.FromSeconds(15);

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
                LogLost(failure); // until it is back, the gate reads every row afresh
            }
            finally
            {
                SetListening(false);
            }

            await Task.Delay(ReconnectAfter, machineTime, stoppingToken);
        }
    }

    private async Task ListenAsync(CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        connection.Notification += (_, heard) => Hear(new AccountId(heard.Payload));
        await connection.Statement(null, $"LISTEN {ProjectionCommit.Channel}").RunAsync(cancellationToken);
        SetListening(true);
        while (true)
        {
            if (!await connection.WaitAsync(KeepAlive, cancellationToken))
            {
                await connection.Statement(null, "SELECT 1").RunAsync(cancellationToken);
            }
        }
    }

    private void Hear(AccountId account)
    {
        gate.Forget(account);
        streams.Wake(account);
    }

    private void SetListening(bool listening)
    {
        gate.SetListening(listening);
        streams.WakeAll();
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The listening connection was lost; gates read the database")]
    private partial void LogLost(Exception failure);
}
