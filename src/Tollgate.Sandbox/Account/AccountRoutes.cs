using System.Text.Json.Nodes;
using Tollgate.Sandbox.Engine;
using Tollgate.Sandbox.Payments;
using Tollgate.Sandbox.Wire;

namespace Tollgate.Sandbox.Account;

/// <summary><c>/v1/account</c> and <c>/v1/balance</c>: the one account there is, and the money that it took.</summary>
internal static class AccountRoutes
{
    public static readonly Route[] All =
    [
        Route.Get("/v1/account", _ => Answer.Ok(Account())),
        Route.Get("/v1/balance", call => Answer.Ok(Balance(call.Tx))),
    ];

    private static JsonObject Account() =>
        new()
        {
            ["id"] = "acct_sandbox",
            ["object"] = "account",
            ["charges_enabled"] = true,
            ["country"] = "US",
            ["default_currency"] = "usd",
            ["details_submitted"] = true,
            ["email"] = null,
            ["payouts_enabled"] = false,
            ["type"] = "standard",
        };

    /// <summary>What was captured and not given back; the Sandbox takes no fees and pays nothing out.</summary>
    private static JsonObject Balance(Transaction tx)
    {
        var available = tx.NewestFirst(ChargeDocument.Kind)
            .Where(charge => charge.Text("status") == "succeeded" && charge.Flag("captured"))
            .GroupBy(charge => charge.Text("currency"), Left, StringComparer.Ordinal)
            .Select(left => Amount(left.Key, left.Sum()))
            .ToList();
        return new JsonObject
        {
            ["object"] = "balance",
            ["available"] = (available.Count > 0 ? available : [Amount("usd", 0)]).ToJson(),
            ["livemode"] = false,
            ["pending"] = new JsonArray(),
        };
    }

    private static long Left(JsonObject charge) => charge.Int("amount") - charge.Int("amount_refunded");

    private static JsonObject Amount(string currency, long amount) =>
        new()
        {
            ["amount"] = amount,
            ["currency"] = currency,
            ["source_types"] = new JsonObject { ["card"] = amount },
        };
}
