using System.Text.Json.Nodes;
using Tollgate.Sandbox.Engine;
using Tollgate.Sandbox.Wire;

namespace Tollgate.Sandbox.Customers;

/// <summary><c>/v1/customers/{id}/balance_transactions</c>: credit by hand, and what invoices took.</summary>
internal static class BalanceTransactionRoutes
{
    private const string Kind = CustomerBalance.Kind;
    private const string Path = "/v1/customers/{id}/balance_transactions";

    public static readonly Route[] All =
    [
        Route.Post(
            Path,
            Create,
            Param.Int("amount", min: -99_999_999_999).Required(),
            Param.Currency("currency").Required(),
            Param.Text("description"),
            Param.Map("metadata")
        ),
        Route.List(Path, List),
        Route.Get($"{Path}/{{id}}", call => Answer.Ok(Find(call))),
        Route.Post($"{Path}/{{id}}", Update, Param.Text("description"), Param.Map("metadata")),
    ];

    private static Answer Create(Call call)
    {
        var (tx, input) = (call.Tx, call.Input);
        var customer = tx.Get("customer", call.Id);
        var currency = input.Text("currency");
        if (customer.TextOrNull("currency") is { } settled && settled != currency)
        {
            throw StripeException.Invalid($"This customer has had money in {settled}.", "currency");
        }

        Currencies.RequireWhole(input.Int("amount"), currency, "amount");
        var move = new BalanceMove(input.Int("amount"), currency, "adjustment")
        {
            Description = input.TextOrNull("description"),
            Metadata = Metadata.From(input),
        };
        var settledNow = tx.Change(customer, change => change["currency"] = currency);
        return Answer.Ok(CustomerBalance.Move(tx, settledNow, move));
    }

    private static Answer List(Call call)
    {
        var customer = call.Tx.Get("customer", call.Id).Id();
        return ListPage.Of(call, Kind, transaction => transaction.Text("customer") == customer);
    }

    private static Answer Update(Call call) =>
        Answer.Ok(
            call.Tx.Change(
                Find(call),
                change =>
                {
                    Metadata.CopyGiven(change, call.Input, "description");
                    Metadata.Apply(change, call.Input);
                }
            )
        );

    private static JsonObject Find(Call call)
    {
        var transaction = call.Tx.Get(Kind, call.Ids[1]);
        return transaction.Text("customer") == call.Id
            ? transaction
            : throw StripeException.NoSuch(Kind, call.Ids[1], parameter: null);
    }
}
