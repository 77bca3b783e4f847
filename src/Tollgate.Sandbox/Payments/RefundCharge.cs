using System.Text.Json.Nodes;
using Tollgate.Sandbox.Engine;
using Tollgate.Sandbox.Wire;

namespace Tollgate.Sandbox.Payments;

/// <summary>Gives a charge back, in whole or in parts. Its invoice stays paid.</summary>
internal static class RefundCharge
{
    public const string Kind = "refund";

    /// <param name="amount">Minor units; null for all that is left.</param>
    /// <exception cref="StripeException">400 when there is not that much left, or the charge is disputed.</exception>
    public static JsonObject Run(Transaction tx, JsonObject charge, long? amount, string? reason, JsonObject metadata)
    {
        var left = Left(tx, charge);
        var given = amount ?? left;
        Currencies.RequireWhole(given, charge.Text("currency"), "amount");
        if (given > left)
        {
            throw StripeException.Invalid(
                $"Refund amount ({Words(given, charge)}) is greater than unrefunded amount on charge "
                    + $"({Words(left, charge)})",
                "amount"
            );
        }

        var refund = tx.Add(Build(tx, charge, given, reason, metadata), "refund.created");
        var after = tx.Change(
            charge,
            change =>
            {
                change["amount_refunded"] = change.Int("amount_refunded") + given;
                change["refunded"] = change.Int("amount_refunded") == change.Int("amount");
            }
        );
        tx.EmitChange("charge.refunded", charge, after);
        return refund;
    }

    private static long Left(Transaction tx, JsonObject charge)
    {
        if (charge.Text("status") != "succeeded" || !charge.Flag("captured"))
        {
            throw StripeException.Invalid(
                $"Charge {charge.Id()} has not been captured and cannot be refunded.",
                "charge",
                "charge_not_refundable"
            );
        }

        if (charge.Flag("refunded"))
        {
            throw StripeException.Invalid(
                $"Charge {charge.Id()} has already been refunded.",
                code: "charge_already_refunded"
            );
        }

        return OpenDispute.Against(tx, charge.Id()) is null
            ? charge.Int("amount") - charge.Int("amount_refunded")
            : throw StripeException.Invalid(
                $"Charge {charge.Id()} has been charged back; cannot issue a refund.",
                code: "charge_disputed"
            );
    }

    private static JsonObject Build(
        Transaction tx,
        JsonObject charge,
        long amount,
        string? reason,
        JsonObject metadata
    ) =>
        new()
        {
            ["id"] = Transaction.NewId("re"),
            ["object"] = Kind,
            ["amount"] = amount,
            ["balance_transaction"] = null,
            ["charge"] = charge.Id(),
            ["created"] = tx.Now,
            ["currency"] = charge.Text("currency"),
            ["customer"] = charge.TextOrNull("customer"),
            ["customer_account"] = null,
            ["destination_details"] = new JsonObject
            {
                ["card"] = new JsonObject { ["reference_type"] = "acquirer_reference_number", ["type"] = "refund" },
                ["type"] = "card",
            },
            ["metadata"] = metadata.Copy(),
            ["payment_intent"] = charge.TextOrNull("payment_intent"),
            ["payment_method"] = charge.TextOrNull("payment_method"),
            ["reason"] = reason,
            ["receipt_number"] = null,
            ["source_transfer_reversal"] = null,
            ["status"] = "succeeded",
            ["transfer_reversal"] = null,
        };

    private static string Words(long amount, JsonObject charge) => Money.Format(amount, charge.Text("currency"));
}
