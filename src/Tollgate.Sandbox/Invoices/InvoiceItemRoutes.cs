using System.Text.Json.Nodes;
using Tollgate.Sandbox.Catalog;
using Tollgate.Sandbox.Discounts;
using Tollgate.Sandbox.Engine;
using Tollgate.Sandbox.Wire;

namespace Tollgate.Sandbox.Invoices;

/// <summary><c>/v1/invoiceitems</c>: amounts for a customer's next invoice, or a subscription's.</summary>
internal static class InvoiceItemRoutes
{
    private const string Kind = PendingItems.Kind;

    public static readonly Route[] All =
    [
        Route.Post(
            "/v1/invoiceitems",
            Create,
            Param.Text("customer").Required(),
            Param.Int("amount", min: -99_999_999_999).Required(),
            Param.Currency("currency").Required(),
            Param.Text("description"),
            Redemption.Parameter,
            Param.Text("subscription"),
            Param.Map("metadata")
        ),
        Route.List("/v1/invoiceitems", List, Param.Text("customer"), Param.Text("invoice"), Param.Flag("pending")),
        Route.Get("/v1/invoiceitems/{id}", call => Answer.Ok(call.Tx.Get(Kind, call.Id))),
        Route.Post(
            "/v1/invoiceitems/{id}",
            Update,
            Param.Int("amount", min: -99_999_999_999),
            Param.Text("description"),
            Redemption.Parameter,
            Param.Map("metadata")
        ),
        Route.Delete("/v1/invoiceitems/{id}", Delete),
    ];

    private static Answer Create(Call call)
    {
        var (tx, input) = (call.Tx, call.Input);
        var customer = tx.Get("customer", input.Text("customer"), "customer");
        JsonObject? parent = null;
        if (input.TextOrNull("subscription") is { } id)
        {
            var subscription = tx.Get("subscription", id, "subscription");
            if (subscription.Text("customer") != customer.Id())
            {
                throw StripeException.Invalid("The subscription belongs to another customer.", "subscription");
            }

            parent = new JsonObject
            {
                ["subscription_details"] = new JsonObject { ["subscription"] = id },
                ["type"] = "subscription_details",
            };
        }

        Currencies.RequireWhole(input.Int("amount"), input.Text("currency"), "amount");
        CurrencyOptions.RequireOf(customer, input.Text("currency"));
        if (customer.TextOrNull("currency") is null)
        {
            tx.Change(customer, change => change["currency"] = input.Text("currency"));
        }

        var item = PendingItems.Add(
            tx,
            new ItemAmount(customer.Id(), input.Text("currency"), input.Int("amount"), input.TextOrNull("description"))
            {
                Parent = parent,
                Metadata = Metadata.From(input),
            }
        );
        return Answer.Ok(ApplyDiscounts(tx, item, input));
    }

    private static JsonObject ApplyDiscounts(Transaction tx, JsonObject item, JsonObject input)
    {
        if (!input.ContainsKey(DiscountDocument.Name))
        {
            return item;
        }

        var customer = item.Text("customer");
        var grants = Redemption.Read(tx, input, customer, subtotal: null);
        return tx.Change(item, change => DiscountDocument.Set(tx, change, grants, customer, "invoice_item"));
    }

    private static Answer List(Call call)
    {
        var input = call.Input;
        var pending = input.FlagOrNull("pending");
        return ListPage.Of(
            call,
            Kind,
            item =>
                (input.TextOrNull("customer") is not { } customer || item.Text("customer") == customer)
                && (input.TextOrNull("invoice") is not { } invoice || item.TextOrNull("invoice") == invoice)
                && (pending is null || (item.TextOrNull("invoice") is null) == pending)
        );
    }

    private static Answer Update(Call call) =>
        Answer.Ok(
            call.Tx.Change(
                ApplyDiscounts(call.Tx, Pending(call), call.Input),
                change =>
                {
                    Metadata.CopyGiven(change, call.Input, "description");
                    Metadata.Apply(change, call.Input);
                    if (call.Input.IntOrNull("amount") is { } amount)
                    {
                        Currencies.RequireWhole(amount, change.Text("currency"), "amount");
                        change["amount"] = amount;
                        change["pricing"] = PendingItems.PricingOf(amount);
                    }
                },
                "invoiceitem.updated"
            )
        );

    private static Answer Delete(Call call)
    {
        var item = Pending(call);
        call.Tx.Remove(item);
        call.Tx.Emit("invoiceitem.deleted", item);
        return Answer.Ok(Deleted.Of(item));
    }

    private static JsonObject Pending(Call call)
    {
        var item = call.Tx.Get(Kind, call.Id);
        return item.TextOrNull("invoice") is null
            ? item
            : throw StripeException.Invalid(
                "This invoice item is on an invoice and cannot be changed.",
                code: "invoice_not_editable"
            );
    }
}
