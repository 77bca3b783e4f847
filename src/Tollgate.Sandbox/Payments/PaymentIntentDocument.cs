using System.Text.Json.Nodes;
using Tollgate.Sandbox.Engine;
using Tollgate.Sandbox.Wire;

namespace Tollgate.Sandbox.Payments;

/// <summary>The wish to take an amount; each attempt with a card is a charge.</summary>
internal static class PaymentIntentDocument
{
    public const string Kind = "payment_intent";

    private static readonly Room Room = new(47);

    public static JsonObject Add(
        Transaction tx,
        long amount,
        string currency,
        string? customer,
        string? description,
        JsonNode? shipping = null,
        bool saveForOffSession = false,
        Action<JsonObject>? given = null
    )
    {
        var intent = Build(tx, amount, currency, customer, description, shipping, saveForOffSession);
        given?.Invoke(intent);
        return tx.Add(intent, "payment_intent.created");
    }

    public static void Cancel(Transaction tx, string id, string? reason)
    {
        var intent = tx.Get(Kind, id);
        if (intent.Text("status") is "succeeded" or "canceled")
        {
            return;
        }

        HoldPayment.Release(tx, intent);
        var after = tx.Change(
            intent,
            change =>
            {
                change["status"] = "canceled";
                change["canceled_at"] = tx.Now;
                change["cancellation_reason"] = reason;
                change["next_action"] = null;
                change["amount_capturable"] = 0;
            }
        );
        tx.Emit("payment_intent.canceled", after);
    }

    private static JsonObject CardOptions() =>
        new()
        {
            ["card"] = new JsonObject
            {
                ["installments"] = null,
                ["mandate_options"] = null,
                ["network"] = null,
                ["request_three_d_secure"] = "automatic",
            },
        };

    private static JsonObject Build(
        Transaction tx,
        long amount,
        string currency,
        string? customer,
        string? description,
        JsonNode? shipping,
        bool saveForOffSession
    )
    {
        var id = Transaction.NewId("pi");
        return new JsonObject(Room)
        {
            ["id"] = id,
            ["object"] = Kind,
            ["allowed_payment_method_types"] = null,
            ["amount"] = amount,
            ["amount_capturable"] = 0,
            ["amount_details"] = new JsonObject { ["tip"] = new JsonObject() },
            ["amount_received"] = 0,
            ["application"] = null,
            ["application_fee_amount"] = null,
            ["automatic_payment_methods"] = null,
            ["canceled_at"] = null,
            ["cancellation_reason"] = null,
            ["capture_method"] = "automatic",
            ["client_secret"] = $"{id}_secret_{Transaction.NewId("s")[2..]}",
            ["confirmation_method"] = "automatic",
            ["created"] = tx.Now,
            ["currency"] = currency,
            ["customer"] = customer,
            ["customer_account"] = null,
            ["description"] = description,
            ["excluded_payment_method_types"] = null,
            ["last_payment_error"] = null,
            ["latest_charge"] = null,
            ["livemode"] = false,
            ["managed_payments"] = null,
            ["metadata"] = new JsonObject(),
            ["next_action"] = null,
            ["on_behalf_of"] = null,
            ["payment_method"] = null,
            ["payment_method_configuration_details"] = null,
            ["payment_method_options"] = CardOptions(),
            ["payment_method_types"] = new JsonArray("card"),
            ["payment_record"] = null,
            ["processing"] = null,
            ["receipt_email"] = null,
            ["review"] = null,
            ["setup_future_usage"] = saveForOffSession ? "off_session" : null,
            ["shipping"] = shipping?.DeepClone(),
            ["source"] = null,
            ["statement_descriptor"] = null,
            ["statement_descriptor_suffix"] = null,
            ["status"] = "requires_payment_method",
            ["transfer_data"] = null,
            ["transfer_group"] = null,
        };
    }
}
