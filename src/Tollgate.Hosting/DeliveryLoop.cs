using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using Microsoft.Extensions.Hosting;

namespace Tollgate.Hosting;

/// <summary>
/// Delivers what waits in a table of the host's, as long as the host runs: many at once but one to each receiver, so
/// that a server which never answers delays nobody else's. A pass that fails is reported, and the next one tries again.
/// </summary>
public abstract class DeliveryLoop<TDelivery>(TimeProvider machineTime) : BackgroundService
    where TDelivery : class
{
    private const int AtOnce = 16;
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    /// <summary>Receivers that are being sent something.</summary>
    private readonly ConcurrentDictionary<string, bool> busy = new();

    /// <summary>By which it is due, and leases run.</summary>
    protected TimeProvider MachineTime { get; } = machineTime;

    /// <summary>Takes what is due next, under a lease that outlasts one attempt; null when nothing is.</summary>
    /// <param name="busy">What waits for these receivers is left.</param>
    protected abstract Task<TDelivery?> TakeAsync(string[] busy, CancellationToken cancellationToken);

    /// <summary>Whom it is for.</summary>
    protected abstract string ReceiverOf(TDelivery delivery);

    /// <summary>Makes one attempt, and writes down what became of it.</summary>
    protected abstract Task SendAsync(TDelivery delivery, CancellationToken cancellationToken);

    /// <summary>Reports that a pass failed, as while the database is away.</summary>
    protected abstract void Failed(Exception failure);

    /// <summary>Before each look at what is due, once a second. By default nothing.</summary>
    protected virtual Task TickAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    protected sealed override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var atOnce = new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = stoppingToken };
        using var timer = new PeriodicTimer(Interval, MachineTime);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await Parallel.ForEachAsync(DueAsync(timer, stoppingToken), atOnce, DeliverAsync);
            }
            catch (Exception failure) when (failure is not OperationCanceledException)
            {
                Failed(failure); // the database may be away; the next tick tries again
            }
        }
    }

    // does not end
    private async IAsyncEnumerable<TDelivery> DueAsync(
        PeriodicTimer timer,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        do
        {
            await TickAsync(cancellationToken);
            while (await TakeAsync([.. busy.Keys], cancellationToken) is { } delivery)
            {
                busy.TryAdd(ReceiverOf(delivery), true);
                yield return delivery;
            }
        } while (await timer.WaitForNextTickAsync(cancellationToken));
    }

    private async ValueTask DeliverAsync(TDelivery delivery, CancellationToken cancellationToken)
    {
        try
        {
            await SendAsync(delivery, cancellationToken);
        }
        finally
        {
            busy.TryRemove(ReceiverOf(delivery), out _);
        }
    }
}
