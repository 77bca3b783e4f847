using System.Text.Json.Nodes;
using Tollgate.Sandbox.Engine;
using Tollgate.Sandbox.Wire;

namespace Tollgate.Sandbox.Discounts;

/// <summary>
/// The discounts of a subscription and of its items. Without any of its own it has its customer's; an item's come
/// before those of the whole.
/// </summary>
internal static class SubscriptionDiscounts
{
    private const string Name = DiscountDocument.Name;

    public static readonly Route Route = Route.Delete("/v1/subscriptions/{id}/discount", Delete);

    /// <summary>Replaces the discounts of a subscription that is being made or changed.</summary>
    public static void Set(Transaction tx, JsonObject subscription, IReadOnlyList<Grant> grants) =>
        DiscountDocument.Set(tx, subscription, grants, subscription.Text("customer"), "subscription");

    /// <summary>Replaces the discounts of an item, if the request names any.</summary>
    public static void SetOnItem(Transaction tx, JsonObject subscription, JsonObject item, JsonObject input)
    {
        if (input.ContainsKey(Name))
        {
            var customer = subscription.Text("customer");
            var grants = Redemption.Read(tx, input, customer, subtotal: null);
            DiscountDocument.Set(tx, item, grants, customer, "subscription_item");
        }
    }

    /// <summary>Those of the whole whose time is not over.</summary>
    public static IReadOnlyList<JsonObject> Active(Transaction tx, JsonObject subscription)
    {
        var own = DiscountDocument.Active(tx, subscription);
        return own.Count > 0 ? own : CustomerDiscount.Active(tx, subscription.Text("customer"));
    }

    /// <summary>Leaves out what is over.</summary>
    public static void DropEnded(Transaction tx, JsonObject subscription)
    {
        foreach (var owner in subscription.Listed("items").Append(subscription).Where(owner => owner.Texts(Name).Any()))
        {
            owner[Name] = DiscountDocument.Active(tx, owner).Select(discount => discount.Id()).ToJson();
        }
    }

    /// <summary>What percentages leave of an item's amount, e.g. 0.8; fixed amounts do not count.</summary>
    public static decimal Factor(Transaction tx, JsonObject subscription, JsonObject item, string product) =>
        DiscountDocument
            .Active(tx, item)
            .Concat(Active(tx, subscription))
            .Select(discount => DiscountDocument.CouponOf(tx, discount))
            .Where(coupon => DiscountMath.AppliesTo(coupon, product))
            .Aggregate(1m, (factor, coupon) => factor * (1 - (DiscountMath.PercentOf(coupon) ?? 0) / 100));

    /// <summary>Takes a discount that is used up from the subscription, or the item, that had it.</summary>
    public static void Remove(Transaction tx, string subscription, string discount)
    {
        if (tx.Find("subscription", subscription) is not { } owner)
        {
            return;
        }

        tx.Change(
            owner,
            change =>
            {
                foreach (var document in change.Listed("items").Append(change))
                {
                    document[Name] = document.Texts(Name).Where(id => id != discount).ToList().ToJson();
                }
            }
        );
    }

    private static Answer Delete(Call call)
    {
        var tx = call.Tx;
        var subscription = tx.Get("subscription", call.Id);
        var first =
            DiscountDocument.Active(tx, subscription).FirstOrDefault()
            ?? throw StripeException.NoSuch(DiscountDocument.Kind, call.Id, parameter: null);
        tx.Change(subscription, change => Set(tx, change, []), "customer.subscription.updated");
        return Answer.Ok(CustomerDiscount.Deleted(first));
    }
}
