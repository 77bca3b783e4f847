using System.Text.Json.Nodes;
using Tollgate.Sandbox.Discounts;
using Tollgate.Sandbox.Engine;
using Tollgate.Sandbox.Payments;
using Tollgate.Sandbox.Wire;

namespace Tollgate.Sandbox.Invoices;

/// <summary>Changes of an invoice: nearly all of a draft, words and card of an open one; and its deletion.</summary>
internal static class UpdateInvoice
{
    private const long DraftSeconds = 3600;

    public static readonly Route[] All =
    [
        Route.Post(
            "/v1/invoices/{id}",
            Run,
            [
                Param.Flag("auto_advance"),
                Param.Text("default_payment_method"),
                Param.Text("description"),
                Redemption.Parameter,
                Param.Int("due_date", min: 0),
                Param.Text("footer"),
                Param.Map("metadata"),
                .. SendInvoice.Parameters,
            ]
        ),
        Route.Delete("/v1/invoices/{id}", Delete),
    ];

    private static readonly string[] OfDrafts =
    [
        "collection_method",
        "days_until_due",
        "discounts",
        "due_date",
        "footer",
    ];

    private static Answer Run(Call call)
    {
        var (tx, input) = (call.Tx, call.Input);
        var invoice = tx.Get(InvoiceDocument.Kind, call.Id);
        var isDraft = invoice.Text("status") == "draft";
        if (!isDraft && OfDrafts.FirstOrDefault(input.ContainsKey) is { } fixedNow)
        {
            throw StripeException.Invalid(
                $"Finalized invoices can't be updated in this way (`{fixedNow}`).",
                fixedNow,
                "invoice_not_editable"
            );
        }

        var discounted = ApplyDiscounts(tx, invoice, input);
        return Answer.Ok(
            tx.Change(
                discounted,
                change =>
                {
                    Metadata.CopyGiven(change, input, "description", "footer");
                    Metadata.Apply(change, input);
                    ApplyCollection(tx, change, input);
                    if (input.FlagOrNull("auto_advance") is { } advance)
                    {
                        change["auto_advance"] = advance;
                        change["automatically_finalizes_at"] = isDraft && advance ? tx.Now + DraftSeconds : null;
                    }
                },
                "invoice.updated"
            )
        );
    }

    /// <summary>Replaces the discounts of a draft, if the request names any.</summary>
    public static JsonObject ApplyDiscounts(Transaction tx, JsonObject draft, JsonObject input) =>
        input.ContainsKey("discounts")
            ? tx.Change(
                draft,
                change =>
                {
                    InvoiceDiscounts.Set(tx, change, input);
                    InvoiceDocument.SumUp(change, tx.Get("customer", change.Text("customer")).Int("balance"));
                }
            )
            : draft;

    private static void ApplyCollection(Transaction tx, JsonObject invoice, JsonObject input)
    {
        if (input.ContainsKey("default_payment_method"))
        {
            invoice["default_payment_method"] = OwnPaymentMethod.Of(
                tx,
                input.TextOrNull("default_payment_method"),
                invoice.Text("customer")
            );
        }

        if (input.ContainsKey("collection_method") || input.ContainsKey("days_until_due"))
        {
            var wanted = new JsonObject
            {
                ["collection_method"] = invoice.Text("collection_method"),
                ["days_until_due"] = invoice.IntOrNull("_days_until_due"),
            };
            SendInvoice.Apply(wanted, input);
            invoice["collection_method"] = wanted.Text("collection_method");
            invoice["due_date"] = null;
            if (wanted.IntOrNull("days_until_due") is { } days)
            {
                SendInvoice.Due(invoice, days, tx.Now);
            }
        }

        if (input.IntOrNull("due_date") is { } due)
        {
            if (!SendInvoice.Is(invoice) || due < tx.Now)
            {
                throw StripeException.Invalid("`due_date` is a time to come of an invoice that is sent.", "due_date");
            }

            invoice["due_date"] = due;
            invoice["_days_until_due"] = null;
        }
    }

    /// <summary>Only a stand-alone draft can be deleted; what it had taken up waits again.</summary>
    private static Answer Delete(Call call)
    {
        var tx = call.Tx;
        var invoice = tx.Get(InvoiceDocument.Kind, call.Id);
        if (invoice.Text("status") != "draft" || InvoiceDocument.SubscriptionOf(invoice) is not null)
        {
            throw StripeException.Invalid(
                "You can only delete draft invoices that are not of a subscription.",
                code: "invoice_not_editable"
            );
        }

        foreach (
            var item in tx.NewestFirst(PendingItems.Kind).Where(item => item.TextOrNull("invoice") == call.Id).ToList()
        )
        {
            tx.Change(item, change => change["invoice"] = null);
        }

        tx.Remove(invoice);
        tx.Emit("invoice.deleted", invoice);
        return Answer.Ok(Deleted.Of(invoice));
    }
}
