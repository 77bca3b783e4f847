using System.Text.Json.Nodes;
using Tollgate.Sandbox.Engine;
using Tollgate.Sandbox.Wire;

namespace Tollgate.Sandbox.Payments;

/// <summary>Where to a payment's goods go.</summary>
internal static class ShippingAddress
{
    public static readonly Param Parameter = Param.Group(
        "shipping",
        Param.Address("address"),
        Param.Text("carrier"),
        Param.Text("name"),
        Param.Text("phone"),
        Param.Text("tracking_number")
    );

    /// <summary>The shipping of an object, with every member of the address; null stays null.</summary>
    public static JsonObject? From(JsonObject? given)
    {
        if (given is null)
        {
            return null;
        }

        var address = given.ChildOrNull("address");
        return new JsonObject
        {
            ["address"] = new JsonObject
            {
                ["city"] = address?.TextOrNull("city"),
                ["country"] = address?.TextOrNull("country"),
                ["line1"] = address?.TextOrNull("line1"),
                ["line2"] = address?.TextOrNull("line2"),
                ["postal_code"] = address?.TextOrNull("postal_code"),
                ["state"] = address?.TextOrNull("state"),
            },
            ["carrier"] = given.TextOrNull("carrier"),
            ["name"] = given.TextOrNull("name"),
            ["phone"] = given.TextOrNull("phone"),
            ["tracking_number"] = given.TextOrNull("tracking_number"),
        };
    }
}
