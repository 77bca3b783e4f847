using System.Text.Json.Nodes;
using Tollgate.Sandbox.Engine;
using Tollgate.Sandbox.Wire;

namespace Tollgate.Sandbox.Portal;

/// <summary><c>flow_data</c> of a portal session: it opens at one task, and then goes on elsewhere.</summary>
internal static class PortalFlow
{
    private const string Name = "flow_data";

    public static readonly Param Parameter = Param.Group(
        Name,
        Param.Group(
            "after_completion",
            Param.OneOf("type", "hosted_confirmation", "portal_homepage", "redirect").Required(),
            Param.Group("hosted_confirmation", Param.Text("custom_message")),
            Param.Group("redirect", Param.Text("return_url").Required())
        ),
        Param.Group("subscription_cancel", Param.Text("subscription").Required()),
        Param.Group("subscription_update", Param.Text("subscription").Required()),
        Param.Group(
            "subscription_update_confirm",
            Param
                .Each(
                    "items",
                    Param.Text("id").Required(),
                    Param.Text("price"),
                    Param.Int("quantity", min: 0, max: 999_999)
                )
                .Required(),
            Param.Text("subscription").Required()
        ),
        Param
            .OneOf(
                "type",
                "customer_update",
                "payment_method_update",
                "subscription_cancel",
                "subscription_update",
                "subscription_update_confirm"
            )
            .Required()
    );

    /// <summary>The <c>flow</c> of a new session; null for none.</summary>
    /// <exception cref="StripeException">The configuration does not offer it.</exception>
    public static JsonObject? Read(Transaction tx, JsonObject input, PortalVisit visit)
    {
        if (input.ChildOrNull(Name) is not { } given)
        {
            return null;
        }

        var type = given.Text("type");
        var feature = type == "subscription_update_confirm" ? "subscription_update" : type;
        if (!visit.Has(feature))
        {
            throw StripeException.Invalid(
                $"This portal configuration does not have the feature `{feature}` enabled.",
                $"{Name}[type]"
            );
        }

        var flow = new JsonObject
        {
            ["after_completion"] = Completion(given.ChildOrNull("after_completion")),
            ["customer_update"] = null,
            ["subscription_cancel"] = null,
            ["subscription_pause"] = null,
            ["subscription_update"] = null,
            ["subscription_update_confirm"] = null,
            ["type"] = type,
        };
        if (type.StartsWith("subscription", StringComparison.Ordinal))
        {
            flow[type] = Task(tx, visit, given.ChildOrNull(type), type);
        }

        return flow;
    }

    private static JsonObject Completion(JsonObject? given)
    {
        var type = given?.TextOrNull("type") ?? "portal_homepage";
        var redirect = given?.ChildOrNull("redirect")?.TextOrNull("return_url");
        const string url = $"{Name}[after_completion][redirect][return_url]";
        if (type == "redirect" && redirect is null)
        {
            throw StripeException.Invalid($"Missing required param: {url}.", url, "parameter_missing");
        }

        return new JsonObject
        {
            ["hosted_confirmation"] =
                type == "hosted_confirmation"
                    ? new JsonObject
                    {
                        ["custom_message"] = given?.ChildOrNull("hosted_confirmation")?.TextOrNull("custom_message"),
                    }
                    : null,
            ["redirect"] =
                type == "redirect"
                    ? new JsonObject { ["return_url"] = PortalSessionRoutes.RequireUrl(redirect!, url) }
                    : null,
            ["type"] = type,
        };
    }

    private static JsonObject Task(Transaction tx, PortalVisit visit, JsonObject? given, string type)
    {
        if (given is null)
        {
            throw StripeException.Invalid(
                $"Missing required param: {Name}[{type}].",
                $"{Name}[{type}]",
                "parameter_missing"
            );
        }

        var path = $"{Name}[{type}][subscription]";
        var subscription =
            visit.Subscriptions(tx).FirstOrDefault(sub => sub.Id() == given.Text("subscription"))
            ?? throw StripeException.NoSuch("subscription", given.Text("subscription"), path);
        RequireOffered(tx, visit, subscription, type, path);
        var task = new JsonObject { ["subscription"] = subscription.Id() };
        if (type == "subscription_cancel")
        {
            task["retention"] = null;
        }
        else if (type == "subscription_update_confirm")
        {
            task["discounts"] = null;
            task["items"] = new JsonArray(Item(tx, visit, subscription, [.. given.Each("items")]));
        }

        return task;
    }

    private static void RequireOffered(
        Transaction tx,
        PortalVisit visit,
        JsonObject subscription,
        string type,
        string path
    )
    {
        var isOffered =
            type == "subscription_cancel"
                ? PortalCancellation.CanCancel(visit, subscription)
                : PortalChange.Options(tx, visit, subscription).Count > 0;
        if (!isOffered)
        {
            throw StripeException.Invalid(
                type == "subscription_cancel"
                    ? "This subscription is already set to be canceled."
                    : "This subscription cannot be updated with the portal configuration.",
                path
            );
        }
    }

    private static JsonObject Item(
        Transaction tx,
        PortalVisit visit,
        JsonObject subscription,
        IReadOnlyList<JsonObject> given
    )
    {
        const string path = $"{Name}[subscription_update_confirm][items]";
        var item = subscription.Listed("items").Single();
        if (given.Count != 1 || given[0].Text("id") != item.Id())
        {
            throw StripeException.Invalid("Name the subscription's one item.", path);
        }

        var price = given[0].TextOrNull("price") ?? item.Child("price").Id();
        var quantity = given[0].IntOrNull("quantity") ?? item.Int("quantity");
        PortalChange.Require(tx, visit, subscription, new PortalChoice(price, quantity, tx.Now), $"{path}[0]");
        return new JsonObject
        {
            ["id"] = item.Id(),
            ["price"] = price,
            ["quantity"] = quantity,
        };
    }
}
