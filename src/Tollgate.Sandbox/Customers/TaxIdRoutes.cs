using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Tollgate.Sandbox.Engine;
using Tollgate.Sandbox.Wire;

namespace Tollgate.Sandbox.Customers;

/// <summary><c>/v1/customers/{id}/tax_ids</c>: kept, checked in their form, and written on new invoices.</summary>
internal static partial class TaxIdRoutes
{
    private const string Kind = "tax_id";
    private const string Path = "/v1/customers/{id}/tax_ids";

    /// <summary><c>tax_id_data</c> of a new customer.</summary>
    public static readonly Param OfNewCustomer = Param.Each(
        "tax_id_data",
        Param.Text("type").Required(),
        Param.Text("value").Required()
    );

    public static readonly Route[] All =
    [
        Route.Post(Path, Create, Param.Text("type").Required(), Param.Text("value").Required()),
        Route.List(Path, List),
        Route.Get($"{Path}/{{id}}", call => Answer.Ok(Find(call))),
        Route.Delete($"{Path}/{{id}}", Delete),
    ];

    public static JsonObject Add(Transaction tx, string customer, string type, string value)
    {
        if (!Type().IsMatch(type))
        {
            throw StripeException.Invalid($"Invalid type: {type}", "type");
        }

        var isEuropean = type == "eu_vat";
        if (isEuropean && !EuropeanNumber().IsMatch(value))
        {
            throw StripeException.Invalid("Invalid value for eu_vat.", "value", "tax_id_invalid");
        }

        return tx.Add(
            new JsonObject
            {
                ["id"] = Transaction.NewId("txi"),
                ["object"] = Kind,
                ["country"] = isEuropean ? Country(value) : type[..2].ToUpperInvariant(),
                ["created"] = tx.Now,
                ["customer"] = customer,
                ["customer_account"] = null,
                ["livemode"] = false,
                ["owner"] = new JsonObject
                {
                    ["customer"] = customer,
                    ["customer_account"] = null,
                    ["type"] = "customer",
                },
                ["type"] = type,
                ["value"] = value,
                ["verification"] = new JsonObject
                {
                    ["status"] = StatusOf(type, value),
                    ["verified_address"] = null,
                    ["verified_name"] = null,
                },
            },
            "customer.tax_id.created"
        );
    }

    /// <summary>What <c>expand[]=tax_ids</c> puts into a customer.</summary>
    public static JsonObject Embedded(Transaction tx, JsonObject customer) =>
        ListPage.Embedded(Of(tx, customer.Id()).Select(Rendering.Publish), $"/v1/customers/{customer.Id()}/tax_ids");

    public static IEnumerable<JsonObject> Of(Transaction tx, string customer) => tx.With(Kind, "customer", customer);

    /// <summary><c>customer_tax_ids</c> of an invoice.</summary>
    public static JsonArray OnInvoice(Transaction tx, string customer) =>
        Of(tx, customer)
            .Reverse()
            .Select(id => new JsonObject { ["type"] = id.Text("type"), ["value"] = id.Text("value") })
            .ToJson();

    [GeneratedRegex("^[a-z]{2}_[a-z0-9_]{2,20}$", RegexOptions.None, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Type();

    [GeneratedRegex("^[A-Z]{2}[0-9A-Z]{2,13}$", RegexOptions.None, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex EuropeanNumber();

    /// <summary>Greece writes EL in its numbers.</summary>
    private static string Country(string value) => value[..2] == "EL" ? "GR" : value[..2];

    /// <summary>Only these offices are asked; Stripe's test numbers say what they answer.</summary>
    private static string StatusOf(string type, string value) =>
        type is not ("au_abn" or "eu_vat" or "gb_vat") ? "unavailable"
        : value.EndsWith("000000000", StringComparison.Ordinal) ? "verified"
        : value.EndsWith("111111111", StringComparison.Ordinal) ? "unverified"
        : "pending";

    private static Answer Create(Call call) =>
        Answer.Ok(
            Add(
                call.Tx,
                call.Tx.Get("customer", call.Id).Id(),
                call.Input.Text("type"),
                call.Input.Text("value").Replace(" ", "", StringComparison.Ordinal)
            )
        );

    private static Answer List(Call call)
    {
        var customer = call.Tx.Get("customer", call.Id).Id();
        return ListPage.From(call, Of(call.Tx, customer), Kind);
    }

    private static Answer Delete(Call call)
    {
        var id = Find(call);
        call.Tx.Remove(id);
        call.Tx.Emit("customer.tax_id.deleted", id);
        return Answer.Ok(Deleted.Of(id));
    }

    private static JsonObject Find(Call call)
    {
        var id = call.Tx.Get(Kind, call.Ids[1]);
        return id.Text("customer") == call.Id ? id : throw StripeException.NoSuch(Kind, call.Ids[1], parameter: null);
    }
}
