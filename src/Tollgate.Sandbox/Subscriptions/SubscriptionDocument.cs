using System.Globalization;
using System.Text.Json.Nodes;
using Tollgate.Sandbox.Catalog;
using Tollgate.Sandbox.Discounts;
using Tollgate.Sandbox.Engine;
using Tollgate.Sandbox.Invoices;
using Tollgate.Sandbox.Wire;

namespace Tollgate.Sandbox.Subscriptions;

/// <summary>A price and how many of it.</summary>
internal sealed record ItemRequest(JsonObject Price, long Quantity, JsonObject Metadata)
{
    /// <summary>The request's own words, which may name discounts.</summary>
    public JsonObject Given { get; init; } = [];
}

/// <summary>The shape of a subscription and its items.</summary>
internal static class SubscriptionDocument
{
    public const string Kind = "subscription";

    private static readonly UnusedMembers Unused = new(
        [
            "application",
            "application_fee_percent",
            "billing_cycle_anchor_config",
            "billing_thresholds",
            "customer_account",
            "default_source",
            "ended_at",
            "managed_payments",
            "next_pending_invoice_item_invoice",
            "on_behalf_of",
            "pause_collection",
            "pending_invoice_item_interval",
            "pending_setup_intent",
            "pending_update",
            "transfer_data",
        ],
        ["billing_schedules", "default_tax_rates", "discounts"],
        []
    );

    public static JsonObject Build(
        Transaction tx,
        StartRequest request,
        string id,
        string latestInvoice,
        long periodEnd
    )
    {
        var items = request.Items.Select(item => BuildItem(tx, id, item, tx.Now, periodEnd));
        var subscription = new JsonObject
        {
            ["id"] = id,
            ["object"] = Kind,
            [AutomaticTax.Name] = AutomaticTax.OfSubscription(request.IsTaxAutomatic),
            ["billing_cycle_anchor"] = request.TrialEnd ?? tx.Now,
            ["billing_mode"] = BillingMode(tx, request.BillingMode),
            ["cancel_at"] = request.CancelAtPeriodEnd ? periodEnd : request.CancelAt,
            ["cancel_at_period_end"] = request.CancelAtPeriodEnd,
            ["canceled_at"] = request.CancelAtPeriodEnd || request.CancelAt is not null ? tx.Now : null,
            ["cancellation_details"] = new JsonObject
            {
                ["comment"] = null,
                ["feedback"] = null,
                ["feedback_option"] = null,
                ["reason"] =
                    request.CancelAtPeriodEnd || request.CancelAt is not null ? "cancellation_requested" : null,
            },
            ["collection_method"] = request.DaysUntilDue is null ? "charge_automatically" : "send_invoice",
            ["created"] = tx.Now,
            ["currency"] = CurrencyOptions.Currency(request.Items[0].Price),
            ["customer"] = request.Customer.Id(),
            ["days_until_due"] = request.DaysUntilDue,
            ["default_payment_method"] = request.DefaultPaymentMethod,
            ["description"] = request.Description,
            ["invoice_settings"] = NoInvoiceSettings(),
            ["items"] = ListPage.Embedded(items, $"/v1/subscription_items?subscription={id}"),
            ["latest_invoice"] = latestInvoice,
            ["livemode"] = false,
            ["metadata"] = request.Metadata.Copy(),
            ["payment_settings"] = new JsonObject
            {
                ["payment_method_options"] = null,
                ["payment_method_types"] = null,
                ["save_default_payment_method"] = "off",
            },
            ["schedule"] = request.Schedule,
            ["start_date"] = tx.Now,
            ["status"] =
                request.TrialEnd is not null ? "trialing"
                : request.DaysUntilDue is not null || request.Schedule is not null ? "active"
                : "incomplete",
            ["test_clock"] = request.Customer.TextOrNull("test_clock"),
            ["trial_end"] = request.TrialEnd,
            ["trial_settings"] = new JsonObject
            {
                ["end_behavior"] = new JsonObject
                {
                    ["billing_cycle_anchor"] = null,
                    ["missing_payment_method"] = request.MissingPaymentMethod ?? "create_invoice",
                },
            },
            ["trial_start"] = request.TrialEnd is null ? null : tx.Now,
        };
        return Unused.AddTo(subscription);
    }

    private static JsonObject NoInvoiceSettings() =>
        new()
        {
            ["account_tax_ids"] = null,
            ["custom_fields"] = null,
            ["description"] = null,
            ["footer"] = null,
            ["issuer"] = new JsonObject { ["type"] = "self" },
        };

    public static JsonObject BuildItem(Transaction tx, string subscription, ItemRequest request, long start, long end)
    {
        var item = new JsonObject
        {
            ["id"] = Transaction.NewId("si"),
            ["object"] = "subscription_item",
            ["billing_thresholds"] = null,
            ["created"] = tx.Now,
            ["current_period_end"] = end,
            ["current_period_start"] = start,
            ["current_trial"] = null,
            ["discounts"] = new JsonArray(),
            ["metadata"] = request.Metadata.Copy(),
            ["plan"] = null,
            ["price"] = null,
            ["quantity"] = request.Quantity,
            ["subscription"] = subscription,
            ["tax_rates"] = new JsonArray(),
        };
        EmbeddedPrice.Set(item, request.Price);
        return item;
    }

    /// <summary>Notes what each item was last billed for; flexible billing credits exactly that.</summary>
    public static void NoteBilled(Transaction tx, JsonObject subscription, JsonObject item)
    {
        item["_billed_price"] = EmbeddedPrice.Billed(item.Child("price"));
        item["_billed_quantity"] = item.Int("quantity");
        item["_billed_factor"] = SubscriptionDiscounts
            .Factor(tx, subscription, item, item.Child("price").Text("product"))
            .ToString(CultureInfo.InvariantCulture);
    }

    public static long PeriodEnd(JsonObject subscription) =>
        subscription.Listed("items").Min(item => item.Int("current_period_end"));

    public static long PeriodStart(JsonObject subscription) =>
        subscription.Listed("items").Max(item => item.Int("current_period_start"));

    public static JsonObject BillingMode(Transaction tx, string type) =>
        new()
        {
            ["flexible"] = type == "flexible" ? new JsonObject { ["proration_discounts"] = "included" } : null,
            ["type"] = type,
            ["updated_at"] = tx.Now,
        };
}
