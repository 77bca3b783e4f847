using System.Globalization;
using System.Text.Json.Nodes;
using Tollgate.Sandbox.Engine;
using Tollgate.Sandbox.Wire;

namespace Tollgate.Sandbox.Catalog;

/// <summary>
/// <c>/v1/prices</c>: one-time and recurring licensed prices, per unit. Tiers and meters are not here.
/// </summary>
internal static class PriceRoutes
{
    private const string Kind = "price";

    public static readonly Param Recurring = Param.Group(
        "recurring",
        Param.OneOf("interval", "day", "month", "week", "year").Required(),
        Param.Int("interval_count", min: 1, max: 1095),
        Param.OneOf("usage_type", "licensed")
    );

    private static readonly Param[] Common =
    [
        Param.Flag("active"),
        CurrencyOptions.Parameter,
        Param.Text("lookup_key"),
        Param.Map("metadata"),
        Param.Text("nickname"),
        Param.OneOf("tax_behavior", "unspecified", "exclusive", "inclusive"),
        Param.Flag("transfer_lookup_key"),
    ];

    public static readonly Route[] All =
    [
        Route.Post(
            "/v1/prices",
            call => Answer.Ok(Add(call.Tx, call.Input)),
            [
                Param.Currency("currency").Required(),
                Param.Text("product"),
                Param.Group(
                    "product_data",
                    Param.Text("name").Required(),
                    Param.Text("id"),
                    Param.Flag("active"),
                    Param.Map("metadata"),
                    Param.Text("unit_label"),
                    Param.Text("statement_descriptor")
                ),
                Param.Int("unit_amount", min: 0),
                Param.Decimal("unit_amount_decimal"),
                Param.OneOf("billing_scheme", "per_unit"),
                Recurring,
                .. Common,
            ]
        ),
        Route.List(
            "/v1/prices",
            List,
            Param.Flag("active"),
            Param.Currency("currency"),
            Param.Texts("lookup_keys"),
            Param.Text("product"),
            Param.OneOf("type", "one_time", "recurring"),
            Param.Group("recurring", Param.OneOf("interval", "day", "month", "week", "year")),
            Param.Range("created")
        ),
        Route.Get("/v1/prices/{id}", call => Answer.Ok(call.Tx.Get(Kind, call.Id))),
        Route.Post("/v1/prices/{id}", Update, Common),
    ];

    public static JsonObject Add(Transaction tx, JsonObject input)
    {
        var product = ProductOf(tx, input);
        var currency = input.Text("currency");
        var (amount, exact) = AmountOf(input, currency, path: null);
        TakeLookupKey(tx, input, exceptId: null);
        var recurring = input.ChildOrNull("recurring");
        var price = new JsonObject
        {
            ["id"] = Transaction.NewId("price"),
            ["object"] = Kind,
            ["active"] = input.FlagOrNull("active") ?? true,
            ["billing_scheme"] = "per_unit",
            ["created"] = tx.Now,
            ["currency"] = currency,
            ["custom_unit_amount"] = null,
            ["livemode"] = false,
            ["lookup_key"] = input.TextOrNull("lookup_key"),
            ["metadata"] = Metadata.From(input),
            ["nickname"] = input.TextOrNull("nickname"),
            ["product"] = product,
            ["recurring"] = recurring is null
                ? null
                : new JsonObject
                {
                    ["interval"] = recurring.Text("interval"),
                    ["interval_count"] = recurring.IntOrNull("interval_count") ?? 1,
                    ["meter"] = null,
                    ["trial_period_days"] = null,
                    ["usage_type"] = "licensed",
                },
            ["tax_behavior"] = input.TextOrNull("tax_behavior") ?? "unspecified",
            ["tiers_mode"] = null,
            ["transform_quantity"] = null,
            ["type"] = recurring is null ? "one_time" : "recurring",
            ["unit_amount"] = amount,
            ["unit_amount_decimal"] = exact,
        };
        CurrencyOptions.Apply(price, input);
        return tx.Add(price, "price.created");
    }

