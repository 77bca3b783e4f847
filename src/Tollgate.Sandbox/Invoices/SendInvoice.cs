using System.Text.Json.Nodes;
using Tollgate.Sandbox.Engine;
using Tollgate.Sandbox.Subscriptions;
using Tollgate.Sandbox.Wire;

namespace Tollgate.Sandbox.Invoices;

/// <summary>
/// <c>collection_method=send_invoice</c>: nothing is charged by itself. The invoice is sent when it is finalized, open
/// until it is paid, and overdue after its due date.
/// </summary>
internal static class SendInvoice
{
    public const string Method = "send_invoice";
    private const long DaySeconds = 24 * 3600;

    public static readonly Param[] Parameters =
    [
        Param.OneOf("collection_method", "charge_automatically", Method),
        Param.Int("days_until_due", min: 0, max: 3650),
    ];

    /// <summary>Whether an invoice, or a subscription, is paid by who gets the invoice.</summary>
    public static bool Is(JsonObject document) => document.Text("collection_method") == Method;

    /// <summary>Copies what was given; one goes with the other.</summary>
    public static void Apply(JsonObject document, JsonObject input)
    {
        Metadata.CopyGiven(document, input, "collection_method", "days_until_due");
        document["collection_method"] = document.TextOrNull("collection_method") ?? "charge_automatically";
        if (!Is(document))
        {
            if (input.IntOrNull("days_until_due") is not null)
            {
                throw StripeException.Invalid(
                    "`days_until_due` can only be set if `collection_method` is `send_invoice`.",
                    "days_until_due"
                );
            }

            document["days_until_due"] = null;
        }
        else if (document.IntOrNull("days_until_due") is null)
        {
            throw StripeException.Invalid(
                "`days_until_due` is required when `collection_method` is `send_invoice`.",
                "days_until_due",
                "parameter_missing"
            );
        }
    }

    /// <summary>Sets when a draft will have to be paid.</summary>
    public static void Due(JsonObject invoice, long days, long now)
    {
        invoice["collection_method"] = Method;
        invoice["due_date"] = now + days * DaySeconds;
        invoice["_days_until_due"] = days;
    }

    /// <summary>The customer gets an open invoice; there is no mail, only the event.</summary>
    public static JsonObject Send(Transaction tx, JsonObject invoice)
    {
        tx.Emit("invoice.sent", invoice);
        return invoice;
    }

    /// <summary>When an open invoice is overdue; null when it never is, or is already.</summary>
    public static long? OverdueAt(JsonObject invoice) =>
        Is(invoice) && !invoice.Flag("_overdue") ? invoice.IntOrNull("due_date") : null;

    public static void MarkOverdue(Transaction tx, JsonObject invoice)
    {
        var overdue = tx.Change(invoice, change => change["_overdue"] = true);
        tx.Emit("invoice.overdue", overdue);
        SubscriptionPayment.Await(tx, overdue);
    }
}
