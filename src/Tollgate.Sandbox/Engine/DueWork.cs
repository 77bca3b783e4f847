using System.Text.Json.Nodes;
using Tollgate.Sandbox.Checkout;
using Tollgate.Sandbox.Invoices;
using Tollgate.Sandbox.Schedules;
using Tollgate.Sandbox.Subscriptions;
using Tollgate.Sandbox.TestClocks;
using Tollgate.Sandbox.Wire;

namespace Tollgate.Sandbox.Engine;

/// <summary>What happens to a document when its time has come.</summary>
internal static class DueWork
{
    public static void Run(Transaction tx, JsonObject document)
    {
        switch (document.Kind())
        {
            case "checkout.session":
                ExpireCheckout.Run(tx, document);
                break;
            case "subscription":
                SubscriptionDue.Run(tx, document);
                break;
            case "invoice":
                InvoiceDue.Run(tx, document);
                break;
            case ScheduleDocument.Kind:
                ScheduleDue.Run(tx, document);
                break;
            case TestClock.Kind:
                TestClockRoutes.Delete(tx, document);
                break;
            case IdempotentReplay.Kind:
                tx.Remove(document);
                break;
            default:
                throw new InvalidOperationException($"Nothing is ever due for {document.Kind()}");
        }
    }
}
