using Tollgate.Sandbox.Events;
using Tollgate.Sandbox.Listen;

namespace Tollgate.Sandbox.Engine;

/// <content>Sessions of <c>stripe listen</c> come and go, and report, by commands like any other.</content>
internal sealed partial class CommandLoop
{
    /// <summary>
    /// From now on a session of <c>stripe listen</c> gets every event; a second socket takes the place of the first.
    /// </summary>
    public Task ListenAsync(string session, ListenSocket listener)
    {
        listener.Written = id => commands.Writer.TryWrite(() => deliveriesRunning.Remove(id));
        listener.Reported = result => commands.Writer.TryWrite(() => Guard(() => RecordListen(result)));
        return Post<bool>(completion =>
        {
            state.Listeners[session] = listener;
            afterFlush.Add(() => completion.TrySetResult(true));
        });
    }

    /// <summary>The socket is closed; what the session has not acknowledged is dropped.</summary>
    public Task HangUpAsync(string session, ListenSocket listener) =>
        Post<bool>(completion =>
        {
            if (state.Listeners.TryGetValue(session, out var current) && current == listener)
            {
                state.Listeners.Remove(session);
                var dropped = Commit(tx => Delivery.DropAll(tx, session), clock.UnixSeconds, origin: null);
                deliveriesRunning.ExceptWith(dropped);
            }

            afterFlush.Add(() => completion.TrySetResult(true));
        });

    private void RecordListen(ListenResult result) =>
        Commit(
            tx =>
            {
                ListenDelivery.Record(tx, result);
                return true;
            },
            clock.UnixSeconds,
            origin: null
        );
}
