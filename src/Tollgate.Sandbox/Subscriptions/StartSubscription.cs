using System.Text.Json.Nodes;
using Tollgate.Sandbox.Catalog;
using Tollgate.Sandbox.Discounts;
using Tollgate.Sandbox.Engine;
using Tollgate.Sandbox.Entitlements;
using Tollgate.Sandbox.Invoices;
using Tollgate.Sandbox.Payments;
using Tollgate.Sandbox.TestClocks;
using Tollgate.Sandbox.Wire;

namespace Tollgate.Sandbox.Subscriptions;

/// <summary>What a new subscription is to be.</summary>
internal sealed record StartRequest(JsonObject Customer, IReadOnlyList<ItemRequest> Items)
{
    public JsonObject Metadata { get; init; } = [];

    public string? DefaultPaymentMethod { get; init; }

    /// <summary><c>allow_incomplete</c>, <c>default_incomplete</c> or <c>error_if_incomplete</c>.</summary>
    public string PaymentBehavior { get; init; } = "allow_incomplete";

    public IReadOnlyList<Grant> Discounts { get; init; } = [];

    /// <summary>Unix seconds; null for no trial.</summary>
    public long? TrialEnd { get; init; }

    /// <summary>What to do at the trial's end without a card; null for <c>create_invoice</c>.</summary>
    public string? MissingPaymentMethod { get; init; }

    /// <summary>For invoices that are sent instead of charged; null for none.</summary>
    public long? DaysUntilDue { get; init; }

    public string BillingMode { get; init; } = "flexible";

    /// <summary>The request's own words, which may have <c>payment_settings</c>.</summary>
    public JsonObject Given { get; init; } = [];

    public string? Description { get; init; }

    /// <summary>What it is sold in; null for what the customer pays in already, or the first price says.</summary>
    public string? Currency { get; init; }

    public bool IsTaxAutomatic { get; init; }

    /// <summary>
    /// The schedule that starts it: it is active at once, and its first invoice a draft for an hour, as a renewal's.
    /// </summary>
    public string? Schedule { get; init; }

    /// <summary>Unix seconds; null for no end.</summary>
    public long? CancelAt { get; init; }

    public bool CancelAtPeriodEnd { get; init; }

    public Presence Presence { get; init; } = Presence.OffSession;

    /// <summary>A payment intent that already tried to pay this (Checkout).</summary>
    public string? Intent { get; init; }
}

/// <summary>
/// A subscription begins: incomplete, with its first invoice finalized in the same request, and active once that
/// is paid.
/// </summary>
internal static class StartSubscription
{
    public static (JsonObject Subscription, PaymentOutcome? Payment) Run(Transaction tx, StartRequest request)
    {
        request = InOneCurrencyAndInterval(tx, request);
        TestClockLimits.RequireRoomForSubscription(tx, request.Customer);
        var customer = SettleCurrency(tx, request);
        var recurring = request.Items[0].Price.Child("recurring");
        var end =
            request.TrialEnd
            ?? BillingCalendar.BoundaryAfter(
                tx.Now,
                recurring.Text("interval"),
                (int)recurring.Int("interval_count"),
                tx.Now
            );
        var isSent = request.DaysUntilDue is not null && request.TrialEnd is null;
        var isScheduled = request.Schedule is not null && request.TrialEnd is null;
        var invoiceId = Transaction.NewId("in");
        var id = Transaction.NewId("sub");
        var subscription = SubscriptionDocument.Build(tx, request, id, invoiceId, end);
        PaymentSettings.Apply(subscription, request.Given);
        SubscriptionDiscounts.Set(tx, subscription, request.Discounts);
        foreach (var (item, wanted) in subscription.Listed("items").Zip(request.Items))
        {
            SubscriptionDiscounts.SetOnItem(tx, subscription, item, wanted.Given);
            SubscriptionDocument.NoteBilled(tx, subscription, item);
        }

        tx.Add(subscription, "customer.subscription.created");
        if (Trial.WarnsAt(subscription) <= tx.Now)
        {
            Trial.Warn(tx, subscription);
        }

        var draft = InvoiceDocument.Add(
            tx,
            new InvoiceRequest(
                invoiceId,
                customer,
                subscription,
                "subscription_create",
                subscription.Text("currency"),
                [
                    .. PendingItems.Take(tx, customer.Id(), id, subscription.Text("currency"), invoiceId),
                    .. subscription
                        .Listed("items")
                        .Select(item => SubscriptionLine.Of(tx, subscription, item, tx.Now, end)),
                ],
                tx.Now,
                tx.Now
            )
            {
                FinalizesAt = isSent || isScheduled ? tx.Now + SubscriptionDue.DraftSeconds : null,
            }
        );
        if (isSent || isScheduled)
        {
            // It counts as begun, and the money may come later.
            RefreshEntitlements.Run(tx, customer.Id());
            return (tx.Get(SubscriptionDocument.Kind, id), Payment: null);
        }

        var invoice = FinalizeInvoice.Run(tx, draft, request.Intent);
        var payment = Collect(tx, request, invoice);
        if (request.TrialEnd is not null)
        {
            RefreshEntitlements.Run(tx, customer.Id());
        }

        return (tx.Get(SubscriptionDocument.Kind, id), payment);
    }

