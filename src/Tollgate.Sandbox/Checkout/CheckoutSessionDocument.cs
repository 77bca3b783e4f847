using System.Text.Json.Nodes;
using Tollgate.Sandbox.Engine;
using Tollgate.Sandbox.Wire;

namespace Tollgate.Sandbox.Checkout;

/// <summary>The shape of a Checkout session.</summary>
internal static class CheckoutSessionDocument
{
    private static readonly UnusedMembers Unused = new(
        [
            "adaptive_pricing",
            "after_expiration",
            "allowed_payment_method_types",
            "client_secret",
            "collected_information",
            "consent",
            "consent_collection",
            "currency_conversion",
            "customer_account",
            "integration_identifier",
            "invoice",
            "invoice_creation",
            "managed_payments",
            "origin_context",
            "payment_intent",
            "payment_link",
            "payment_method_configuration_details",
            "permissions",
            "recovered_from",
            "saved_payment_method_options",
            "setup_intent",
            "shipping_address_collection",
            "shipping_cost",
            "submit_type",
            "subscription",
            "wallet_options",
        ],
        ["custom_fields", "discounts", "shipping_options"],
        []
    );

    public static JsonObject Build(
        Transaction tx,
        JsonObject input,
        string id,
        string url,
        long expiresAt,
        JsonArray lineItems
    )
    {
        var mode = input.Text("mode");
        var total = lineItems.OfType<JsonObject>().Sum(item => item.Int("amount_total"));
        var session = new JsonObject
        {
            ["id"] = id,
            ["object"] = CheckoutSessionRoutes.Kind,
            ["allow_promotion_codes"] = input.FlagOrNull("allow_promotion_codes"),
            ["amount_subtotal"] = total,
            ["amount_total"] = total,
            ["automatic_tax"] = null,
            ["billing_address_collection"] = input.TextOrNull("billing_address_collection"),
            ["cancel_url"] = input.TextOrNull("cancel_url"),
            ["client_reference_id"] = input.TextOrNull("client_reference_id"),
            ["created"] = tx.SandboxNow,
            ["currency"] = lineItems.OfType<JsonObject>().FirstOrDefault()?.Text("currency"),
            ["custom_text"] = CustomText(),
            ["customer"] = input.TextOrNull("customer"),
            ["customer_creation"] =
                mode == "subscription" || input.TextOrNull("customer") is not null
                    ? mode == "subscription"
                        ? "always"
                        : null
                    : input.TextOrNull("customer_creation") ?? "if_required",
            ["customer_details"] = Details(tx, input),
            ["customer_email"] = input.TextOrNull("customer_email"),
            ["expires_at"] = expiresAt,
            ["livemode"] = false,
            ["locale"] = input.TextOrNull("locale"),
            ["metadata"] = Metadata.From(input),
            ["mode"] = mode,
            ["payment_method_collection"] =
                input.TextOrNull("payment_method_collection") ?? (mode == "subscription" ? "always" : "if_required"),
            ["payment_method_options"] = new JsonObject
            {
                ["card"] = new JsonObject { ["request_three_d_secure"] = "automatic" },
            },
            ["payment_method_types"] = new JsonArray("card"),
            ["payment_status"] = "unpaid",
            ["phone_number_collection"] = new JsonObject { ["enabled"] = false },
            ["status"] = "open",
            ["success_url"] = input.Text("success_url"),
            ["total_details"] = new JsonObject
            {
                ["amount_discount"] = 0,
                ["amount_shipping"] = 0,
                ["amount_tax"] = 0,
            },
            ["ui_mode"] = "hosted_page",
            ["url"] = url,
            ["_line_items"] = lineItems,
            ["_subscription_data"] = input["subscription_data"]?.DeepClone(),
            ["_payment_intent_data"] = input["payment_intent_data"]?.DeepClone(),
        };
        return Unused.AddTo(session);
    }

    public static JsonObject Details(string? email, string? name, JsonNode? address = null, string? phone = null) =>
        new()
        {
            ["address"] = address,
            ["business_name"] = null,
            ["email"] = email,
            ["individual_name"] = null,
            ["name"] = name,
            ["phone"] = phone,
            ["tax_exempt"] = "none",
            ["tax_ids"] = new JsonArray(),
        };

    private static JsonObject? Details(Transaction tx, JsonObject input)
    {
        if (input.TextOrNull("customer") is { } id)
        {
            var customer = tx.Get("customer", id, "customer");
            return Details(customer.TextOrNull("email"), customer.TextOrNull("name"));
        }

        return input.TextOrNull("customer_email") is { } email ? Details(email, name: null) : null;
    }

    private static JsonObject CustomText() =>
        new()
        {
            ["after_submit"] = null,
            ["shipping_address"] = null,
            ["submit"] = null,
            ["terms_of_service_acceptance"] = null,
        };
}
