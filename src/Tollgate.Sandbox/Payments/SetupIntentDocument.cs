using System.Text.Json.Nodes;
using Tollgate.Sandbox.Engine;

namespace Tollgate.Sandbox.Payments;

/// <summary>The wish to save a card for later; nothing is charged.</summary>
internal static class SetupIntentDocument
{
    public const string Kind = "setup_intent";

    private static readonly UnusedMembers Unused = new(
        [
            "allowed_payment_method_types",
            "application",
            "automatic_payment_methods",
            "cancellation_reason",
            "customer_account",
            "excluded_payment_method_types",
            "flow_directions",
            "last_setup_error",
            "latest_attempt",
            "mandate",
            "managed_payments",
            "next_action",
            "on_behalf_of",
            "payment_method_configuration_details",
            "single_use_mandate",
        ],
        [],
        []
    );

    public static JsonObject Add(
        Transaction tx,
        string? customer,
        string? description,
        JsonObject metadata,
        string usage = "off_session",
        string? method = null
    )
    {
        var id = Transaction.NewId("seti");
        var intent = new JsonObject
        {
            ["id"] = id,
            ["object"] = Kind,
            ["client_secret"] = $"{id}_secret_{Transaction.NewId("s")[2..]}",
            ["created"] = tx.Now,
            ["customer"] = customer,
            ["description"] = description,
            ["livemode"] = false,
            ["metadata"] = metadata.Copy(),
            ["payment_method"] = method,
            ["payment_method_options"] = new JsonObject
            {
                ["card"] = new JsonObject
                {
                    ["mandate_options"] = null,
                    ["network"] = null,
                    ["request_three_d_secure"] = "automatic",
                },
            },
            ["payment_method_types"] = new JsonArray("card"),
            ["status"] = method is null ? "requires_payment_method" : "requires_confirmation",
            ["usage"] = usage,
        };
        return tx.Add(Unused.AddTo(intent), "setup_intent.created");
    }
}
