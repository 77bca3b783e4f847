using System.Text.Json.Nodes;
using Tollgate.Sandbox.Engine;
using Tollgate.Sandbox.Wire;

namespace Tollgate.Sandbox.Discounts;

/// <summary>
/// The one discount of a customer, for what has none of its own. The pinned version has no parameter to give it;
/// callers of older ones still send <c>coupon</c> or <c>promotion_code</c>.
/// </summary>
internal static class CustomerDiscount
{
    private const string Name = "discount";

    public static readonly Param[] Parameters = [Param.Text("coupon"), Param.Text("promotion_code")];

    public static readonly Route[] All =
    [
        Route.Get("/v1/customers/{id}/discount", call => Answer.Ok(Require(call))),
        Route.Delete("/v1/customers/{id}/discount", Delete),
    ];

    /// <summary>Gives, or with an empty coupon takes, what a request of a customer names.</summary>
    public static JsonObject Apply(Transaction tx, JsonObject customer, JsonObject input)
    {
        if (!input.ContainsKey("coupon") && !input.ContainsKey("promotion_code"))
        {
            return customer;
        }

        var named = new JsonObject
        {
            ["coupon"] = input["coupon"]?.DeepClone(),
            ["promotion_code"] = input["promotion_code"]?.DeepClone(),
        };
        var isTaken = named.All(member => member.Value is null);
        var grants = isTaken
            ? []
            : Redemption.Read(
                tx,
                new JsonObject { [DiscountDocument.Name] = new JsonArray(named) },
                customer.Id(),
                subtotal: null
            );
        return Replace(tx, customer, grants.Count > 0 ? grants[0] : null);
    }

    /// <summary>None or one.</summary>
    public static IReadOnlyList<JsonObject> Active(Transaction tx, string customer) =>
        tx.Find("customer", customer)?.ChildOrNull(Name) is { } discount && DiscountDocument.IsActive(tx, discount)
            ? [discount]
            : [];

    /// <summary>Takes the discount from its customer when it is used up.</summary>
    public static void Remove(Transaction tx, string customer, string discount)
    {
        if (tx.Find("customer", customer) is { } owner && owner.ChildOrNull(Name)?.Id() == discount)
        {
            tx.Change(owner, change => change[Name] = null);
        }
    }

    /// <summary>What the deletion of a discount answers: all of it.</summary>
    public static JsonObject Deleted(JsonObject discount)
    {
        var deleted = discount.Copy();
        deleted["deleted"] = true;
        return deleted;
    }

    private static JsonObject Replace(Transaction tx, JsonObject customer, Grant? grant)
    {
        var former = customer.ChildOrNull(Name);
        if (former is not null && grant is null)
        {
            tx.Emit("customer.discount.deleted", former);
        }

        var given = grant is null
            ? null
            : DiscountDocument.Add(tx, grant, customer.Id(), owner: null, ownerId: null, former);
        return tx.Change(customer, change => change[Name] = given?.Copy());
    }

    private static JsonObject Require(Call call)
    {
        var customer = call.Tx.Get("customer", call.Id);
        return Active(call.Tx, customer.Id()).FirstOrDefault()
            ?? throw StripeException.NoSuch(DiscountDocument.Kind, call.Id, parameter: null);
    }

    private static Answer Delete(Call call)
    {
        var discount = Require(call);
        Replace(call.Tx, call.Tx.Get("customer", call.Id), grant: null);
        return Answer.Ok(Deleted(discount));
    }
}
