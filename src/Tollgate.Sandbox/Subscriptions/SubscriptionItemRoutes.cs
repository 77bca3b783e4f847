using System.Text.Json.Nodes;
using Tollgate.Sandbox.Discounts;
using Tollgate.Sandbox.Engine;
using Tollgate.Sandbox.Wire;

namespace Tollgate.Sandbox.Subscriptions;

/// <summary><c>/v1/subscription_items</c>: one item at a time, by the same change as a subscription's own.</summary>
internal static class SubscriptionItemRoutes
{
    private const string Kind = "subscription_item";
    private const string Items = "items";
    private static readonly string[] OfItem = ["price", "quantity", "discounts", "metadata"];

    private static readonly Param[] Billing =
    [
        Param.OneOf("payment_behavior", PaymentBehavior.OfUpdates),
        Param.OneOf("proration_behavior", "always_invoice", "create_prorations", "none"),
        Param.Int("proration_date", min: 0),
    ];

    private static readonly Param[] Changes =
    [
        Param.Int("quantity", 0, SubscriptionRoutes.MaxQuantity),
        Redemption.Parameter,
        Param.Map("metadata"),
        .. Billing,
    ];

    public static readonly Route[] All =
    [
        Route.List("/v1/subscription_items", List, Param.Text("subscription").Required()),
        Route.Post(
            "/v1/subscription_items",
            Create,
            [Param.Text("subscription").Required(), Param.Text("price").Required(), .. Changes]
        ),
        Route.Get("/v1/subscription_items/{id}", call => Answer.Ok(Find(call).Item.Copy())),
        Route.Post("/v1/subscription_items/{id}", Update, [Param.Text("price"), .. Changes]),
        Route.Delete("/v1/subscription_items/{id}", Delete, Billing),
    ];

    private static Answer List(Call call)
    {
        var subscription = call.Tx.Get(SubscriptionDocument.Kind, call.Input.Text("subscription"), "subscription");
        return ListPage.From(call, subscription.Listed(Items), Kind);
    }

    private static Answer Create(Call call)
    {
        var subscription = call.Tx.Get(SubscriptionDocument.Kind, call.Input.Text("subscription"), "subscription");
        var former = subscription.Listed(Items).Select(item => item.Id()).ToHashSet(StringComparer.Ordinal);
        var after = Change(call, subscription, []);
        return Answer.Ok(after.Listed(Items).First(item => !former.Contains(item.Id())).Copy());
    }

    private static Answer Update(Call call)
    {
        var (subscription, item) = Find(call);
        var after = Change(call, subscription, new JsonObject { ["id"] = item.Id() });
        return Answer.Ok(after.Listed(Items).First(candidate => candidate.Id() == item.Id()).Copy());
    }

    private static Answer Delete(Call call)
    {
        var (subscription, item) = Find(call);
        Change(call, subscription, new JsonObject { ["id"] = item.Id(), ["deleted"] = true });
        return Answer.Ok(Deleted.Of(item));
    }

    private static JsonObject Change(Call call, JsonObject subscription, JsonObject item)
    {
        var input = new JsonObject();
        foreach (var (name, value) in call.Input)
        {
            if (name is not ("subscription" or "expand"))
            {
                (OfItem.Contains(name, StringComparer.Ordinal) ? item : input)[name] = value?.DeepClone();
            }
        }

        input[Items] = new JsonArray(item);
        var after = ChangeSubscription.Run(call.Tx, subscription, input);
        return SubscriptionLimits.Enforce(call.Tx, subscription, after);
    }

    private static (JsonObject Subscription, JsonObject Item) Find(Call call)
    {
        var subscription =
            call.Tx.With(SubscriptionDocument.Kind, "item", call.Id).FirstOrDefault()
            ?? throw StripeException.NoSuch(Kind, call.Id, parameter: null);
        return (subscription, subscription.Listed(Items).First(item => item.Id() == call.Id));
    }
}
