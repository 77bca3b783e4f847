using System.Text.Json.Nodes;
using Tollgate.Sandbox.Engine;
using Tollgate.Sandbox.Wire;

namespace Tollgate.Sandbox.Tax;

/// <summary>
/// <c>/v1/tax/settings</c>, pending until a head office is named, and <c>/v1/tax/registrations</c>, of which there are
/// none: the account is registered nowhere.
/// </summary>
internal static class TaxSettingsRoutes
{
    private const string Kind = "tax.settings";
    private const string Path = "/v1/tax/settings";
    private const string OnlyOne = "tax_settings";

    public static readonly Route[] All =
    [
        Route.Get(Path, call => Answer.Ok(Shown(Stored(call.Tx)))),
        Route.Post(
            Path,
            Update,
            Param.Group(
                "defaults",
                Param.OneOf("tax_behavior", "exclusive", "inclusive", "inferred_by_currency"),
                Param.Text("tax_code")
            ),
            Param.Group("head_office", Param.Address("address").Required())
        ),
        Route.List(
            "/v1/tax/registrations",
            call => ListPage.Of(call, "tax.registration"),
            Param.OneOf("status", "active", "all", "expired", "scheduled")
        ),
    ];

    private static Answer Update(Call call)
    {
        var (tx, input) = (call.Tx, call.Input);
        var before = tx.Find(Kind, OnlyOne) ?? tx.Add(Pending());
        var after = tx.Change(
            before,
            settings =>
            {
                foreach (var (name, value) in input.ChildOrNull("defaults") ?? [])
                {
                    settings.Child("defaults")[name] = value?.DeepClone();
                }

                if (input.ChildOrNull("head_office") is { } office)
                {
                    settings["head_office"] = new JsonObject { ["address"] = Address(office.Child("address")) };
                    settings["status"] = "active";
                    settings["status_details"] = new JsonObject { ["active"] = new JsonObject() };
                }
            }
        );
        return Answer.Ok(Shown(after));
    }

    private static JsonObject Stored(Transaction tx) => tx.Find(Kind, OnlyOne) ?? Pending();

    private static JsonObject Pending() =>
        new()
        {
            ["id"] = OnlyOne,
            ["object"] = Kind,
            ["defaults"] = new JsonObject
            {
                ["provider"] = "stripe",
                ["tax_behavior"] = null,
                ["tax_code"] = null,
            },
            ["head_office"] = null,
            ["livemode"] = false,
            ["status"] = "pending",
            ["status_details"] = new JsonObject
            {
                ["pending"] = new JsonObject { ["missing_fields"] = new JsonArray("head_office") },
            },
        };

    private static JsonObject Address(JsonObject given)
    {
        string[] members = ["city", "country", "line1", "line2", "postal_code", "state"];
        return new JsonObject(
            members.Select(name => KeyValuePair.Create<string, JsonNode?>(name, given[name]?.DeepClone()))
        );
    }

    /// <summary>Stripe's settings have no id.</summary>
    private static JsonObject Shown(JsonObject settings)
    {
        var shown = settings.Copy();
        shown.Remove("id");
        return shown;
    }
}
