using System.Text.Json.Nodes;
using Tollgate.Sandbox.Engine;
using Tollgate.Sandbox.Wire;

namespace Tollgate.Sandbox.Entitlements;

/// <summary>Brings a customer's entitlements in line with the products of the live subscriptions.</summary>
internal static class RefreshEntitlements
{
    private const int Inline = 10;

    public static void Run(Transaction tx, string customer)
    {
        var granted = tx.With("subscription", "customer", customer)
            .Where(sub => sub.Text("status") is ("active" or "trialing" or "past_due"))
            .SelectMany(sub => sub.Listed("items"))
            .Select(item => item.Child("price").Text("product"))
            .Distinct(StringComparer.Ordinal)
            .SelectMany(product => Features(tx, product))
            .DistinctBy(feature => feature.Id(), StringComparer.Ordinal)
            .ToList();
        var held = Held(tx, customer).ToList();
        var lost = held.Where(entitlement => !granted.Exists(feature => feature.Id() == entitlement.Text("feature")))
            .ToList();
        var gained = granted
            .Where(feature => !held.Exists(entitlement => entitlement.Text("feature") == feature.Id()))
            .ToList();
        if (lost.Count + gained.Count == 0)
        {
            return;
        }

        lost.ForEach(tx.Remove);
        foreach (var feature in gained)
        {
            tx.Add(
                new JsonObject
                {
                    ["id"] = Transaction.NewId("ent"),
                    ["object"] = ActiveEntitlementRoutes.Kind,
                    ["feature"] = feature.Id(),
                    ["livemode"] = false,
                    ["lookup_key"] = feature.Text("lookup_key"),
                    ["_customer"] = customer,
                }
            );
        }

        tx.Emit("entitlements.active_entitlement_summary.updated", Summary(tx, customer));
    }

    /// <summary>A product's features changed: every customer who has the product is refreshed.</summary>
    public static void ForProduct(Transaction tx, string product)
    {
        var customers = tx.With("subscription", "product", product)
            .Select(sub => sub.Text("customer"))
            .Distinct(StringComparer.Ordinal)
            .ToList();
        customers.ForEach(customer => Run(tx, customer));
    }

    private static IEnumerable<JsonObject> Features(Transaction tx, string product) =>
        tx.With(ProductFeatureRoutes.Kind, "_product", product).Select(held => held.Child("entitlement_feature"));

    private static IEnumerable<JsonObject> Held(Transaction tx, string customer) =>
        tx.With(ActiveEntitlementRoutes.Kind, "_customer", customer);

    private static JsonObject Summary(Transaction tx, string customer)
    {
        var held = Held(tx, customer).ToList();
        return new JsonObject
        {
            ["object"] = "entitlements.active_entitlement_summary",
            ["customer"] = customer,
            ["entitlements"] = ListPage.Embedded(
                held.Take(Inline).Select(entitlement => entitlement.Copy()),
                $"/v1/customer/{customer}/entitlements",
                held.Count > Inline
            ),
            ["livemode"] = false,
        };
    }
}
