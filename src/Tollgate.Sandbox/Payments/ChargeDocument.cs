using System.Text.Json.Nodes;
using Tollgate.Sandbox.Engine;

namespace Tollgate.Sandbox.Payments;

/// <summary>One attempt to take money from a card, succeeded or failed.</summary>
internal static class ChargeDocument
{
    public const string Kind = "charge";

    private static readonly Room Room = new(47);
    private static readonly Room CardRoom = new(20);

    public static JsonObject Add(Transaction tx, JsonObject intent, JsonObject method, CardRefusal? refusal)
    {
        var isPaid = refusal is null;
        var amount = intent.Int("amount");
        var isCaptured = isPaid && intent.Text("capture_method") != "manual";
        return tx.Add(
            new JsonObject(Room)
            {
                ["id"] = Transaction.NewId("ch"),
                ["object"] = Kind,
                ["amount"] = amount,
                ["amount_captured"] = isCaptured ? amount : 0,
                ["amount_refunded"] = 0,
                ["application"] = null,
                ["application_fee"] = null,
                ["application_fee_amount"] = null,
                ["balance_transaction"] = null,
                ["billing_details"] = method.Child("billing_details").Copy(),
                ["calculated_statement_descriptor"] = "SANDBOX",
                ["captured"] = isCaptured,
                ["created"] = tx.Now,
                ["currency"] = intent.Text("currency"),
                ["customer"] = intent.TextOrNull("customer"),
                ["description"] = intent.TextOrNull("description"),
                ["disputed"] = false,
                ["failure_balance_transaction"] = null,
                ["failure_code"] = refusal?.Code,
                ["failure_message"] = refusal?.Message,
                ["fraud_details"] = new JsonObject(),
                ["livemode"] = false,
                ["metadata"] = intent.Child("metadata").Copy(),
                ["on_behalf_of"] = null,
                ["outcome"] = Outcome(refusal),
                ["paid"] = isPaid,
                ["payment_intent"] = intent.Id(),
                ["payment_method"] = method.Id(),
                ["payment_method_details"] = Details(method.Child("card"), isPaid ? amount : null),
                ["receipt_email"] = null,
                ["receipt_number"] = null,
                ["receipt_url"] = null,
                ["refunded"] = false,
                ["review"] = null,
                ["shipping"] = intent["shipping"]?.DeepClone(),
                ["source"] = null,
                ["source_transfer"] = null,
                ["statement_descriptor"] = null,
                ["statement_descriptor_suffix"] = null,
                ["status"] = isPaid ? "succeeded" : "failed",
                ["transfer_data"] = null,
                ["transfer_group"] = null,
            },
            isPaid ? "charge.succeeded" : "charge.failed"
        );
    }

    private static JsonObject Outcome(CardRefusal? refusal) =>
        new()
        {
            ["advice_code"] = refusal switch
            {
                null => null,
                { IsHard: true } => "do_not_try_again",
                _ => "try_again_later",
            },
            ["network_advice_code"] = null,
            ["network_decline_code"] = refusal is null ? null : "02",
            ["network_status"] = refusal is null ? "approved_by_network" : "declined_by_network",
            ["reason"] = refusal?.DeclineCode,
            ["seller_message"] = refusal is null ? "Payment complete." : "The bank did not return any further details.",
            ["type"] = refusal is null ? "authorized" : "issuer_declined",
        };

    private static JsonObject Details(JsonObject card, long? authorized) =>
        new()
        {
            ["card"] = new JsonObject(CardRoom)
            {
                ["amount_authorized"] = authorized,
                ["authorization_code"] = null,
                ["brand"] = card.Text("brand"),
                ["checks"] = card.Child("checks").Copy(),
                ["country"] = card.Text("country"),
                ["electronic_commerce_indicator"] = null,
                ["exp_month"] = card.Int("exp_month"),
                ["exp_year"] = card.Int("exp_year"),
                ["fingerprint"] = card.Text("fingerprint"),
                ["funding"] = card.Text("funding"),
                ["installments"] = null,
                ["last4"] = card.Text("last4"),
                ["mandate"] = null,
                ["network"] = card.Text("brand"),
                ["network_transaction_id"] = null,
                ["regulated_status"] = "unregulated",
                ["three_d_secure"] = null,
                ["transaction_link_id"] = null,
                ["wallet"] = null,
            },
            ["type"] = "card",
        };
}
