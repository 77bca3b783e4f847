using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Tollgate.Sandbox.Engine;
using Tollgate.Sandbox.Wire;

namespace Tollgate.Sandbox.Payments;

/// <summary>A card as a payment method. Which test card it is stays the Sandbox's own knowledge.</summary>
internal static class PaymentMethodDocument
{
    public const string Kind = "payment_method";
    private const int DefaultExpiryYear = 2034;

    public static JsonObject Add(
        Transaction tx,
        TestCard card,
        long expMonth = 12,
        long expYear = DefaultExpiryYear,
        JsonObject? billing = null
    )
    {
        var address = billing?.ChildOrNull("address");
        return tx.Add(
            new JsonObject
            {
                ["id"] = Transaction.NewId("pm"),
                ["object"] = Kind,
                ["allow_redisplay"] = "unspecified",
                ["billing_details"] = new JsonObject
                {
                    ["address"] = new JsonObject
                    {
                        ["city"] = address?.TextOrNull("city"),
                        ["country"] = address?.TextOrNull("country"),
                        ["line1"] = address?.TextOrNull("line1"),
                        ["line2"] = address?.TextOrNull("line2"),
                        ["postal_code"] = address?.TextOrNull("postal_code"),
                        ["state"] = address?.TextOrNull("state"),
                    },
                    ["email"] = billing?.TextOrNull("email"),
                    ["name"] = billing?.TextOrNull("name"),
                    ["phone"] = billing?.TextOrNull("phone"),
                    ["tax_id"] = null,
                },
                ["card"] = Face(card, expMonth, expYear),
                ["created"] = tx.Now,
                ["customer"] = null,
                ["customer_account"] = null,
                ["livemode"] = false,
                ["metadata"] = new JsonObject(),
                ["type"] = "card",
                ["_number"] = card.Number,
                ["_set_up"] = false,
            }
        );
    }

    /// <summary>Adds a payment method from what a person or a caller typed.</summary>
    /// <exception cref="StripeException">402 for a number that cannot be or is no test card, or a past
    /// expiry.</exception>
    public static JsonObject AddTyped(
        Transaction tx,
        string number,
        long month,
        long year,
        string? cvc,
        JsonObject? billing
    )
    {
        var digits = new string([.. number.Where(char.IsAsciiDigit)]);
        if (!TestCard.PassesLuhn(digits))
        {
            throw CardError("incorrect_number", "Your card number is incorrect.", "number");
        }

        if (month is < 1 or > 12)
        {
            throw CardError("invalid_expiry_month", "Your card's expiration month is invalid.", "exp_month");
        }

        var fullYear = year < 100 ? 2000 + year : year;
        var now = DateTimeOffset.FromUnixTimeSeconds(tx.Now);
        if (fullYear > 2100 || fullYear < now.Year || (fullYear == now.Year && month < now.Month))
        {
            throw CardError("invalid_expiry_year", "Your card's expiration year is invalid.", "exp_year");
        }

        if (cvc is not null && (cvc.Length is < 3 or > 4 || !cvc.All(char.IsAsciiDigit)))
        {
            throw CardError("invalid_cvc", "Your card's security code is invalid.", "cvc");
        }

        var card =
            TestCard.ByNumber(digits)
            ?? throw new StripeException(
                402,
                "card_error",
                "Your card was declined. Your request was in test mode, but used a non test card. For a list of valid "
                    + "test cards, visit: https://stripe.com/docs/testing."
            )
            {
                Code = "card_declined",
                DeclineCode = "test_mode_live_card",
            };
        return Add(tx, card, month, fullYear, billing);
    }

    public static TestCard CardOf(JsonObject method) => TestCard.ByNumber(method.Text("_number"))!;

    private static StripeException CardError(string code, string message, string parameter) =>
        new(402, "card_error", message) { Code = code, Parameter = parameter };

    private static JsonObject Face(TestCard card, long month, long year) =>
        new()
        {
            ["brand"] = card.Brand,
            ["checks"] = new JsonObject
            {
                ["address_line1_check"] = null,
                ["address_postal_code_check"] = null,
                ["cvc_check"] = "pass",
            },
            ["country"] = "US",
            ["display_brand"] = card.Brand,
            ["exp_month"] = month,
            ["exp_year"] = year,
            ["fingerprint"] = Fingerprint(card.Number),
            ["funding"] = card.Funding,
            ["generated_from"] = null,
            ["last4"] = card.Last4,
            ["networks"] = new JsonObject { ["available"] = new JsonArray(card.Brand), ["preferred"] = null },
            ["regulated_status"] = "unregulated",
            ["three_d_secure_usage"] = new JsonObject { ["supported"] = true },
            ["wallet"] = null,
        };

    private static string Fingerprint(string number) =>
        Convert
            .ToBase64String(SHA256.HashData(Encoding.ASCII.GetBytes("sandbox" + number)))
            .Replace("+", "x", StringComparison.Ordinal)
            .Replace("/", "y", StringComparison.Ordinal)[..16];
}
