using System.Text.Json.Nodes;
using Tollgate.Sandbox.Http;
using Tollgate.Sandbox.State;

namespace Tollgate.Sandbox.Invoices;

/// <summary>What a new invoice is for.</summary>
/// <param name="Id">Chosen by the caller, so that the subscription can name its latest invoice first.</param>
internal sealed record InvoiceRequest(
    string Id,
    JsonObject Customer,
    JsonObject? Subscription,
    string BillingReason,
    string Currency,
    IReadOnlyList<JsonObject> Lines,
    long PeriodStart,
    long PeriodEnd
)
{
    public bool AutoAdvance { get; init; } = true;

    /// <summary>Unix seconds at which a draft finalizes by itself; null if it never does.</summary>
    public long? FinalizesAt { get; init; }

    public string? Description { get; init; }

    public string? DefaultPaymentMethod { get; init; }

    public JsonObject? Metadata { get; init; }
}

/// <summary>A draft invoice and its totals.</summary>
internal static class InvoiceDocument
{
    public const string Kind = "invoice";

    public static JsonObject Add(Transaction tx, InvoiceRequest request) =>
        tx.Add(Build(tx, request), "invoice.created");

    /// <summary>The invoice without storing it (previews).</summary>
    public static JsonObject Build(Transaction tx, InvoiceRequest request)
    {
        var customer = request.Customer;
        foreach (var line in request.Lines)
        {
            line["invoice"] = request.Id;
        }

        var invoice = new JsonObject
        {
            ["id"] = request.Id,
            ["object"] = Kind,
            ["account_country"] = "US",
            ["account_name"] = "Sandbox",
            ["account_tax_ids"] = null,
            ["amount_due"] = 0,
            ["amount_overpaid"] = 0,
            ["amount_paid"] = 0,
            ["amount_remaining"] = 0,
            ["amount_shipping"] = 0,
            ["application"] = null,
            ["attempt_count"] = 0,
            ["attempted"] = false,
            ["auto_advance"] = request.AutoAdvance,
            ["automatic_tax"] = new JsonObject
            {
                ["disabled_reason"] = null,
                ["enabled"] = false,
                ["liability"] = null,
                ["provider"] = null,
                ["status"] = null,
            },
            ["automatically_finalizes_at"] = request.FinalizesAt,
            ["billing_reason"] = request.BillingReason,
            ["collection_method"] = "charge_automatically",
            ["created"] = tx.Now,
            ["currency"] = request.Currency,
            ["custom_fields"] = null,
            ["customer"] = customer.Id(),
            ["customer_account"] = null,
            ["customer_address"] = customer["address"]?.DeepClone(),
            ["customer_email"] = customer.TextOrNull("email"),
            ["customer_name"] = customer.TextOrNull("name"),
            ["customer_phone"] = customer.TextOrNull("phone"),
            ["customer_shipping"] = customer["shipping"]?.DeepClone(),
            ["customer_tax_exempt"] = customer.TextOrNull("tax_exempt"),
            ["customer_tax_ids"] = new JsonArray(),
            ["default_payment_method"] = request.DefaultPaymentMethod,
            ["default_source"] = null,
            ["default_tax_rates"] = new JsonArray(),
            ["description"] = request.Description,
            ["discounts"] = new JsonArray(),
            ["due_date"] = null,
            ["effective_at"] = null,
            ["ending_balance"] = null,
            ["footer"] = customer.Child("invoice_settings").TextOrNull("footer"),
            ["from_invoice"] = null,
            ["hosted_invoice_url"] = null,
            ["invoice_pdf"] = null,
            ["issuer"] = new JsonObject { ["type"] = "self" },
            ["last_finalization_error"] = null,
            ["latest_revision"] = null,
            ["lines"] = ListPage.Embedded(request.Lines, $"/v1/invoices/{request.Id}/lines"),
            ["livemode"] = false,
            ["metadata"] = request.Metadata?.Copy() ?? [],
            ["next_payment_attempt"] = null,
            ["number"] = null,
            ["on_behalf_of"] = null,
            ["parent"] = Parent(request.Subscription),
            ["payment_settings"] = new JsonObject
            {
                ["default_mandate"] = null,
                ["payment_method_options"] = null,
                ["payment_method_types"] = null,
            },
            ["period_end"] = request.PeriodEnd,
            ["period_start"] = request.PeriodStart,
            ["post_payment_credit_notes_amount"] = 0,
            ["pre_payment_credit_notes_amount"] = 0,
            ["receipt_number"] = null,
            ["rendering"] = null,
            ["shipping_cost"] = null,
            ["shipping_details"] = null,
            ["starting_balance"] = 0,
            ["statement_descriptor"] = null,
            ["status"] = "draft",
            ["status_transitions"] = new JsonObject
            {
                ["finalized_at"] = null,
                ["marked_uncollectible_at"] = null,
                ["paid_at"] = null,
                ["voided_at"] = null,
            },
            ["subtotal"] = 0,
            ["subtotal_excluding_tax"] = 0,
            ["test_clock"] = null,
            ["total"] = 0,
            ["total_discount_amounts"] = new JsonArray(),
            ["total_excluding_tax"] = 0,
            ["total_pretax_credit_amounts"] = new JsonArray(),
            ["total_taxes"] = new JsonArray(),
            ["webhooks_delivered_at"] = null,
            ["_retries"] = 0,
        };
        SumUp(invoice, customer.Int("balance"));
        return invoice;
    }

    /// <summary>
    /// Recomputes the totals of a draft. A customer's credit (a negative balance) lowers what is due.
    /// </summary>
    public static void SumUp(JsonObject invoice, long customerBalance)
    {
        var total = invoice.Listed("lines").Sum(line => line.Int("amount"));
        var due = Math.Max(0, total + customerBalance);
        foreach (var name in new[] { "subtotal", "subtotal_excluding_tax", "total", "total_excluding_tax" })
        {
            invoice[name] = total;
        }

        invoice["starting_balance"] = customerBalance;
        invoice["amount_due"] = due;
        invoice["amount_remaining"] = due;
    }

    public static string? SubscriptionOf(JsonObject invoice) =>
        invoice.ChildOrNull("parent")?.ChildOrNull("subscription_details")?.TextOrNull("subscription");

    private static JsonObject? Parent(JsonObject? subscription) =>
        subscription is null
            ? null
            : new JsonObject
            {
                ["quote_details"] = null,
                ["subscription_details"] = new JsonObject
                {
                    ["metadata"] = subscription.Child("metadata").Copy(),
                    ["subscription"] = subscription.Id(),
                },
                ["type"] = "subscription_details",
            };
}
