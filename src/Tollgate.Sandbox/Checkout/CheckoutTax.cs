using System.Text.Json.Nodes;
using Tollgate.Sandbox.Customers;
using Tollgate.Sandbox.Engine;
using Tollgate.Sandbox.Invoices;
using Tollgate.Sandbox.Wire;

namespace Tollgate.Sandbox.Checkout;

/// <summary>Automatic tax, tax ids and the billing address of a session.</summary>
internal static class CheckoutTax
{
    public static readonly Param[] Parameters =
    [
        Param.Group("automatic_tax", Param.Flag("enabled").Required()),
        Param.OneOf("billing_address_collection", "auto", "required"),
        Param.Group(
            "customer_update",
            Param.OneOf("address", "auto", "never"),
            Param.OneOf("name", "auto", "never"),
            Param.OneOf("shipping", "auto", "never")
        ),
        Param.Group(
            "tax_id_collection",
            Param.Flag("enabled").Required(),
            Param.OneOf("required", "if_supported", "never")
        ),
    ];

    /// <summary>What Stripe refuses for a customer that is there already.</summary>
    public static void Require(Transaction tx, JsonObject input)
    {
        var update = input.ChildOrNull("customer_update");
        if (input.TextOrNull("customer") is not { } id)
        {
            if (update is not null)
            {
                throw StripeException.Invalid("`customer_update` can only be used with `customer`.", "customer_update");
            }

            return;
        }

        if (
            AutomaticTax.IsOn(input)
            && update?.TextOrNull("address") != "auto"
            && tx.Get("customer", id).ChildOrNull("address")?.TextOrNull("country") is null
        )
        {
            throw StripeException.Invalid(
                "Automatic tax calculation in Checkout requires a valid address on the Customer. Add a valid address "
                    + "to the Customer or set either `customer_update[address]` to 'auto' or "
                    + "`customer_update[shipping]` to 'auto' to save the address entered in Checkout to the Customer.",
                "automatic_tax",
                "customer_tax_location_invalid"
            );
        }

        if (CollectsTaxIds(input) && update?.TextOrNull("name") != "auto")
        {
            throw StripeException.Invalid(
                "Tax ID collection requires updating business name on the customer. To enable tax ID collection for an "
                    + "existing customer, please set `customer_update[name]` to `auto`.",
                "tax_id_collection"
            );
        }
    }

    public static void Set(JsonObject session, JsonObject input)
    {
        session["automatic_tax"] = AutomaticTax.Of(AutomaticTax.IsOn(input), "requires_location_inputs");
        if (input.ChildOrNull("tax_id_collection") is { } taxIds)
        {
            session["tax_id_collection"] = new JsonObject
            {
                ["enabled"] = taxIds.Flag("enabled"),
                ["required"] = taxIds.TextOrNull("required") ?? "never",
            };
        }

        session["_customer_update"] = input["customer_update"]?.DeepClone();
    }

    public static bool CollectsTaxIds(JsonObject given) =>
        given.ChildOrNull("tax_id_collection")?.Flag("enabled") == true;

    /// <summary>Whether the page asks for country and postal code.</summary>
    public static bool AsksForAddress(JsonObject session) =>
        AutomaticTax.IsOn(session) || session.TextOrNull("billing_address_collection") == "required";

    /// <summary>Keeps what the buyer gave with the customer, as far as the session says so.</summary>
    public static void Keep(Transaction tx, JsonObject session, JsonObject customer, CheckoutInput input)
    {
        var update = session.ChildOrNull("_customer_update");
        var isNew = session.TextOrNull("customer") is null;
        if (
            input.Address is { } address
            && address.TextOrNull("country") is not null
            && (isNew || update?.TextOrNull("address") == "auto")
        )
        {
            tx.Change(customer, change => change["address"] = address.DeepClone(), "customer.updated");
        }

        // the page takes VAT numbers of the EU, and no other
        if (input.TaxId is { Length: > 0 } given && CollectsTaxIds(session))
        {
            TaxIdRoutes.Add(tx, customer.Id(), "eu_vat", given);
        }
    }
}
