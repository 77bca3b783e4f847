using System.Text.Json.Nodes;
using Tollgate.Sandbox.State;

namespace Tollgate.Sandbox.Checkout;

/// <summary>The shape of a Checkout session.</summary>
internal static class CheckoutSessionDocument
{
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
        return new JsonObject
        {
            ["id"] = id,
            ["object"] = CheckoutSessionRoutes.Kind,
            ["adaptive_pricing"] = null,
            ["after_expiration"] = null,
            ["allow_promotion_codes"] = input.FlagOrNull("allow_promotion_codes"),
            ["allowed_payment_method_types"] = null,
            ["amount_subtotal"] = total,
            ["amount_total"] = total,
            ["automatic_tax"] = new JsonObject
            {
                ["enabled"] = false,
                ["liability"] = null,
                ["provider"] = null,
                ["status"] = null,
            },
            ["billing_address_collection"] = input.TextOrNull("billing_address_collection"),
            ["cancel_url"] = input.TextOrNull("cancel_url"),
            ["client_reference_id"] = input.TextOrNull("client_reference_id"),
            ["client_secret"] = null,
            ["collected_information"] = null,
            ["consent"] = null,
            ["consent_collection"] = null,
            ["created"] = tx.Now,
            ["currency"] = lineItems.OfType<JsonObject>().First().Text("currency"),
            ["currency_conversion"] = null,
            ["custom_fields"] = new JsonArray(),
            ["custom_text"] = new JsonObject
            {
                ["after_submit"] = null,
                ["shipping_address"] = null,
                ["submit"] = null,
                ["terms_of_service_acceptance"] = null,
            },
            ["customer"] = input.TextOrNull("customer"),
            ["customer_account"] = null,
            ["customer_creation"] =
                mode == "subscription" || input.TextOrNull("customer") is not null
                    ? mode == "subscription"
                        ? "always"
                        : null
                    : input.TextOrNull("customer_creation") ?? "if_required",
            ["customer_details"] = Details(tx, input),
            ["customer_email"] = input.TextOrNull("customer_email"),
            ["discounts"] = new JsonArray(),
            ["expires_at"] = expiresAt,
            ["integration_identifier"] = null,
            ["invoice"] = null,
            ["invoice_creation"] = null,
            ["livemode"] = false,
            ["locale"] = input.TextOrNull("locale"),
            ["managed_payments"] = null,
            ["metadata"] = Metadata.From(input),
            ["mode"] = mode,
            ["origin_context"] = null,
            ["payment_intent"] = null,
            ["payment_link"] = null,
            ["payment_method_collection"] = mode == "subscription" ? "always" : "if_required",
            ["payment_method_configuration_details"] = null,
            ["payment_method_options"] = new JsonObject
            {
                ["card"] = new JsonObject { ["request_three_d_secure"] = "automatic" },
            },
            ["payment_method_types"] = new JsonArray("card"),
            ["payment_status"] = "unpaid",
            ["permissions"] = null,
            ["phone_number_collection"] = new JsonObject { ["enabled"] = false },
            ["recovered_from"] = null,
            ["saved_payment_method_options"] = null,
            ["setup_intent"] = null,
            ["shipping_address_collection"] = null,
            ["shipping_cost"] = null,
            ["shipping_options"] = new JsonArray(),
            ["status"] = "open",
            ["submit_type"] = null,
            ["subscription"] = null,
            ["success_url"] = input.Text("success_url"),
            ["total_details"] = new JsonObject
            {
                ["amount_discount"] = 0,
                ["amount_shipping"] = 0,
                ["amount_tax"] = 0,
            },
            ["ui_mode"] = "hosted_page",
            ["url"] = url,
            ["wallet_options"] = null,
            ["_line_items"] = lineItems,
            ["_subscription_data"] = input["subscription_data"]?.DeepClone(),
            ["_payment_intent_data"] = input["payment_intent_data"]?.DeepClone(),
        };
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
}
