using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;
using Tollgate.Storage;
using Tollgate.Subscriptions;

namespace Tollgate.Access;

/// <summary>
/// Listens to the commit's notifications, so that the gate of every node invalidates a changed account, and its
/// streams push it.
/// </summary>
internal sealed partial class AccountListener(
    NpgsqlDataSource database,
    AccessGate gate,
    AccountStreams streams,
    TimeProvider machineTime,
    ILogger<AccountListener> log
) : BackgroundService
{
    /// <summary>Begins to listen, and probes: so pg_stat_activity always shows which connections do.</summary>
    private const string Listen = $"LISTEN {ProjectionCommit.Channel}";

    private static readonly TimeSpan ReconnectAfter = TimeSpan.FromSeconds(1);

    /// <summary>How often a silent connection is probed.</summary>
    private static readonly TimeSpan ProbeInterval = TimeSpan.FromSeconds(2);

    /// <summary>
    /// How long a probe may take. A connection whose other end is gone without a word is so found within 5 seconds, and
    /// from then on every gate reads the database.
    /// </summary>
    private static readonly TimeSpan ProbePatience = TimeSpan.FromSeconds(2);

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
        connection.Notification += (_, received) => Invalidate(new AccountId(received.Payload));
        await connection.Statement(null, Listen).RunAsync(cancellationToken);
        SetListening(true);
        while (true)
        {
            if (!await connection.WaitAsync(ProbeInterval, cancellationToken))
            {
                await ProbeAsync(connection, cancellationToken);
            }
        }
    }

    // the driver takes its time to give a connection up; the gates do not wait for that
    private async Task ProbeAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        using var patience = new CancellationTokenSource(ProbePatience, machineTime);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellationToken);
        await using var silence = patience.Token.Register(() => SetListening(false));
        try
        {
            await connection.Statement(null, Listen).RunAsync(either.Token);
            either.Token.ThrowIfCancellationRequested(); // an answer that came too late was not waited for
        }
        catch (OperationCanceledException late) when (!cancellationToken.IsCancellationRequested)
        {
            throw new TimeoutException($"The listening connection did not answer within {ProbePatience}.", late);
        }
    }

    private void Invalidate(AccountId account)
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
