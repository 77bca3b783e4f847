using System.Runtime.ExceptionServices;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Tollgate.Startup;
using Tollgate.Stripe;
using Tollgate.Telemetry;

namespace Tollgate.Outbox;

/// <summary>
/// What a host does when something happened. Called at least once per effect, after the commit; an exception makes it
/// be called again later, with back-off, ten times at the most. All handlers have a minute together; what takes longer
/// is cancelled.
/// </summary>
public interface IEffectHandler
{
    /// <param name="effect">Its <see cref="Effect.Occurrence"/> is the same each time it is dispatched.</param>
    Task HandleAsync(AccountId account, Effect effect, CancellationToken cancellationToken);
}

/// <summary>
/// Takes pending effects from the outbox and dispatches them to the host's handlers: some accounts at once, so that a
/// handler which waits for an answer delays its own account and no other.
/// </summary>
internal sealed partial class OutboxWorker(
    EffectOutbox outbox,
    IServiceScopeFactory scopes,
    WorkerHeartbeats heartbeats,
    ILogger<OutboxWorker> log
) : WorkerLoop("outbox", Interval, heartbeats)
{
    private const int AttemptsMax = 10;
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(500);

    /// <summary>Well within the lease, so that no other node dispatches the same meanwhile.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    protected override int LoopCount => 4;

    protected override bool FailsHealth => true;

    protected override Task PassAsync(CancellationToken stoppingToken) => DrainAsync(stoppingToken);

    protected override void Failed(Exception failure) => LogDrainFailed(failure);

    internal async Task DrainAsync(CancellationToken cancellationToken)
    {
        while (await outbox.TakeAsync(cancellationToken) is { } pending)
        {
            await DispatchAsync(pending, cancellationToken);
        }
    }

    private async Task DispatchAsync(PendingEffect pending, CancellationToken cancellationToken)
    {
        Beat();
        using var span = BillingSpans.Continue("dispatch", pending.TraceParent);
        var kind = "unreadable";
        try
        {
            var effect = EffectJson.Read(pending.Payload);
            kind = effect.Kind;
            span?.SetTag("tollgate.account", pending.Account.Value).SetTag("tollgate.effect", kind);
            if (effect is AlertRaised alert)
            {
                LogAlert(pending.Account, alert.Reason, alert.Detail);
            }

            using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            limit.CancelAfter(Patience);
            await DispatchToHandlersAsync(pending.Account, effect, limit.Token);
            await outbox.MarkDoneAsync(pending, cancellationToken);
            BillingMetrics.Dispatched(kind, "dispatched");
        }
        catch (StripeRefusedException away) when (away.NotAskedFor is not null)
        {
            span.Fail(away);
            BillingMetrics.Dispatched(kind, "waits");
            await outbox.PutBackAsync(pending, away.NotAskedFor.Value, cancellationToken);
        }
        catch (Exception failure) when (!cancellationToken.IsCancellationRequested)
        {
            span.Fail(failure);
            LogHandlerFailed(failure, pending.OutboxId, pending.Account, pending.Attempts);
            TimeSpan? retryIn =
                pending.Attempts >= AttemptsMax
                    ? null
                    : TimeSpan.FromSeconds(Math.Min(600, Math.Pow(2, pending.Attempts)));
            BillingMetrics.Dispatched(kind, retryIn is null ? "dead" : "failed");
            await outbox.MarkFailedAsync(pending, retryIn, failure.GetType().Name, cancellationToken);
        }
    }

    // One that fails holds up no other; the next attempt runs all of them again.
    private async Task DispatchToHandlersAsync(AccountId account, Effect effect, CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var failures = new List<Exception>();
        foreach (var handler in scope.ServiceProvider.GetServices<IEffectHandler>())
        {
            try
            {
                await handler.HandleAsync(account, effect, cancellationToken);
            }
            catch (Exception failure) when (!cancellationToken.IsCancellationRequested)
            {
                failures.Add(failure);
            }
        }

        if (failures is [var only])
        {
            ExceptionDispatchInfo.Throw(only);
        }
        else if (failures.Count > 0)
        {
            throw new AggregateException(failures);
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "The outbox could not be drained and will be tried again")]
    private partial void LogDrainFailed(Exception failure);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Alert for {Account}: {Reason} ({Detail})")]
    private partial void LogAlert(AccountId account, string reason, string detail);

    [LoggerMessage(
        Level = LogLevel.Error,
        Message = "Effect {OutboxId} of {Account} could not be dispatched (attempt {Attempt})"
    )]
    private partial void LogHandlerFailed(Exception failure, long outboxId, AccountId account, int attempt);
}
