using System.Text.Json.Nodes;
using Tollgate.Sandbox.Engine;
using Tollgate.Sandbox.Events;
using Tollgate.Sandbox.Wire;

namespace Tollgate.Sandbox.Chaos;

/// <summary>
/// Spoils the events of a command that was accepted, and their deliveries, before anybody receives them. A command that
/// was refused or was a preview meets no fault.
/// </summary>
internal sealed class StrikeEvents(ChaosRules rules) : ICommandStep
{
    /// <summary>Deliveries on hold, by rule and endpoint, with what was drawn for each.</summary>
    private readonly Dictionary<(string Rule, string Endpoint), List<(string Id, ulong Bits)>> held = [];
    private readonly List<string> ready = [];

    public void Finish(Transaction tx)
    {
        if (!rules.StrikesEvents)
        {
            return;
        }

        var brought = NewEvents.Of(tx);
        foreach (var id in brought.Events.ToList())
        {
            OnEvent(tx, tx.Get("event", id));
        }

        foreach (var id in brought.Deliveries.ToList())
        {
            // A hidden event took its deliveries along.
            if (tx.Find(Delivery.Kind, id) is { } delivery)
            {
                OnDelivery(tx, delivery, tx.Get("event", delivery.Text("event")));
            }
        }
    }

    public void Accept(StateWriter writer, Transaction tx) => LetGo(writer);

    /// <summary>Nobody is to wait for a window that does not fill.</summary>
    public void LetAllGo(StateWriter writer)
    {
        foreach (var window in held.Keys.ToList())
        {
            Close(window);
        }

        LetGo(writer);
    }

    /// <summary>The deliveries of windows that are full go out together, in the order drawn.</summary>
    private void LetGo(StateWriter writer)
    {
        if (ready.Count > 0)
        {
            var ids = ready.ToList();
            ready.Clear();
            writer.Commit(tx => Delivery.LetGo(tx, ids));
        }
    }

    private void OnEvent(Transaction tx, JsonObject recorded)
    {
        foreach (var strike in rules.On(ChaosSubject.OfEvent(FaultStage.Event, recorded)))
        {
            switch (strike.Rule.Fault)
            {
                case Fault.Hide:
                    Hide(tx, recorded);
                    return;
                case Fault.Clone:
                    Clone(tx, tx.Get("event", recorded.Id()));
                    break;
                case Fault.SameSecond:
                    var second = recorded.Int("created") / strike.Rule.SpanSeconds * strike.Rule.SpanSeconds;
                    tx.Change(tx.Get("event", recorded.Id()), change => change["created"] = second);
                    break;
                default:
                    throw new InvalidOperationException($"{strike.Rule.Fault} is no fault of an event");
            }
        }
    }

    private static void Hide(Transaction tx, JsonObject recorded)
    {
        foreach (var delivery in NewDeliveries(tx, recorded.Id()))
        {
            tx.Remove(delivery);
        }

        tx.Remove(recorded);
    }

    private static void Clone(Transaction tx, JsonObject recorded)
    {
        var duplicate = recorded.Copy();
        duplicate["id"] = Transaction.NewId("evt");
        tx.Add(duplicate);
        foreach (var delivery in NewDeliveries(tx, recorded.Id()))
        {
            Delivery.Add(tx, duplicate.Id(), delivery.Text("endpoint"));
        }
    }

    private static List<JsonObject> NewDeliveries(Transaction tx, string eventId) =>
        [
            .. NewEvents
                .Of(tx)
                .Deliveries.Select(id => tx.Find(Delivery.Kind, id))
                .OfType<JsonObject>()
                .Where(delivery => delivery.Text("event") == eventId),
        ];

    private void OnDelivery(Transaction tx, JsonObject delivery, JsonObject recorded)
    {
        foreach (var strike in rules.On(ChaosSubject.OfEvent(FaultStage.Delivery, recorded)))
        {
            var rule = strike.Rule;
            if (rule.Fault == Fault.Duplicate)
            {
                var duplicate = EventRoutes.Resend(tx, tx.Get("event", recorded.Id()), delivery.Text("endpoint"));
                tx.Change(duplicate, change => change["due"] = tx.SandboxNow + rule.SpanSeconds);
            }

            delivery = tx.Change(delivery, change => Mark(change, rule, tx.SandboxNow));
            if (rule.Fault == Fault.Reorder)
            {
                Hold(rule, delivery, strike.Bits);
            }

            if (rule.Fault is Fault.Drop or Fault.Reorder)
            {
                // What comes after decides nothing about a delivery that is gone, or that waits for others.
                return;
            }
        }
    }

    private static void Mark(JsonObject delivery, ChaosRule rule, long now)
    {
        var faults = delivery["faults"] as JsonArray ?? [];
        faults.Add(rule.Fault.Name());
        delivery["faults"] = faults.DeepClone();
        switch (rule.Fault)
        {
            case Fault.Drop:
                delivery["state"] = "lost";
                delivery["due"] = null;
                break;
            case Fault.Delay or Fault.Reorder:
                delivery["due"] = now + rule.SpanSeconds;
                break;
            case Fault.OtherVersion:
                delivery["api_version"] = rule.ApiVersion;
                break;
            case Fault.LiveMode:
                delivery["livemode"] = true;
                break;
            default:
                // A duplicate leaves the first one as it is.
                break;
        }
    }

    private void Hold(ChaosRule rule, JsonObject delivery, ulong bits)
    {
        var window = (rule.Id, delivery.Text("endpoint"));
        if (!held.TryGetValue(window, out var waiting))
        {
            held[window] = waiting = [];
        }

        waiting.Add((delivery.Id(), bits));
        if (waiting.Count >= rule.Window)
        {
            Close(window);
        }
    }

    private void Close((string Rule, string Endpoint) window)
    {
        if (held.Remove(window, out var waiting))
        {
            ready.AddRange(waiting.OrderBy(one => one.Bits).Select(one => one.Id));
        }
    }
}
