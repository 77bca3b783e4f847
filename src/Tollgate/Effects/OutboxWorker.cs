using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Tollgate.Effects;

/// <summary>
/// What a host does when something happened. Called at least once per effect, after the commit; an exception makes it
/// be called again later, with back-off, ten times at the most.
/// </summary>
public interface IEffectHandler
{
    Task HandleAsync(AccountId account, Effect effect, CancellationToken cancellationToken);
}

/// <summary>Takes what is owed from the outbox and tells the host's handlers.</summary>
internal sealed partial class OutboxWorker(
    Outbox outbox,
    IServiceScopeFactory scopes,
    TimeProvider machineTime,
    ILogger<OutboxWorker> log
) : BackgroundService
{
    private const int Batch = 50;
    private const int MostAttempts = 10;
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(500);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, machineTime);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await DrainAsync(stoppingToken);
            }
            catch (Exception failure) when (failure is not OperationCanceledException)
            {
                LogDrainFailed(failure); // the database may be away; the next tick tries again
            }
        }
    }

    internal async Task DrainAsync(CancellationToken cancellationToken)
    {
        while (await outbox.TakeAsync(Batch, cancellationToken) is { Count: > 0 } owed)
        {
            foreach (var one in owed)
            {
                await TellAsync(one, cancellationToken);
            }
        }
    }

    private async Task TellAsync(OwedEffect owed, CancellationToken cancellationToken)
    {
        try
        {
            var effect = owed.Read();
            if (effect is AlertRaised alert)
            {
                LogAlert(owed.Account, alert.Reason, alert.Detail);
            }

            await using var scope = scopes.CreateAsyncScope();
            foreach (var handler in scope.ServiceProvider.GetServices<IEffectHandler>())
            {
                await handler.HandleAsync(owed.Account, effect, cancellationToken);
            }

            await outbox.MarkDoneAsync(owed, cancellationToken);
        }
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            LogHandlerFailed(failure, owed.OutboxId, owed.Account, owed.Attempts);
            TimeSpan? retryIn =
                owed.Attempts >= MostAttempts ? null : TimeSpan.FromSeconds(Math.Min(600, Math.Pow(2, owed.Attempts)));
            await outbox.MarkFailedAsync(owed, retryIn, failure.GetType().Name, cancellationToken);
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "The outbox could not be drained and will be tried again")]
    private partial void LogDrainFailed(Exception failure);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Alert for {Account}: {Reason} ({Detail})")]
    private partial void LogAlert(AccountId account, string reason, string detail);

    [LoggerMessage(
        Level = LogLevel.Error,
        Message = "Effect {OutboxId} of {Account} could not be told (attempt {Attempt})"
    )]
    private partial void LogHandlerFailed(Exception failure, long outboxId, AccountId account, int attempt);
}
