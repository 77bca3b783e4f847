using System.Text.Json.Nodes;
using Tollgate.Sandbox.Customers;
using Tollgate.Sandbox.Discounts;
using Tollgate.Sandbox.Engine;
using Tollgate.Sandbox.Wire;

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

    /// <summary>For an invoice that is sent instead of charged; null takes the subscription's.</summary>
    public long? DaysUntilDue { get; init; }

    public string? Description { get; init; }

    public string? DefaultPaymentMethod { get; init; }

    public JsonObject? Metadata { get; init; }
}

/// <summary>A draft invoice and its totals.</summary>
internal static class InvoiceDocument
{
    public const string Kind = "invoice";

    private static readonly Room Room = new(80);

    private static readonly UnusedMembers Unused = new(
        [
            "account_tax_ids",
            "application",
            "custom_fields",
            "customer_account",
            "default_source",
            "due_date",
            "effective_at",
            "ending_balance",
            "from_invoice",
            "hosted_invoice_url",
            "invoice_pdf",
            "last_finalization_error",
            "latest_revision",
            "next_payment_attempt",
            "number",
            "on_behalf_of",
            "receipt_number",
            "rendering",
            "shipping_cost",
            "shipping_details",
            "statement_descriptor",
            "webhooks_delivered_at",
        ],
        [
            "customer_tax_ids",
            "default_tax_rates",
            "discounts",
            "total_discount_amounts",
            "total_pretax_credit_amounts",
            "total_taxes",
        ],
        [
            "amount_due",
            "amount_overpaid",
            "amount_paid",
            "amount_remaining",
            "amount_shipping",
            "attempt_count",
            "post_payment_credit_notes_amount",
            "pre_payment_credit_notes_amount",
            "starting_balance",
            "subtotal",
            "subtotal_excluding_tax",
            "total",
            "total_excluding_tax",
        ]
    );

    public static JsonObject Add(Transaction tx, InvoiceRequest request) =>
        Consumed(tx, tx.Add(Build(tx, request), "invoice.created"));

    private static JsonObject Consumed(Transaction tx, JsonObject invoice)
    {
        InvoiceDiscounts.Consume(tx, invoice);
        return invoice;
    }

    /// <summary>The invoice without storing it (previews).</summary>
    public static JsonObject Build(Transaction tx, InvoiceRequest request)
    {
        var customer = request.Customer;
        foreach (var line in request.Lines)
        {
            line["invoice"] = request.Id;
        }

        var invoice = new JsonObject(Room)
        {
            ["id"] = request.Id,
            ["object"] = Kind,
            ["account_country"] = "US",
            ["account_name"] = "Sandbox",
            ["attempted"] = false,
            ["auto_advance"] = request.AutoAdvance,
            ["automatic_tax"] = Tax(request.Subscription),
            ["automatically_finalizes_at"] = request.FinalizesAt,
            ["billing_reason"] = request.BillingReason,
            ["collection_method"] = "charge_automatically",
            ["created"] = tx.Now,
            ["currency"] = request.Currency,
            ["customer"] = customer.Id(),
            ["customer_address"] = customer["address"]?.DeepClone(),
            ["customer_email"] = customer.TextOrNull("email"),
            ["customer_name"] = customer.TextOrNull("name"),
            ["customer_phone"] = customer.TextOrNull("phone"),
            ["customer_shipping"] = customer["shipping"]?.DeepClone(),
            ["customer_tax_exempt"] = customer.TextOrNull("tax_exempt"),
            ["default_payment_method"] = request.DefaultPaymentMethod,
            ["description"] = request.Description,
            ["footer"] = customer.Child("invoice_settings").TextOrNull("footer"),
            ["issuer"] = new JsonObject { ["type"] = "self" },
            ["lines"] = ListPage.Embedded(request.Lines, $"/v1/invoices/{request.Id}/lines"),
            ["livemode"] = false,
            ["metadata"] = request.Metadata?.Copy() ?? [],
            ["parent"] = Parent(request.Subscription),
            ["payment_settings"] = new JsonObject
            {
                ["default_mandate"] = null,
                ["payment_method_options"] = null,
                ["payment_method_types"] = null,
            },
            ["period_end"] = request.PeriodEnd,
            ["period_start"] = request.PeriodStart,
            ["status"] = "draft",
            ["status_transitions"] = NoTransitions(),
            ["test_clock"] = customer.TextOrNull("test_clock"),
            ["_retries"] = 0,
        };
        Unused.AddTo(invoice);
        invoice["customer_tax_ids"] = TaxIdRoutes.OnInvoice(tx, customer.Id());
        if ((request.DaysUntilDue ?? request.Subscription?.IntOrNull("days_until_due")) is { } days)
        {
            SendInvoice.Due(invoice, days, tx.Now);
        }

        InvoiceDiscounts.Apply(
            tx,
            invoice,
            request.Subscription is { } subscription
                ? SubscriptionDiscounts.Active(tx, subscription)
                : CustomerDiscount.Active(tx, customer.Id())
        );

        SumUp(invoice, customer.Int("balance"));
        return invoice;
    }

    private static JsonObject Tax(JsonObject? subscription)
    {
        var tax = AutomaticTax.Of(AutomaticTax.IsOn(subscription), "complete");
        tax["disabled_reason"] = null;
        return tax;
    }

    private static JsonObject NoTransitions() =>
        new()
        {
            ["finalized_at"] = null,
            ["marked_uncollectible_at"] = null,
            ["paid_at"] = null,
            ["voided_at"] = null,
        };

    /// <summary>
    /// Recomputes the totals of a draft. A customer's credit (a negative balance) lowers what is due.
    /// </summary>
    public static void SumUp(JsonObject invoice, long customerBalance)
    {
        var subtotal = invoice.Listed("lines").Sum(line => line.Int("amount"));
        var taken = invoice
            .Listed("lines")
            .SelectMany(line => line.Each("discount_amounts"))
            .GroupBy(off => off.Text("discount"), off => off.Int("amount"), StringComparer.Ordinal)
            .Select(off => (Discount: off.Key, Amount: off.Sum()))
            .ToList();
        var total = subtotal - taken.Sum(off => off.Amount);
        var due = Math.Max(0, total + customerBalance);
        invoice["subtotal"] = subtotal;
        invoice["subtotal_excluding_tax"] = subtotal;
        invoice["total"] = total;
        invoice["total_excluding_tax"] = total;
        invoice["total_discount_amounts"] = taken
            .Select(off => new JsonObject { ["amount"] = off.Amount, ["discount"] = off.Discount })
            .ToJson();
        invoice["total_pretax_credit_amounts"] = taken
            .Select(off => new JsonObject
            {
                ["amount"] = off.Amount,
                ["discount"] = off.Discount,
                ["type"] = "discount",
            })
            .ToJson();

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
