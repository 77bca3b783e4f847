using System.Text.Json.Nodes;
using Tollgate.Sandbox.Engine;
using Tollgate.Sandbox.Schedules;
using Tollgate.Sandbox.Subscriptions;
using Tollgate.Sandbox.Wire;

namespace Tollgate.Sandbox.Customers;

/// <summary>A customer is deleted, which ends their subscriptions and schedules. A stub of them remains.</summary>
internal static class DeleteCustomer
{
    public static JsonObject Run(Transaction tx, JsonObject customer)
    {
        var live = tx.With(SubscriptionDocument.Kind, "customer", customer.Id())
            .Where(sub => sub.Text("status") is not ("canceled" or "incomplete_expired"))
            .ToList();
        foreach (var subscription in live)
        {
            CancelSubscription.Now(tx, subscription, "cancellation_requested");
        }

        var waiting = tx.With(ScheduleDocument.Kind, "customer", customer.Id())
            .Where(plan => plan.Text("status") == "not_started")
            .ToList();
        waiting.ForEach(plan => EndSchedule.MarkCanceled(tx, plan, isDelinquent: false));
        var deleted = tx.Change(tx.Get("customer", customer.Id()), change => change["deleted"] = true);
        tx.Emit("customer.deleted", customer);
        return Deleted.Of(deleted);
    }
}
