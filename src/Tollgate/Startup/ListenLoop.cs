using Npgsql;
using Tollgate.Storage;
using Tollgate.Telemetry;

namespace Tollgate.Startup;

/// <summary>
/// Listens to a channel of the database by a connection of its own, and connects again a second after it was lost.
/// </summary>
/// <param name="quiet">A connection that is silent for so long is probed.</param>
internal abstract class ListenLoop(
    string name,
    string channel,
    TimeSpan quiet,
    NpgsqlDataSource database,
    WorkerHeartbeats heartbeats
) : WorkerLoop(name, ReconnectAfter, heartbeats)
{
    private static readonly TimeSpan ReconnectAfter = TimeSpan.FromSeconds(1);

    /// <summary>
    /// How long a probe may take. A connection whose other end is gone without a word is so found within this time
    /// after the quiet one.
    /// </summary>
    private static readonly TimeSpan ProbePatience = TimeSpan.FromSeconds(2);

    /// <summary>Begins to listen, and probes: so pg_stat_activity always shows which connections do.</summary>
    private readonly string listen = $"LISTEN {channel}";

    protected NpgsqlDataSource Database { get; } = database;

    protected override bool StartsAtOnce => true;

    protected virtual void Notified(string payload) { }

    /// <summary>The connection listens from now on, or not any more; the latter is repeated until it is back.</summary>
    protected virtual void SetListening(bool isListening) { }

    /// <summary>When it has begun to listen, and after each notification or silence.</summary>
    protected virtual Task RoundAsync(CancellationToken stoppingToken) => Task.CompletedTask;

    protected override async Task PassAsync(CancellationToken stoppingToken)
    {
        try
        {
            await using var connection = await Database.OpenConnectionAsync(stoppingToken);
            connection.Notification += (_, received) => Notified(received.Payload);
            await connection.Statement(null, listen).RunAsync(stoppingToken);
            SetListening(true);
            while (true)
            {
                Beat();
                await RoundAsync(stoppingToken);
                if (!await connection.WaitAsync(quiet, stoppingToken))
                {
                    await ProbeAsync(connection, stoppingToken);
                }
            }
        }
        finally
        {
            SetListening(false);
        }
    }

    protected override Task WaitAsync(bool succeeded, PeriodicTimer ticks, CancellationToken stoppingToken) =>
        Task.Delay(ReconnectAfter, MachineTime, stoppingToken);

    // the driver takes its time to give a connection up; whoever relies on it does not wait for that
    private async Task ProbeAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        using var patience = new CancellationTokenSource(ProbePatience, MachineTime);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellationToken);
        await using var silence = patience.Token.Register(() => SetListening(false));
        try
        {
            await connection.Statement(null, listen).RunAsync(either.Token);
            either.Token.ThrowIfCancellationRequested(); // an answer that came too late was not waited for
        }
        catch (OperationCanceledException late) when (!cancellationToken.IsCancellationRequested)
        {
            throw new TimeoutException($"The listening connection did not answer within {ProbePatience}.", late);
        }
    }
}
