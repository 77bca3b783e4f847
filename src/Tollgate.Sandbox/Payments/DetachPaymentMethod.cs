using System.Text.Json.Nodes;
using Tollgate.Sandbox.Engine;

namespace Tollgate.Sandbox.Payments;

/// <summary>Takes a card from its customer; whatever it was the default of has none of its own any more.</summary>
internal static class DetachPaymentMethod
{
    public static JsonObject Run(Transaction tx, JsonObject method, string customerId)
    {
        var after = tx.Change(method, change => change["customer"] = null);
        tx.EmitChange("payment_method.detached", method, after);
        if (tx.Find("customer", customerId) is { } customer)
        {
            tx.Change(
                customer,
                change =>
                {
                    var settings = change.Child("invoice_settings");
                    if (settings.TextOrNull("default_payment_method") == method.Id())
                    {
                        settings["default_payment_method"] = null;
                    }
                },
                "customer.updated"
            );
        }

        var users = tx.With("subscription", "default_payment_method", method.Id()).ToList();
        foreach (var user in users)
        {
            tx.Change(user, change => change["default_payment_method"] = null, "customer.subscription.updated");
        }

        return after;
    }
}