    private static Answer Update(Call call)
    {
        var price = call.Tx.Get(Kind, call.Id);
        TakeLookupKey(call.Tx, call.Input, call.Id);
        var after = call.Tx.Change(
            price,
            change =>
            {
                Metadata.CopyGiven(change, call.Input, "lookup_key", "nickname", "tax_behavior");
                change["active"] = call.Input.FlagOrNull("active") ?? change.Flag("active");
                Metadata.Apply(change, call.Input);
                CurrencyOptions.Apply(change, call.Input);
            },
            "price.updated"
        );
        EmbeddedPrice.Refresh(call.Tx, after);
        return Answer.Ok(after);
    }

    private static Answer List(Call call)
    {
        var input = call.Input;
        var active = input.FlagOrNull("active");
        var keys = input.Texts("lookup_keys").ToHashSet(StringComparer.Ordinal);
        var interval = input.ChildOrNull("recurring")?.TextOrNull("interval");
        return ListPage.Of(
            call,
            Kind,
            price =>
                (active is null || price.Flag("active") == active)
                && (keys.Count == 0 || (price.TextOrNull("lookup_key") is { } key && keys.Contains(key)))
                && (interval is null || price.ChildOrNull("recurring")?.Text("interval") == interval)
                && IsGiven(price, input, "currency")
                && IsGiven(price, input, "product")
                && IsGiven(price, input, "type")
                && ListPage.InRange(price, input, "created")
        );
    }

    private static bool IsGiven(JsonObject price, JsonObject input, string name) =>
        input.TextOrNull(name) is not { } wanted || price.Text(name) == wanted;

    private static string ProductOf(Transaction tx, JsonObject input)
    {
        var data = input.ChildOrNull("product_data");
        return (input.TextOrNull("product"), data) switch
        {
            ({ } id, null) => tx.Get("product", id, "product").Id(),
            (null, not null) => ProductRoutes.Add(tx, data).Id(),
            _ => throw StripeException.Invalid(
                "You must specify either `product` or `product_data` when creating a price.",
                "product",
                "parameter_missing"
            ),
        };
    }

    /// <summary>Minor units for one, whole where they are, and exact.</summary>
    /// <param name="path">The group that names them; null for the request itself.</param>
    public static (long? Amount, string Exact) AmountOf(JsonObject input, string currency, string? path)
    {
        string Full(string name) => path is null ? name : $"{path}[{name}]";
        if (input.IntOrNull("unit_amount") is { } whole)
        {
            Currencies.RequireWhole(whole, currency, Full("unit_amount"));
            return input.TextOrNull("unit_amount_decimal") is null
                ? (whole, whole.ToString(CultureInfo.InvariantCulture))
                : throw StripeException.Invalid(
                    "You may only specify one of these parameters: unit_amount, unit_amount_decimal.",
                    Full("unit_amount_decimal")
                );
        }

        if (input.TextOrNull("unit_amount_decimal") is not { } exact)
        {
            throw StripeException.Invalid(
                "Prices require an `unit_amount` or `unit_amount_decimal` parameter to be set.",
                Full("unit_amount"),
                "parameter_missing"
            );
        }

        var amount = decimal.Parse(exact, CultureInfo.InvariantCulture);
        return amount < 0
            ? throw StripeException.Invalid("Invalid non-negative decimal", Full("unit_amount_decimal"))
            : (decimal.IsInteger(amount) ? (long)amount : null, exact);
    }

    private static void TakeLookupKey(Transaction tx, JsonObject input, string? exceptId)
    {
        if (input.TextOrNull("lookup_key") is not { } key)
        {
            return;
        }

        var holder = tx.With(Kind, "lookup_key", key).FirstOrDefault(price => price.Id() != exceptId);
        if (holder is null)
        {
            return;
        }

        if (!input.Flag("transfer_lookup_key"))
        {
            throw StripeException.Invalid(
                $"A price (`{holder.Id()}`) already uses that lookup key.",
                "lookup_key",
                "resource_already_exists"
            );
        }

        EmbeddedPrice.Refresh(tx, tx.Change(holder, change => change["lookup_key"] = null, "price.updated"));
    }
}
