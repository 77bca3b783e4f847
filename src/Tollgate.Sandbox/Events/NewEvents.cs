using Tollgate.Sandbox.Engine;

namespace Tollgate.Sandbox.Events;

/// <summary>The ids of the events and the deliveries that one command brought, in their order.</summary>
internal sealed class NewEvents
{
    public List<string> Events { get; } = [];

    public List<string> Deliveries { get; } = [];

    public static NewEvents Of(Transaction tx) => tx.OfCommand(static () => new NewEvents());
}
