using System.Text.Json.Nodes;
using Tollgate.Sandbox.Engine;
using Tollgate.Sandbox.Wire;

namespace Tollgate.Sandbox.Invoices;

/// <summary>
/// <c>automatic_tax</c> of sessions, subscriptions and invoices. The Sandbox's account is registered for tax nowhere,
/// so the tax that is worked out is none.
/// </summary>
internal static class AutomaticTax
{
    public const string Name = "automatic_tax";

    /// <param name="status">Null while it is off.</param>
    public static JsonObject Of(bool isOn, string status) =>
        new()
        {
            ["enabled"] = isOn,
            ["liability"] = isOn ? new JsonObject { ["type"] = "self" } : null,
            ["provider"] = isOn ? "stripe" : null,
            ["status"] = isOn ? status : null,
        };

    /// <summary>Of a request that makes or changes a subscription, or a phase of one.</summary>
    public static readonly Param Parameter = Param.Group(
        Name,
        Param.Flag("enabled").Required(),
        Param.Group("liability", Param.OneOf("type", "self").Required())
    );

    /// <summary>As subscriptions and phases have it.</summary>
    public static JsonObject OfSubscription(bool isOn) =>
        new()
        {
            ["disabled_reason"] = null,
            ["enabled"] = isOn,
            ["liability"] = isOn ? new JsonObject { ["type"] = "self" } : null,
        };

    /// <summary>What a request says of it; what it does not say stays.</summary>
    public static void CopyGiven(JsonObject target, JsonObject input)
    {
        if (input.ChildOrNull(Name) is { } given)
        {
            target[Name] = OfSubscription(given.Flag("enabled"));
        }
    }

    public static bool IsOn(JsonObject? holder) => holder?.ChildOrNull(Name)?.Flag("enabled") == true;
}
