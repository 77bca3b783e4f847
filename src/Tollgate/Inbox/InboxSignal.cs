using System.Threading.Channels;

namespace Tollgate.Inbox;

/// <summary>
/// Wakes this node's worker when an event was recorded here; other nodes' events are found by polling.
/// </summary>
internal sealed class InboxSignal
{
    private readonly Channel<bool> raised = Channel.CreateBounded<bool>(
        new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite }
    );

    public void Raise() => raised.Writer.TryWrite(true);

    /// <summary>Returns when raised, or after the interval.</summary>
    public async Task WaitAsync(TimeSpan interval, TimeProvider machineTime, CancellationToken cancellationToken)
    {
        using var timeout = new CancellationTokenSource(interval, machineTime);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        try
        {
            await raised.Reader.ReadAsync(either.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            // the interval is over: read anyway
        }
    }
}
