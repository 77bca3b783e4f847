using System.Text.Json.Nodes;
using Tollgate.Sandbox.Engine;

namespace Tollgate.Sandbox.Payments;

/// <summary>The cardholder disputes a charge with the bank, as two of the test cards do at once.</summary>
internal static class OpenDispute
{
    public const string Kind = "dispute";
    private const int DaysToAnswer = 7;

    private static readonly string[] Evidence =
    [
        "access_activity_log",
        "billing_address",
        "cancellation_policy",
        "cancellation_policy_disclosure",
        "cancellation_rebuttal",
        "customer_communication",
        "customer_email_address",
        "customer_name",
        "customer_purchase_ip",
        "customer_signature",
        "duplicate_charge_documentation",
        "duplicate_charge_explanation",
        "duplicate_charge_id",
        "product_description",
        "receipt",
        "refund_policy",
        "refund_policy_disclosure",
        "refund_refusal_explanation",
        "service_date",
        "service_documentation",
        "shipping_address",
        "shipping_carrier",
        "shipping_date",
        "shipping_documentation",
        "shipping_tracking_number",
        "uncategorized_file",
        "uncategorized_text",
    ];

    public static void IfCardDoes(Transaction tx, JsonObject charge, JsonObject method)
    {
        if (charge.Flag("paid") && PaymentMethodDocument.CardOf(method).Dispute is { } status)
        {
            Run(tx, charge, status);
        }
    }

    /// <summary>The open dispute of a charge that keeps it from being refunded; null if there is none.</summary>
    public static JsonObject? Against(Transaction tx, string charge) =>
        tx.NewestFirst(Kind)
            .FirstOrDefault(dispute => dispute.Text("charge") == charge && !dispute.Flag("is_charge_refundable"));

    private static void Run(Transaction tx, JsonObject charge, string status)
    {
        var isInquiry = status == "warning_needs_response";
        var disputed = tx.Change(charge, change => change["disputed"] = true);
        var dispute = tx.Add(
            new JsonObject
            {
                ["id"] = Transaction.NewId("du"),
                ["object"] = Kind,
                ["amount"] = disputed.Int("amount"),
                ["balance_transactions"] = new JsonArray(),
                ["charge"] = disputed.Id(),
                ["created"] = tx.Now,
                ["currency"] = disputed.Text("currency"),
                ["enhanced_eligibility_types"] = new JsonArray(),
                ["evidence"] = NoEvidence(),
                ["evidence_details"] = new JsonObject
                {
                    ["due_by"] = tx.Now + DaysToAnswer * 24 * 3600,
                    ["enhanced_eligibility"] = new JsonObject(),
                    ["has_evidence"] = false,
                    ["past_due"] = false,
                    ["submission_count"] = 0,
                },
                ["is_charge_refundable"] = isInquiry,
                ["livemode"] = false,
                ["metadata"] = new JsonObject(),
                ["payment_intent"] = disputed.TextOrNull("payment_intent"),
                ["payment_method_details"] = new JsonObject
                {
                    ["card"] = new JsonObject
                    {
                        ["brand"] = disputed.Child("payment_method_details").Child("card").Text("brand"),
                        ["case_type"] = isInquiry ? "inquiry" : "chargeback",
                        ["network_reason_code"] = "10.4",
                    },
                    ["type"] = "card",
                },
                ["reason"] = "fraudulent",
                ["status"] = status,
            },
            "charge.dispute.created"
        );
        if (!isInquiry)
        {
            tx.Emit("charge.dispute.funds_withdrawn", dispute);
        }
    }

    private static JsonObject NoEvidence()
    {
        var evidence = new JsonObject { ["enhanced_evidence"] = new JsonObject() };
        foreach (var name in Evidence)
        {
            evidence[name] = null;
        }

        return evidence;
    }
}
