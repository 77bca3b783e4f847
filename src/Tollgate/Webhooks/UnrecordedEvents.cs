using System.Threading.Channels;

namespace Tollgate.Webhooks;

/// <summary>
/// Notes that an event could not be recorded on this node, and wakes the catch-up that closes the gap. It is in memory
/// only: the database is away when it is needed, and every start catches up anyway.
/// </summary>
internal sealed class UnrecordedEvents
{
    private readonly Channel<bool> noted = Channel.CreateBounded<bool>(
        new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite }
    );

    public void Note() => noted.Writer.TryWrite(true);

    /// <summary>True when one was noted since the last wait; false after the interval.</summary>
    public async Task<bool> WaitAsync(TimeSpan interval, TimeProvider machineTime, CancellationToken cancellationToken)
    {
        using var timeout = new CancellationTokenSource(interval, machineTime);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        try
        {
            return await noted.Reader.ReadAsync(either.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return false;
        }
    }
}
