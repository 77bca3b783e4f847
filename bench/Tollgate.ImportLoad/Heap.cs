namespace Tollgate.ImportLoad;

/// <summary>The most that this process holds while something runs, beyond what it held before.</summary>
internal sealed class Heap : IAsyncDisposable
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(100);
    private readonly CancellationTokenSource end = new();
    private readonly long idle = GC.GetTotalMemory(forceFullCollection: true);
    private readonly long idleSet = Environment.WorkingSet;
    private readonly long allocatedBefore = GC.GetTotalAllocatedBytes(precise: true);
    private readonly bool isLive;
    private readonly Task watching;

    /// <param name="isLive">What is reachable, by a collection at each reading; else garbage too, as it comes.</param>
    public Heap(bool isLive)
    {
        this.isLive = isLive;
        watching = Task.Run(WatchAsync);
    }

    public long Most { get; private set; }

    public long WorkingSetMax { get; private set; }

    public long Allocated => GC.GetTotalAllocatedBytes(precise: true) - allocatedBefore;

    public async ValueTask DisposeAsync()
    {
        await end.CancelAsync();
        await watching;
        end.Dispose();
    }

    private async Task WatchAsync()
    {
        using var timer = new PeriodicTimer(Interval, TimeProvider.System);
        try
        {
            while (await timer.WaitForNextTickAsync(end.Token))
            {
                Most = Math.Max(Most, GC.GetTotalMemory(isLive) - idle);
                WorkingSetMax = Math.Max(WorkingSetMax, Environment.WorkingSet - idleSet);
            }
        }
        catch (OperationCanceledException)
        {
            // it has been watched to the end
        }
    }
}
