using System.Text.Json.Nodes;
using Tollgate.Sandbox.Engine;

namespace Tollgate.Sandbox.Wire;

/// <summary><c>expand[]</c>: puts objects where their ids stand, up to four levels deep, also inside lists.</summary>
internal sealed class Expansion(IEnumerable<ExpandedMember> onRequest)
{
    private const int MaxLevels = 4;

    /// <summary>Members that hold an id, and the kind of object the id names.</summary>
    private static readonly Dictionary<string, string> KindOf = new(StringComparer.Ordinal)
    {
        ["charge"] = "charge",
        ["coupon"] = "coupon",
        ["customer"] = "customer",
        ["default_payment_method"] = "payment_method",
        ["default_price"] = "price",
        ["entitlement_feature"] = "entitlements.feature",
        ["discount"] = "discount",
        ["feature"] = "entitlements.feature",
        ["invoice"] = "invoice",
        ["latest_charge"] = "charge",
        ["latest_invoice"] = "invoice",
        ["payment_intent"] = "payment_intent",
        ["payment_method"] = "payment_method",
        ["price"] = "price",
        ["product"] = "product",
        ["promotion_code"] = "promotion_code",
        ["schedule"] = "subscription_schedule",
        ["setup_intent"] = "setup_intent",
        ["subscription"] = "subscription",
        ["test_clock"] = "test_helpers.test_clock",
    };

    /// <summary>Members that are absent unless asked for.</summary>
    private readonly Dictionary<(string Kind, string Name), ExpandedMember> absent = onRequest.ToDictionary(member =>
        (member.Kind, member.Name)
    );

    public void Apply(Transaction tx, JsonObject body, IEnumerable<string> paths)
    {
        foreach (var path in paths)
        {
            var levels = path.Split('.');
            if (levels.Length > MaxLevels)
            {
                throw StripeException.Invalid(
                    $"You cannot expand more than {MaxLevels} levels of a property. Property: {path}",
                    "expand"
                );
            }

            Expand(tx, body, levels, path);
        }
    }

    private void Expand(Transaction tx, JsonNode? node, ReadOnlySpan<string> levels, string path)
    {
        if (levels.Length == 0)
        {
            return;
        }

        if (node is JsonArray array)
        {
            foreach (var element in array)
            {
                Expand(tx, element, levels, path);
            }

            return;
        }

        if (node is not JsonObject owner)
        {
            return;
        }

        var name = levels[0];
        var child = Resolve(tx, owner, name, path);
        if (levels.Length == 1 && child is JsonValue)
        {
            throw NotExpandable(path);
        }

        Expand(tx, child, levels[1..], path);
    }

    private JsonNode? Resolve(Transaction tx, JsonObject owner, string name, string path)
    {
        var kind = owner.TextOrNull("object") ?? "";
        if (absent.TryGetValue((kind, name), out var member) && owner[name] is null)
        {
            owner[name] = member.Compute(tx, owner);
            return owner[name];
        }

        if (!owner.TryGetPropertyValue(name, out var value))
        {
            // Optional members of Stripe's objects may be absent without being unknown.
            return KindOf.ContainsKey(name) && kind is not "list" ? null : throw NotExpandable(path);
        }

        if (value is JsonValue && KindOf.TryGetValue(name, out var referred) && owner.TextOrNull(name) is { } id)
        {
            var document = tx.Find(referred, id);
            owner[name] =
                document is null ? null
                : document.Flag("deleted") ? Deleted.Of(document)
                : Rendering.Publish(document);
            return owner[name];
        }

        if (name == "discounts" && value is JsonArray ids)
        {
            owner[name] = new JsonArray([.. ids.Select(id => Discount(tx, id))]);
            return owner[name];
        }

        return value;
    }

    private static JsonNode? Discount(Transaction tx, JsonNode? listed) =>
        listed is JsonValue id && tx.Find("discount", id.GetValue<string>()) is { } discount
            ? Rendering.Publish(discount)
            : listed?.DeepClone();

    private static StripeException NotExpandable(string path) =>
        StripeException.Invalid(
            $"This property cannot be expanded ({path}). You may want to try expanding 'data.{path}' instead.",
            "expand"
        );
}
