using System.Text.Json.Nodes;
using Tollgate.Sandbox.Discounts;
using Tollgate.Sandbox.Engine;
using Tollgate.Sandbox.Payments;
using Tollgate.Sandbox.Wire;

namespace Tollgate.Sandbox.Invoices;

/// <summary>A stand-alone invoice: a draft of what waits for the customer, or of nothing yet.</summary>
internal static class CreateInvoice
{
    /// <summary>An invoice that advances by itself is finalized an hour after its creation.</summary>
    private const long DraftSeconds = 3600;

    public static readonly Route Route = Route.Post(
        "/v1/invoices",
        Run,
        [
            Param.Text("customer").Required(),
            Param.Flag("auto_advance"),
            Param.Currency("currency"),
            Param.Text("default_payment_method"),
            Param.Text("description"),
            Redemption.Parameter,
            Param.Map("metadata"),
            Param.OneOf("pending_invoice_items_behavior", "exclude", "include"),
            .. SendInvoice.Parameters,
        ]
    );

    private static Answer Run(Call call)
    {
        var (tx, input) = (call.Tx, call.Input);
        var customer = tx.Get("customer", input.Text("customer"), "customer");
        var collection = new JsonObject();
        SendInvoice.Apply(collection, input);
        var id = Transaction.NewId("in");
        var currency = input.TextOrNull("currency") ?? customer.TextOrNull("currency") ?? "usd";
        var lines =
            input.TextOrNull("pending_invoice_items_behavior") == "include"
                ? PendingItems.Take(tx, customer.Id(), subscription: null, currency, id)
                : [];
        var advances = input.Flag("auto_advance");
        var invoice = InvoiceDocument.Add(
            tx,
            new InvoiceRequest(id, customer, Subscription: null, "manual", currency, lines, tx.Now, tx.Now)
            {
                AutoAdvance = advances,
                FinalizesAt = advances ? tx.Now + DraftSeconds : null,
                DaysUntilDue = collection.IntOrNull("days_until_due"),
                Description = input.TextOrNull("description"),
                Metadata = Metadata.From(input),
                DefaultPaymentMethod = OwnPaymentMethod.Of(
                    tx,
                    input.TextOrNull("default_payment_method"),
                    customer.Id()
                ),
            }
        );
        return Answer.Ok(UpdateInvoice.ApplyDiscounts(tx, invoice, input));
    }
}
