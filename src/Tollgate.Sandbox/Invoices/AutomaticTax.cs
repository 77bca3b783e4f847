using System.Text.Json.Nodes;
using Tollgate.Sandbox.State;

namespace Tollgate.Sandbox.Invoices;

/// <summary>
/// <c>automatic_tax</c> of sessions, subscriptions and invoices. The Sandbox's account is registered for tax nowhere,
/// so the tax that is worked out is none.
/// </summary>
internal static class AutomaticTax
{
    /// <param name="status">Null while it is off.</param>
    public static JsonObject Of(bool isOn, string status) =>
        new()
        {
            ["enabled"] = isOn,
            ["liability"] = isOn ? new JsonObject { ["type"] = "self" } : null,
            ["provider"] = isOn ? "stripe" : null,
            ["status"] = isOn ? status : null,
        };

    public static bool IsOn(JsonObject? holder) => holder?.ChildOrNull("automatic_tax")?.Flag("enabled") == true;
}
