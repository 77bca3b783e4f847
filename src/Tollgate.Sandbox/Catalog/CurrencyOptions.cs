using System.Text.Json.Nodes;
using Tollgate.Sandbox.Engine;
using Tollgate.Sandbox.Wire;

namespace Tollgate.Sandbox.Catalog;

/// <summary>The further currencies of a price, and the price as it is sold in one of them.</summary>
internal static class CurrencyOptions
{
    public const string Name = "currency_options";
    private const string Own = "_currency_options";
    private const string Sold = "_sold";

    public static readonly Param Parameter = Param.ByCurrency(
        Name,
        Param.OneOf("tax_behavior", "unspecified", "exclusive", "inclusive"),
        Param.Int("unit_amount", min: 0),
        Param.Decimal("unit_amount_decimal")
    );

    /// <summary>Adds or changes the options of a request.</summary>
    public static void Apply(JsonObject price, JsonObject input)
    {
        if (input.ChildOrNull(Name) is not { } given)
        {
            return;
        }

        var options = price.ChildOrNull(Own) ?? [];
        foreach (var (currency, wanted) in given)
        {
            var path = $"{Name}[{currency}]";
            if (currency == price.Text("currency"))
            {
                throw StripeException.Invalid($"The price itself is in {currency}.", path);
            }

            var option = (JsonObject?)wanted ?? [];
            var (amount, exact) = PriceRoutes.AmountOf(option, currency, path);
            options[currency] = Option(amount, exact, option.TextOrNull("tax_behavior") ?? "unspecified");
        }

        price[Own] = options.Parent is null ? options : options.DeepClone();
    }

    /// <summary>As Stripe shows them when asked: the price's own currency is among them.</summary>
    public static JsonNode Embedded(Transaction tx, JsonObject shown)
    {
        var price = tx.Get("price", shown.Id());
        var options = price.ChildOrNull(Own)?.Copy() ?? [];
        options[price.Text("currency")] = Option(
            price.IntOrNull("unit_amount"),
            price.Text("unit_amount_decimal"),
            price.Text("tax_behavior")
        );
        return options;
    }

    public static bool Has(JsonObject price, string currency) =>
        currency == price.Text("currency") || price.ChildOrNull(Own)?[currency] is not null;

    /// <summary>The price as it is sold in a currency; as it is, where it has no such option.</summary>
    public static JsonObject In(JsonObject price, string currency)
    {
        if (currency == Currency(price) || !Has(price, currency))
        {
            return price;
        }

        var sold = price.Copy();
        sold[Sold] =
            currency == price.Text("currency")
                ? null
                : new JsonObject
                {
                    ["currency"] = currency,
                    ["unit_amount_decimal"] = price.Child(Own).Child(currency).Text("unit_amount_decimal"),
                };
        return sold;
    }

    /// <summary>What is sold in: as asked, or as the customer pays already, or as the first price says.</summary>
    public static string Settle(string? asked, JsonObject? customer, IReadOnlyList<JsonObject> prices) =>
        asked
        ?? (
            customer?.TextOrNull("currency") is { } settled && prices.All(price => Has(price, settled))
                ? settled
                : Currency(prices[0])
        );

    /// <summary>A customer pays in one currency, that of the first invoice, for good; 400 for another.</summary>
    public static void RequireOf(JsonObject customer, string currency)
    {
        if (customer.TextOrNull("currency") is { } settled && settled != currency)
        {
            throw StripeException.Invalid(
                "You cannot combine currencies on a single customer. This customer has had a subscription, coupon, or "
                    + $"invoice item with currency {settled}"
            );
        }
    }

    public static string Currency(JsonObject price) =>
        price.ChildOrNull(Sold)?.Text("currency") ?? price.Text("currency");

    /// <summary>Minor units of that currency for one, with fractions of them.</summary>
    public static string ExactAmount(JsonObject price) =>
        price.ChildOrNull(Sold)?.Text("unit_amount_decimal") ?? price.Text("unit_amount_decimal");

    /// <summary>A price that was changed is still sold as it was.</summary>
    public static JsonObject SoldAs(JsonObject former, JsonObject price)
    {
        if (former[Sold] is not { } sold)
        {
            return price;
        }

        var same = price.Copy();
        same[Sold] = sold.DeepClone();
        return same;
    }

    private static JsonObject Option(long? amount, string exact, string taxBehavior) =>
        new()
        {
            ["custom_unit_amount"] = null,
            ["tax_behavior"] = taxBehavior,
            ["unit_amount"] = amount,
            ["unit_amount_decimal"] = exact,
        };
}