    private static PaymentOutcome? Collect(Transaction tx, StartRequest request, JsonObject invoice)
    {
        if (invoice.Int("amount_due") == 0)
        {
            CollectInvoice.MarkPaid(tx, invoice, CollectionCause.Request);
            return null;
        }

        if (request.PaymentBehavior == "default_incomplete")
        {
            return null;
        }

        var method =
            CollectInvoice.MethodFor(tx, invoice)
            ?? throw StripeException.Invalid(
                "This customer has no attached payment source or default payment method. Please consider adding a "
                    + "default payment method. For more information, visit "
                    + "https://stripe.com/docs/billing/subscriptions/payment-methods-setting#payment-method-priority.",
                code: "resource_missing"
            );
        var outcome = CollectInvoice.Run(tx, invoice, method, request.Presence, CollectionCause.Request)!;
        return outcome.IsPaid || request.PaymentBehavior != "error_if_incomplete" ? outcome : throw Refusal(outcome);
    }

    /// <summary>The 402 of <c>error_if_incomplete</c>; nothing of the request remains.</summary>
    public static StripeException Refusal(PaymentOutcome outcome) =>
        outcome.Refusal is { } refusal
            ? ConfirmPayment.Declined(refusal, charge: null, intent: null)
            : new StripeException(
                402,
                "card_error",
                "Payment for this subscription requires additional user action before it can be completed successfully."
            )
            {
                Code = "subscription_payment_intent_requires_action",
            };

    private static StartRequest InOneCurrencyAndInterval(Transaction tx, StartRequest request)
    {
        var prices = request.Items.Select(item => item.Price).ToList();
        var currency = CurrencyOptions.Settle(request.Currency, tx.Get("customer", request.Customer.Id()), prices);
        if (prices.Exists(price => !CurrencyOptions.Has(price, currency)))
        {
            throw request.Currency is null
                ? StripeException.Invalid("All prices on a subscription must have the same `currency`.", "items")
                : StripeException.Invalid($"The prices of this subscription are not in {currency}.", "currency");
        }

        ItemChanges.RequireOneInterval(prices);
        var items = request.Items.Select(item => item with { Price = CurrencyOptions.In(item.Price, currency) });
        return request with { Items = [.. items] };
    }

    /// <summary>A customer's currency is that of the first invoice, for good.</summary>
    private static JsonObject SettleCurrency(Transaction tx, StartRequest request)
    {
        var currency = CurrencyOptions.Currency(request.Items[0].Price);
        var customer = tx.Get("customer", request.Customer.Id());
        CurrencyOptions.RequireOf(customer, currency);
        return customer.TextOrNull("currency") is null
            ? tx.Change(customer, change => change["currency"] = currency, "customer.updated")
            : customer;
    }
}
