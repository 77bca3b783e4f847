using System.Text.Json.Nodes;
using Tollgate.Sandbox.Engine;
using Tollgate.Sandbox.Payments;
using Tollgate.Sandbox.Subscriptions;
using Tollgate.Sandbox.Wire;

namespace Tollgate.Sandbox.Invoices;

/// <summary>Who wants an open invoice paid.</summary>
internal enum CollectionCause
{
    /// <summary>
    /// A request, e.g. <c>POST /v1/invoices/{id}/pay</c>: counts as an attempt only if it is the first.
    /// </summary>
    Request,

    /// <summary>The clock: the first attempt after the draft hour, or a retry.</summary>
    Schedule,
}

/// <summary>Takes the money of an open invoice, or records why it could not.</summary>
internal static class CollectInvoice
{
    /// <summary>Tries once.</summary>
    /// <returns>How the attempt went; null if there is no payment method to try.</returns>
    public static PaymentOutcome? Run(
        Transaction tx,
        JsonObject invoice,
        JsonObject? method,
        Presence presence,
        CollectionCause cause
    )
    {
        if (method is null)
        {
            RecordFailure(tx, invoice, outcome: null, method: null, cause);
            return null;
        }

        var intent =
            InvoicePayments.IntentOf(tx, invoice.Id())
            ?? throw new InvalidOperationException($"{invoice.Id()} has no payment intent");
        var outcome = ConfirmPayment.Run(tx, intent, method, presence);
        if (outcome.IsPaid)
        {
            MarkPaid(tx, invoice, cause);
        }
        else
        {
            RecordFailure(tx, invoice, outcome, method, cause);
        }

        return outcome;
    }

    /// <summary>An open invoice is paid: by a charge, by the customer's balance, or because nothing is due.</summary>
    public static JsonObject MarkPaid(Transaction tx, JsonObject invoice, CollectionCause cause)
    {
        var charged = invoice.Int("amount_due") > 0;
        var paid = tx.Change(
            invoice,
            change =>
            {
                change["status"] = "paid";
                change["amount_paid"] = change.Int("amount_due");
                change["amount_remaining"] = 0;
                change["attempted"] = true;
                change["next_payment_attempt"] = null;
                change["auto_advance"] = false;
                change.Child("status_transitions")["paid_at"] = tx.Now;
                if (charged)
                {
                    CountAttempt(change, cause);
                }
            },
            "invoice.updated"
        );
        if (InvoicePayments.OfInvoice(tx, paid.Id()) is { } payment)
        {
            var settled = tx.Change(
                payment,
                change =>
                {
                    change["status"] = "paid";
                    change["amount_paid"] = change.Int("amount_requested");
                    change.Child("status_transitions")["paid_at"] = tx.Now;
                }
            );
            tx.Emit("invoice_payment.paid", settled);
        }

        tx.Emit("invoice.paid", paid);
        tx.Emit("invoice.payment_succeeded", paid);
        SetDelinquent(tx, paid.Text("customer"), isDelinquent: false);
        SubscriptionPayment.Paid(tx, paid);
        return paid;
    }

    /// <summary>The card an invoice is charged to: its own, else the subscription's, else the customer's.</summary>
    public static JsonObject? MethodFor(Transaction tx, JsonObject invoice)
    {
        const string own = "default_payment_method";
        var subscription = InvoiceDocument.SubscriptionOf(invoice) is { } id
            ? tx.Glance("subscription", id, own)
            : null;
        var customer = tx.Get("customer", invoice.Text("customer"));
        var chosen =
            invoice.TextOrNull(own)
            ?? subscription?.TextOrNull(own)
            ?? customer.Child("invoice_settings").TextOrNull("default_payment_method");
        return chosen is null ? null : tx.Find(PaymentMethodDocument.Kind, chosen);
    }

    /// <summary>The card that a subscription's next invoice would be charged to.</summary>
    public static JsonObject? MethodOf(Transaction tx, JsonObject subscription)
    {
        var customer = tx.Get("customer", subscription.Text("customer"));
        var chosen =
            subscription.TextOrNull("default_payment_method")
            ?? customer.Child("invoice_settings").TextOrNull("default_payment_method");
        return chosen is null ? null : tx.Find(PaymentMethodDocument.Kind, chosen);
    }

    private static void CountAttempt(JsonObject invoice, CollectionCause cause)
    {
        // The first attempt counts whatever its kind, later ones only if they are automatic.
        if (invoice.Int("attempt_count") == 0 || cause == CollectionCause.Schedule)
        {
            invoice["attempt_count"] = invoice.Int("attempt_count") + 1;
        }
    }

    private static void RecordFailure(
        Transaction tx,
        JsonObject invoice,
        PaymentOutcome? outcome,
        JsonObject? method,
        CollectionCause cause
    )
    {
        var isFirst = invoice.Int("attempt_count") == 0;
        var isLast = false;
        var failed = tx.Change(
            invoice,
            change =>
            {
                CountAttempt(change, cause);
                change["attempted"] = true;
                change["_refused_method"] = method?.Id();
                change["_refused_hard"] = outcome?.Refusal?.IsHard ?? outcome?.RequiresAction ?? false;
                if (isFirst || cause == CollectionCause.Schedule)
                {
                    isLast = !PaymentRetries.ScheduleNext(tx, change);
                }
            }
        );
        tx.Emit(outcome?.RequiresAction == true ? "invoice.payment_action_required" : "invoice.payment_failed", failed);
        tx.EmitChange("invoice.updated", invoice, failed);
        SetDelinquent(tx, failed.Text("customer"), isDelinquent: true);
        SubscriptionPayment.Failed(tx, failed, isLast);
    }

    private static void SetDelinquent(Transaction tx, string customerId, bool isDelinquent)
    {
        if (tx.Find("customer", customerId) is { } customer && customer.Flag("delinquent") != isDelinquent)
        {
            tx.Change(customer, change => change["delinquent"] = isDelinquent, "customer.updated");
        }
    }
}
