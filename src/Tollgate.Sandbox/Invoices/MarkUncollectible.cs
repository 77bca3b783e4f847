using System.Text.Json.Nodes;
using Tollgate.Sandbox.Engine;
using Tollgate.Sandbox.Wire;

namespace Tollgate.Sandbox.Invoices;

/// <summary>An open invoice stays payable, but nobody expects its money any more.</summary>
internal static class MarkUncollectible
{
    public static JsonObject Run(Transaction tx, JsonObject invoice)
    {
        if (invoice.Text("status") != "open")
        {
            throw StripeException.Invalid(
                $"You can only mark open invoices as uncollectible. This one is {invoice.Text("status")}."
            );
        }

        var marked = tx.Change(
            invoice,
            change =>
            {
                change["status"] = "uncollectible";
                change["auto_advance"] = false;
                change["next_payment_attempt"] = null;
                change.Child("status_transitions")["marked_uncollectible_at"] = tx.Now;
            },
            "invoice.updated"
        );
        tx.Emit("invoice.marked_uncollectible", marked);
        return marked;
    }
}
