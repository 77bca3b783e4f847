using System.Globalization;
using System.Text.Json.Nodes;
using Tollgate.Sandbox.Customers;
using Tollgate.Sandbox.Engine;
using Tollgate.Sandbox.Payments;
using Tollgate.Sandbox.Wire;

namespace Tollgate.Sandbox.Invoices;

/// <summary>A draft gets its number, its final totals and a payment intent, and is open.</summary>
internal static class FinalizeInvoice
{
    /// <summary>Finalizes; nothing is charged yet.</summary>
    /// <param name="intent">A payment intent that already tried to pay this (Checkout), or null for a new one.</param>
    public static JsonObject Run(Transaction tx, JsonObject draft, string? intent = null)
    {
        var customer = tx.Get("customer", draft.Text("customer"));
        var sequence = customer.Int("next_invoice_sequence");
        var invoice = tx.Amend(
            draft,
            change =>
            {
                InvoiceDocument.SumUp(change, customer.Int("balance"));
                change["ending_balance"] =
                    change.Int("total") + change.Int("starting_balance") - change.Int("amount_due");
                change["number"] =
                    $"{customer.Text("invoice_prefix")}-{sequence.ToString("0000", CultureInfo.InvariantCulture)}";
                change["status"] = "open";
                change["automatically_finalizes_at"] = null;
                change["effective_at"] = tx.Now;
                change.Child("status_transitions")["finalized_at"] = tx.Now;
                change["_payment"] = change.Int("amount_due") == 0 ? null : Transaction.NewId("inpay");
                if (change.IntOrNull("_days_until_due") is { } days)
                {
                    SendInvoice.Due(change, days, tx.Now);
                }

                HostedInvoice.Publish(tx, change);
            }
        );
        tx.Emit("invoice.finalized", invoice);
        SettleBalance(tx, customer, invoice, sequence);
        if (invoice.Int("amount_due") > 0)
        {
            InvoicePayments.Add(tx, invoice, intent ?? AddIntent(tx, invoice).Id());
        }

        return invoice;
    }

    private static void SettleBalance(Transaction tx, JsonObject customer, JsonObject invoice, long sequence)
    {
        var counted = tx.Change(customer, change => change["next_invoice_sequence"] = sequence + 1);
        if (counted.Int("balance") != invoice.Int("ending_balance"))
        {
            var taken = invoice.Int("ending_balance") - counted.Int("balance");
            CustomerBalance.Move(
                tx,
                counted,
                new BalanceMove(taken, invoice.Text("currency"), "applied_to_invoice") { Invoice = invoice.Id() }
            );
        }
    }

    private static JsonObject AddIntent(Transaction tx, JsonObject invoice) =>
        PaymentIntentDocument.Add(
            tx,
            invoice.Int("amount_due"),
            invoice.Text("currency"),
            invoice.Text("customer"),
            invoice.Text("billing_reason") switch
            {
                "subscription_create" => "Subscription creation",
                "subscription_update" or "subscription_cycle" => "Subscription update",
                _ => "Payment for Invoice",
            },
            saveForOffSession: InvoiceDocument.SubscriptionOf(invoice) is not null
        );
}
