using System.Text.Json.Nodes;
using Tollgate.Sandbox.Engine;

namespace Tollgate.Sandbox.Wire;

/// <summary>
/// A refusal in Stripe's error shape. Thrown, it undoes the command; returned in an Answer, it does not.
/// </summary>
internal sealed class StripeException(int status, string type, string message) : Exception(message)
{
    public int Status => status;

    public string Type => type;

    public string? Code { get; init; }

    public string? Parameter { get; init; }

    public string? DeclineCode { get; init; }

    public string? Charge { get; init; }

    /// <summary>Said in the header <c>Stripe-Rate-Limited-Reason</c>.</summary>
    public string? RateLimitedReason { get; init; }

    /// <summary>The payment or setup intent that failed, as the world sees it.</summary>
    public JsonObject? Intent { get; init; }

    public static StripeException Invalid(string message, string? parameter = null, string? code = null) =>
        new(400, "invalid_request_error", message) { Parameter = parameter, Code = code };

    public static StripeException NoSuch(string kind, string id, string? parameter)
    {
        var noun = kind switch
        {
            "payment_method" => "PaymentMethod",
            "billing_portal.configuration" => "configuration",
            "test_helpers.test_clock" => "test_clock",
            _ => kind,
        };
        // Stripe answers an unknown payment method in a parameter with 404, other unknown references with 400.
        var status = parameter is null || kind == "payment_method" ? 404 : 400;
        return new StripeException(status, "invalid_request_error", $"No such {noun}: '{id}'")
        {
            Code = "resource_missing",
            Parameter = parameter ?? "id",
        };
    }

    public static StripeException UnknownUrl(string method, string path) =>
        new(
            404,
            "invalid_request_error",
            $"Unrecognized request URL ({method}: {path}). Please see https://stripe.com/docs or we can help at "
                + "https://support.stripe.com/. (The Sandbox answers 404 for whatever it does not have.)"
        );

    public JsonObject ToJson()
    {
        var error = new JsonObject();
        AddIfGiven(error, "charge", Charge);
        AddIfGiven(error, "code", Code);
        AddIfGiven(error, "decline_code", DeclineCode);
        if (Code is not null)
        {
            error["doc_url"] = $"https://stripe.com/docs/error-codes/{Code.Replace('_', '-')}";
        }

        error["message"] = Message;
        AddIfGiven(error, "param", Parameter);
        if (Intent is not null)
        {
            error[Intent.Kind()] = Intent.Copy();
        }

        error["type"] = type;
        return new JsonObject { ["error"] = error };
    }

    private static void AddIfGiven(JsonObject error, string name, string? value)
    {
        if (value is not null)
        {
            error[name] = value;
        }
    }
}
