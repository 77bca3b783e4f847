using System.Text.Json.Nodes;
using Tollgate.Sandbox.Engine;
using Tollgate.Sandbox.Payments;
using Tollgate.Sandbox.Wire;

namespace Tollgate.Sandbox.Portal;

/// <summary>The customer's cards on the portal: a new one, or another one as the default.</summary>
internal static class PortalCard
{
    public static IEnumerable<JsonObject> All(Transaction tx, PortalVisit visit) =>
        tx.With(PaymentMethodDocument.Kind, "customer", visit.Customer.Id());

    /// <summary>Attaches a card and makes it the default.</summary>
    /// <exception cref="StripeException">402 if the card refuses, or asks for 3D Secure first.</exception>
    public static void Add(Transaction tx, PortalVisit visit, JsonObject method, Presence presence)
    {
        visit.Require("payment_method_update");
        if (!ConfirmPayment.WillSetUp(method, presence))
        {
            throw new StripeException(402, "card_error", "This card requires 3D Secure authentication.")
            {
                Code = "authentication_required",
            };
        }

        var attached = AttachPaymentMethod.Run(tx, method.Id(), visit.Customer.Id(), "payment_method");
        if (presence == Presence.Authenticated)
        {
            tx.Change(attached, change => change["_set_up"] = true);
        }

        SetDefault(tx, visit, attached.Id());
    }

    /// <summary>
    /// The customer's default from now on. Subscriptions that had a card of their own get this one, or else the
    /// choice would not reach their invoices.
    /// </summary>
    public static void SetDefault(Transaction tx, PortalVisit visit, string id)
    {
        visit.Require("payment_method_update");
        if (!All(tx, visit).Any(method => method.Id() == id))
        {
            throw StripeException.NoSuch(PaymentMethodDocument.Kind, id, parameter: null);
        }

        tx.Change(
            tx.Get("customer", visit.Customer.Id()),
            change => change.Child("invoice_settings")["default_payment_method"] = id,
            "customer.updated"
        );
        var holders = visit.Subscriptions(tx).Where(sub => sub.TextOrNull("default_payment_method") is not null);
        foreach (var holder in holders.ToList())
        {
            tx.Change(holder, change => change["default_payment_method"] = id, "customer.subscription.updated");
        }
    }

    public static bool IsDefault(PortalVisit visit, JsonObject method) => DefaultOf(visit) == method.Id();

    /// <summary>Whether every live subscription would still have a card without this one.</summary>
    public static bool CanRemove(Transaction tx, PortalVisit visit, JsonObject method) =>
        visit
            .Subscriptions(tx)
            .Select(sub => (string?[])[sub.TextOrNull("default_payment_method"), DefaultOf(visit)])
            .All(chosen => !chosen.Contains(method.Id()) || chosen.Any(id => id is not null && id != method.Id()));

    /// <exception cref="StripeException">A subscription would be left without a card.</exception>
    public static void Remove(Transaction tx, PortalVisit visit, string id)
    {
        visit.Require("payment_method_update");
        var method =
            All(tx, visit).FirstOrDefault(candidate => candidate.Id() == id)
            ?? throw StripeException.NoSuch(PaymentMethodDocument.Kind, id, parameter: null);
        if (!CanRemove(tx, visit, method))
        {
            throw StripeException.Invalid("Your plan is paid with this card. Make another card the default first.");
        }

        DetachPaymentMethod.Run(tx, method, visit.Customer.Id());
    }

    private static string? DefaultOf(PortalVisit visit) =>
        visit.Customer.Child("invoice_settings").TextOrNull("default_payment_method");
}
