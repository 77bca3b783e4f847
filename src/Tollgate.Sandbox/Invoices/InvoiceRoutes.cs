using System.Text.Json.Nodes;
using Tollgate.Sandbox.Engine;
using Tollgate.Sandbox.Payments;
using Tollgate.Sandbox.Wire;

namespace Tollgate.Sandbox.Invoices;

/// <summary><c>/v1/invoices</c> and <c>/v1/invoice_payments</c>.</summary>
internal static class InvoiceRoutes
{
    private const string Kind = InvoiceDocument.Kind;

    public static readonly Route[] All =
    [
        CreateInvoice.Route,
        PreviewInvoice.Route,
        Route.List(
            "/v1/invoices",
            List,
            Param.Text("customer"),
            Param.Text("subscription"),
            Param.OneOf("status", "draft", "open", "paid", "uncollectible", "void"),
            Param.OneOf("collection_method", "charge_automatically", "send_invoice"),
            Param.Range("created")
        ),
        Route.Get("/v1/invoices/{id}", call => Answer.Ok(call.Tx.Get(Kind, call.Id))),
        .. UpdateInvoice.All,
        Route.List("/v1/invoices/{id}/lines", Lines),
        Route.Post("/v1/invoices/{id}/finalize", Finalize, Param.Flag("auto_advance")),
        Route.Post("/v1/invoices/{id}/pay", Pay, Param.Text("payment_method"), Param.Flag("off_session")),
        Route.Post(
            "/v1/invoices/{id}/mark_uncollectible",
            call => Answer.Ok(MarkUncollectible.Run(call.Tx, call.Tx.Get(Kind, call.Id)))
        ),
        Route.Post("/v1/invoices/{id}/send", Send),
        Route.Post("/v1/invoices/{id}/void", call => Answer.Ok(VoidInvoice.Run(call.Tx, call.Tx.Get(Kind, call.Id)))),
        Route.List(
            "/v1/invoice_payments",
            ListPayments,
            Param.Text("invoice"),
            Param.Group("payment", Param.OneOf("type", "payment_intent").Required(), Param.Text("payment_intent")),
            Param.OneOf("status", "open", "paid", "canceled")
        ),
        Route.Get("/v1/invoice_payments/{id}", call => Answer.Ok(call.Tx.Get(InvoicePayments.Kind, call.Id))),
    ];

    private static Answer List(Call call)
    {
        var input = call.Input;
        var subscription = input.TextOrNull("subscription");
        return ListPage.Of(
            call,
            Kind,
            invoice =>
                (input.TextOrNull("customer") is not { } customer || invoice.TextOrNull("customer") == customer)
                && (input.TextOrNull("status") is not { } status || invoice.Text("status") == status)
                && (input.TextOrNull("collection_method") is not { } how || invoice.Text("collection_method") == how)
                && (subscription is null || InvoiceDocument.SubscriptionOf(invoice) == subscription)
                && ListPage.InRange(invoice, input, "created")
        );
    }

    private static Answer Lines(Call call) =>
        ListPage.From(
            call,
            (call.Tx.InMemory<RecentPreviews>().Find(call.Id) ?? call.Tx.Get(Kind, call.Id)).Listed("lines"),
            "line_item"
        );

    private static Answer Finalize(Call call)
    {
        var draft = call.Tx.Get(Kind, call.Id);
        if (draft.Text("status") != "draft")
        {
            throw StripeException.Invalid(
                "This invoice is already finalized, you can't re-finalize a non-draft invoice.",
                code: "invoice_not_editable"
            );
        }

        var invoice = FinalizeInvoice.Run(call.Tx, draft);
        return Answer.Ok(
            invoice.Int("amount_due") == 0
                ? CollectInvoice.MarkPaid(call.Tx, invoice, CollectionCause.Request)
                : invoice
        );
    }

    private static Answer Send(Call call)
    {
        var invoice = call.Tx.Get(Kind, call.Id);
        invoice = invoice.Text("status") == "draft" ? FinalizeInvoice.Run(call.Tx, invoice) : invoice;
        return invoice.Text("status") == "open"
            ? Answer.Ok(SendInvoice.Send(call.Tx, invoice))
            : throw StripeException.Invalid(
                $"You can only send open invoices. This one is {invoice.Text("status")}.",
                code: "invoice_not_editable"
            );
    }

    private static Answer Pay(Call call)
    {
        var tx = call.Tx;
        var invoice = tx.Get(Kind, call.Id);
        // Paying a draft finalizes it first.
        invoice = invoice.Text("status") == "draft" ? FinalizeInvoice.Run(tx, invoice) : invoice;
        if (invoice.Text("status") is not ("open" or "uncollectible"))
        {
            throw StripeException.Invalid(
                invoice.Text("status") == "paid" ? "Invoice is already paid" : "Invoice is void and cannot be paid.",
                code: "invoice_not_editable"
            );
        }

        if (invoice.Int("amount_due") == 0)
        {
            return Answer.Ok(CollectInvoice.MarkPaid(tx, invoice, CollectionCause.Request));
        }

        var method = call.Input.TextOrNull("payment_method") is { } given
            ? OwnMethod(tx, given, invoice.Text("customer"))
            : CollectInvoice.MethodFor(tx, invoice);
        if (method is null)
        {
            throw StripeException.Invalid(
                "There is no `default_payment_method` set on this Customer or Invoice. Please set one, or pass "
                    + "`payment_method`.",
                "payment_method"
            );
        }

        var outcome = CollectInvoice.Run(tx, invoice, method, Presence.OffSession, CollectionCause.Request)!;
        return outcome switch
        {
            { RequiresAction: true } => Answer.Refused(NeedsAction(outcome)),
            { Refusal: { } refusal } => Answer.Refused(
                ConfirmPayment.Declined(refusal, outcome.ChargeId, outcome.Intent)
            ),
            _ => Answer.Ok(tx.Get(Kind, call.Id)),
        };
    }

    private static JsonObject OwnMethod(Transaction tx, string id, string customer)
    {
        var method = AttachPaymentMethod.Resolve(tx, id, "payment_method");
        return method.TextOrNull("customer") is not { } owner
                ? AttachPaymentMethod.Run(tx, method.Id(), customer, "payment_method")
            : owner == customer ? method
            : throw StripeException.Invalid(
                "The payment method does not belong to the customer of the invoice.",
                "payment_method"
            );
    }

    private static StripeException NeedsAction(PaymentOutcome outcome) =>
        new(402, "card_error", "Payment for this invoice requires additional user action before it can complete.")
        {
            Code = "invoice_payment_intent_requires_action",
            Intent = Rendering.Publish(outcome.Intent),
        };

    private static Answer ListPayments(Call call)
    {
        var intent = call.Input.ChildOrNull("payment")?.TextOrNull("payment_intent");
        return ListPage.Of(
            call,
            InvoicePayments.Kind,
            payment =>
                (call.Input.TextOrNull("invoice") is not { } invoice || payment.Text("invoice") == invoice)
                && (call.Input.TextOrNull("status") is not { } status || payment.Text("status") == status)
                && (intent is null || payment.Child("payment").Text("payment_intent") == intent)
        );
    }
}
