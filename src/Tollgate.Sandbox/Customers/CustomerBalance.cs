using System.Text.Json.Nodes;
using Tollgate.Sandbox.Engine;
using Tollgate.Sandbox.Wire;

namespace Tollgate.Sandbox.Customers;

/// <summary>Why a customer's balance moved.</summary>
internal sealed record BalanceMove(long Amount, string Currency, string Type)
{
    public string? Description { get; init; }

    public string? Invoice { get; init; }

    public JsonObject Metadata { get; init; } = [];
}

/// <summary>
/// A customer's balance in minor units: less than nothing is credit for the next invoice, more is added to it. Every
/// move leaves a transaction.
/// </summary>
internal static class CustomerBalance
{
    public const string Kind = "customer_balance_transaction";

    public static JsonObject Move(Transaction tx, JsonObject customer, BalanceMove move)
    {
        var moved = tx.Change(
            customer,
            change => change["balance"] = change.Int("balance") + move.Amount,
            "customer.updated"
        );
        return tx.Add(
            new JsonObject
            {
                ["id"] = Transaction.NewId("cbtxn"),
                ["object"] = Kind,
                ["amount"] = move.Amount,
                ["checkout_session"] = null,
                ["created"] = tx.Now,
                ["credit_note"] = null,
                ["currency"] = move.Currency,
                ["customer"] = moved.Id(),
                ["customer_account"] = null,
                ["description"] = move.Description,
                ["ending_balance"] = moved.Int("balance"),
                ["invoice"] = move.Invoice,
                ["livemode"] = false,
                ["metadata"] = move.Metadata.Copy(),
                ["type"] = move.Type,
            }
        );
    }

    /// <summary>Sets the balance, as an update of the customer does.</summary>
    public static JsonObject Set(Transaction tx, JsonObject customer, long balance)
    {
        var difference = balance - customer.Int("balance");
        if (difference == 0)
        {
            return customer;
        }

        Move(tx, customer, new BalanceMove(difference, customer.TextOrNull("currency") ?? "usd", "adjustment"));
        return tx.Get("customer", customer.Id());
    }
}
