using Tollgate.Sandbox.Events;

namespace Tollgate.Sandbox.Engine;

/// <content>Deliveries that a rule held back go out together.</content>
internal sealed partial class CommandLoop
{
    private void LetGo(IReadOnlyList<string> deliveries)
    {
        if (deliveries.Count > 0)
        {
            Commit(tx => Delivery.LetGo(tx, deliveries), clock.UnixSeconds, origin: null);
        }
    }
}
