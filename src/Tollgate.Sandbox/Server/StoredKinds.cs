using Tollgate.Sandbox.Checkout;
using Tollgate.Sandbox.Engine;
using Tollgate.Sandbox.Events;
using Tollgate.Sandbox.Invoices;
using Tollgate.Sandbox.Schedules;
using Tollgate.Sandbox.Subscriptions;
using Tollgate.Sandbox.TestClocks;
using Tollgate.Sandbox.Wire;
using static Tollgate.Sandbox.Engine.IndexedMember;

namespace Tollgate.Sandbox.Server;

/// <summary>Every kind whose documents are looked up by more than their id, or change by themselves.</summary>
internal static class StoredKinds
{
    public static readonly DocumentKinds All = new([
        new("charge", By("customer"), By("payment_intent")),
        new("checkout.session", By("customer"), By("subscription"), By("payment_intent"))
        {
            DueAt = ExpireCheckout.At,
            WhenDue = static (tx, session) => ExpireCheckout.Run(tx, session),
        },
        new("customer", By("email"), By("test_clock")),
        new("customer_balance_transaction", By("customer")),
        new("entitlements.active_entitlement", By("_customer")),
        new("entitlements.feature", By("lookup_key")),
        new("event", ByValue("is_of_type", recorded => recorded.Text("type"))),
        new(
            "invoice",
            By("customer"),
            By("status"),
            By("_link"),
            ByValue("subscription", InvoiceDocument.SubscriptionOf)
        )
        {
            DueAt = InvoiceDue.At,
            WhenDue = InvoiceDue.Run,
        },
        new(
            "invoice_payment",
            By("invoice"),
            ByValue("of_intent", payment => payment.Child("payment").TextOrNull("payment_intent"))
        ),
        new(
            "invoiceitem",
            By("customer"),
            By("invoice"),
            ByValue("waits_for", item => item.TextOrNull("invoice") is null ? item.TextOrNull("customer") : null)
        ),
        new("payment_intent", By("customer")),
        new("payment_method", By("customer")),
        new("price", By("product"), By("lookup_key")),
        new("product_feature", By("_product")),
        new("refund", By("charge"), By("payment_intent")),
        new("setup_intent", By("customer")),
        new("tax_id", By("customer")),
        new("promotion_code", By("customer"), By("code")),
        new(
            "subscription",
            By("customer"),
            By("default_payment_method"),
            By("test_clock"),
            ByValue("has_status", subscription => subscription.TextOrNull("status")),
            ByItem("item", item => item.Id()),
            ByItem("price", item => item.Child("price").Id()),
            ByItem("product", item => item.Child("price").Text("product"))
        )
        {
            DueAt = SubscriptionDue.At,
            WhenDue = SubscriptionDue.Run,
        },
        new(ScheduleDocument.Kind, By("customer")) { DueAt = ScheduleDue.At, WhenDue = ScheduleDue.Run },
        new(TestClock.Kind)
        {
            DueAt = TestClock.DueAt,
            WhenDue = static (tx, clock) => TestClockRoutes.Delete(tx, clock),
        },
        new(
            Delivery.Kind,
            By("event"),
            ByValue("waits_for", sent => sent.Text("state") == "waiting" ? sent.Text("endpoint") : null)
        )
        {
            DueAt = sent => sent.IntOrNull("due"),
        },
        new(IdempotentReplay.Kind) { DueAt = IdempotentReplay.DueAt, WhenDue = static (tx, kept) => tx.Remove(kept) },
    ]);

    /// <summary>A state of these kinds, without documents.</summary>
    public static SandboxState NewState(string baseUrl) => new(All, EmitEvent.Run) { BaseUrl = baseUrl };
}
