using Tollgate.Sandbox.Engine;
using Tollgate.Sandbox.Events;

namespace Tollgate.Sandbox.Listen;

/// <summary>Sessions of <c>stripe listen</c> come and go, and report, by commands like any other.</summary>
internal sealed class ListenSessions(CommandLoop loop, Deliveries deliveries, TimeProvider machine)
{
    /// <summary>
    /// From now on a session of <c>stripe listen</c> gets every event; a second socket takes the place of the first.
    /// </summary>
    public Task<ListenSocket> ConnectAsync(string session) =>
        loop.RunAsync(tx =>
        {
            var listener = new ListenSocket(machine, ListenSessionRoutes.Secret(tx))
            {
                Written = id => loop.Post(_ => deliveries.Forget(id)),
                Reported = result => loop.Post(writer => writer.Commit(tx => ListenDelivery.Record(tx, result))),
            };
            tx.InMemory<Listeners>().Add(session, listener);
            return listener;
        });

    /// <summary>The socket is closed; what the session has not acknowledged is dropped.</summary>
    public Task HangUpAsync(string session, ListenSocket listener) =>
        loop.RunAsync(tx =>
        {
            if (tx.InMemory<Listeners>().Remove(session, listener))
            {
                deliveries.Forget(Delivery.DropAll(tx, session));
            }

            return true;
        });
}
