using System.Text.Json.Nodes;
using Tollgate.Sandbox.Engine;
using Tollgate.Sandbox.Entitlements;
using Tollgate.Sandbox.Invoices;
using Tollgate.Sandbox.Wire;

namespace Tollgate.Sandbox.Subscriptions;

/// <summary>
/// <c>payment_behavior=pending_if_incomplete</c>: a change whose payment fails waits beside the subscription until its
/// invoice is paid, or void, or 23 hours, the period or a trial are over.
/// </summary>
internal static class PendingUpdate
{
    private const string Name = "pending_update";
    private const string Updated = "customer.subscription.updated";

    private static readonly string[] Supported =
    [
        "billing_cycle_anchor",
        "expand",
        "items",
        "off_session",
        "payment_behavior",
        "proration_behavior",
        "proration_date",
        "trial_end",
    ];

    /// <exception cref="StripeException">The request changes what cannot wait.</exception>
    public static void RequireSupported(JsonObject input)
    {
        var other = input.Select(given => given.Key).FirstOrDefault(name => !Supported.Contains(name));
        if (other is not null)
        {
            throw StripeException.Invalid(
                $"`{other}` cannot be updated with `payment_behavior` set to `pending_if_incomplete`.",
                other
            );
        }
    }

    public static bool IsWaiting(JsonObject subscription) => subscription[Name] is JsonObject;

    public static long? ExpiresAt(JsonObject subscription) => subscription.ChildOrNull(Name)?.Int("expires_at");

    /// <summary>The subscription as it was, with the change waiting beside it for an invoice.</summary>
    public static JsonObject Park(Transaction tx, JsonObject before, JsonObject after, string invoice) =>
        tx.Change(
            before,
            change =>
            {
                var moved = before.Int("billing_cycle_anchor") != after.Int("billing_cycle_anchor");
                change["latest_invoice"] = invoice;
                change[Name] = new JsonObject
                {
                    ["billing_cycle_anchor"] = moved ? after.Int("billing_cycle_anchor") : null,
                    ["cancel_at_period_end"] = null,
                    ["discount"] = null,
                    ["discounts"] = null,
                    ["expires_at"] = ExpiryOf(tx, before),
                    ["metadata"] = null,
                    ["subscription_items"] = after.Listed("items").Select(item => item.Copy()).ToJson(),
                    ["trial_end"] = after["trial_end"]?.DeepClone(),
                    ["trial_from_plan"] = null,
                };
                change["_pending"] = new JsonObject
                {
                    ["billing_cycle_anchor"] = after.Int("billing_cycle_anchor"),
                    ["items"] = after["items"]!.DeepClone(),
                    ["status"] = after.Text("status"),
                    ["trial_end"] = after["trial_end"]?.DeepClone(),
                };
            }
        );

    /// <summary>The money came: what waited is so.</summary>
    public static void Apply(Transaction tx, JsonObject subscription)
    {
        var applied = tx.Change(
            subscription,
            change =>
            {
                foreach (var (name, value) in change.Child("_pending").Copy())
                {
                    change[name] = value?.DeepClone();
                }

                Clear(change);
            },
            Updated
        );
        tx.Emit("customer.subscription.pending_update_applied", applied);
        RefreshEntitlements.Run(tx, applied.Text("customer"));
    }

    /// <summary>The money did not come in time: the invoice is void and the subscription stays as it is.</summary>
    public static void Expire(Transaction tx, JsonObject subscription)
    {
        var invoice = tx.Get(InvoiceDocument.Kind, subscription.Text("latest_invoice"));
        if (invoice.Text("status") == "open")
        {
            VoidInvoice.Run(tx, invoice);
        }
        else
        {
            Discard(tx, subscription);
        }
    }

    /// <summary>What waited for an invoice that is void now does not come about.</summary>
    public static void DiscardOf(Transaction tx, JsonObject voided)
    {
        if (
            InvoiceDocument.SubscriptionOf(voided) is { } id
            && tx.Find(SubscriptionDocument.Kind, id) is { } subscription
            && IsWaiting(subscription)
            && subscription.TextOrNull("latest_invoice") == voided.Id()
        )
        {
            Discard(tx, subscription);
        }
    }

    private static void Discard(Transaction tx, JsonObject subscription)
    {
        var expired = tx.Change(subscription, Clear, Updated);
        tx.Emit("customer.subscription.pending_update_expired", expired);
    }

    private static long ExpiryOf(Transaction tx, JsonObject subscription)
    {
        var end = SubscriptionDocument.PeriodEnd(subscription);
        var trial = Trial.IsOn(subscription) ? subscription.Int("trial_end") : end;
        return Math.Min(tx.Now + SubscriptionDue.IncompleteSeconds, Math.Min(end, trial));
    }

    private static void Clear(JsonObject subscription)
    {
        subscription[Name] = null;
        subscription.Remove("_pending");
    }
}
