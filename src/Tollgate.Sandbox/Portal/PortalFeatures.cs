using System.Text.Json.Nodes;
using Tollgate.Sandbox.Engine;
using Tollgate.Sandbox.Wire;

namespace Tollgate.Sandbox.Portal;

/// <summary>What a portal configuration lets a customer do.</summary>
internal static class PortalFeatures
{
    private const int MaxProducts = 10;

    /// <summary>Everything off.</summary>
    public static JsonObject Default() =>
        new()
        {
            ["customer_update"] = new JsonObject { ["allowed_updates"] = new JsonArray(), ["enabled"] = false },
            ["invoice_history"] = new JsonObject { ["enabled"] = false },
            ["payment_method_update"] = new JsonObject { ["enabled"] = false, ["payment_method_configuration"] = null },
            ["subscription_cancel"] = new JsonObject
            {
                ["cancellation_reason"] = new JsonObject
                {
                    ["enabled"] = false,
                    ["feedback_options"] = null,
                    ["options"] = new JsonArray(),
                },
                ["enabled"] = false,
                ["mode"] = "at_period_end",
                ["proration_behavior"] = "none",
            },
            ["subscription_pause"] = new JsonObject
            {
                ["duration"] = new JsonObject { ["interval_options"] = new JsonArray(), ["type"] = "indefinite" },
                ["enabled"] = false,
            },
            ["subscription_update"] = new JsonObject
            {
                ["billing_cycle_anchor"] = "unchanged",
                ["default_allowed_updates"] = new JsonArray(),
                ["enabled"] = false,
                ["products"] = new JsonArray(),
                ["proration_behavior"] = "none",
                ["schedule_at_period_end"] = new JsonObject { ["conditions"] = new JsonArray() },
                ["trial_update_behavior"] = "end_trial",
            },
        };

    public static void Apply(Transaction tx, JsonObject features, JsonObject input)
    {
        foreach (var (name, given) in input)
        {
            if (given is JsonObject wanted)
            {
                Merge(features.Child(name), wanted);
            }
        }

        var products = features.Child("subscription_update").Each("products").ToList();
        const string path = "features[subscription_update][products]";
        if (products.Count > MaxProducts)
        {
            throw StripeException.Invalid($"A configuration lists up to {MaxProducts} products.", path);
        }

        for (var index = 0; index < products.Count; index++)
        {
            CheckProduct(tx, products[index], $"{path}[{index}]");
        }
    }

    /// <summary>Given members replace; nested objects are merged, so that what was not given stays.</summary>
    private static void Merge(JsonObject target, JsonObject given)
    {
        foreach (var (name, value) in given)
        {
            if (value is JsonObject nested && target[name] is JsonObject existing)
            {
                Merge(existing, nested);
            }
            else
            {
                target[name] = value?.DeepClone();
            }
        }
    }

    private static void CheckProduct(Transaction tx, JsonObject listed, string path)
    {
        tx.Get("product", listed.Text("product"), $"{path}[product]");
        var intervals = new HashSet<(string, long)>();
        var index = 0;
        foreach (var id in listed.Texts("prices"))
        {
            var price = tx.Get("price", id, $"{path}[prices][{index}]");
            if (price.Text("product") != listed.Text("product"))
            {
                throw StripeException.Invalid(
                    $"The price {id} does not belong to the product {listed.Text("product")}.",
                    $"{path}[prices][{index}]"
                );
            }

            var recurring =
                price.ChildOrNull("recurring")
                ?? throw StripeException.Invalid("Prices must be recurring.", $"{path}[prices][{index}]");
            if (!intervals.Add((recurring.Text("interval"), recurring.Int("interval_count"))))
            {
                throw StripeException.Invalid(
                    "You cannot list two prices of one product with the same interval.",
                    $"{path}[prices][{index}]"
                );
            }

            index++;
        }

        listed["adjustable_quantity"] = new JsonObject
        {
            ["enabled"] = listed.ChildOrNull("adjustable_quantity")?.Flag("enabled") ?? false,
            ["maximum"] = listed.ChildOrNull("adjustable_quantity")?.IntOrNull("maximum"),
            ["minimum"] = listed.ChildOrNull("adjustable_quantity")?.IntOrNull("minimum") ?? 0,
        };
    }
}
