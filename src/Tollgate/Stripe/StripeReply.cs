using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json;
using Sdk = global::Stripe;

namespace Tollgate.Stripe;

/// <summary>One HTTP answer, read to its end, with what Stripe says in its headers.</summary>
internal sealed record StripeReply(Sdk.StripeResponse Response)
{
    private static readonly UTF8Encoding Strict = new(
        encoderShouldEmitUTF8Identifier: false,
        throwOnInvalidBytes: true
    );

    public int Status => (int)Response.StatusCode;

    /// <summary>200, which is what the SDK takes for one.</summary>
    public bool IsSuccess => Response.StatusCode == HttpStatusCode.OK;

    public bool IsServerError => Status is >= 500 and <= 599;

    public string? RequestId => Header("Request-Id");

    /// <summary>Stripe gave what it had stored under the idempotency key.</summary>
    public bool IsReplayed => IsTrue(Header("Idempotent-Replayed"));

    /// <summary>What Stripe says on whether to try again; null when it does not say.</summary>
    public bool? ShouldRetry =>
        Header("Stripe-Should-Retry") switch
        {
            { } word when IsTrue(word) => true,
            { } word when string.Equals(word, "false", StringComparison.OrdinalIgnoreCase) => false,
            _ => null,
        };

    /// <summary>Seconds or a date, in the future; null for anything else.</summary>
    public TimeSpan? RetryAfter(DateTimeOffset now)
    {
        TimeSpan? wait = Response.Headers.RetryAfter switch
        {
            { Delta: { } delta } => delta,
            { Date: { } date } => date - now,
            _ => null,
        };
        return wait > TimeSpan.Zero ? wait : null;
    }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Status} {RequestId}");

    /// <summary>
    /// The SDK quotes in its exceptions a body that it cannot read. What is no JSON object is therefore empty here, a
    /// failure that is not in the form of Stripe's errors is <c>{}</c>, and the key that an error quotes is taken out.
    /// </summary>
    public static async Task<StripeReply> ReadAsync(
        HttpResponseMessage response,
        string secretKey,
        CancellationToken cancellationToken
    )
    {
        var body = await response.Content.ReadAsByteArrayAsync(cancellationToken);
        // the SDK would write it to the standard error stream
        response.Headers.Remove("Stripe-Notice");
        var content = response.StatusCode switch
        {
            HttpStatusCode.OK => ObjectIn(body),
            // Stripe's own message quotes a part of the key
            HttpStatusCode.Unauthorized => """{"error":{"message":"Stripe does not accept the secret key."}}""",
            _ => ErrorIn(body, secretKey),
        };
        return new(new Sdk.StripeResponse(response.StatusCode, response.Headers, content));
    }

    private static string ObjectIn(byte[] body)
    {
        try
        {
            var reader = new Utf8JsonReader(body);
            var isObject = reader.Read() && reader.TokenType == JsonTokenType.StartObject;
            while (reader.Read())
            {
                // to the last byte
            }

            return isObject ? Strict.GetString(body) : "";
        }
        catch (Exception cause) when (cause is JsonException or DecoderFallbackException)
        {
            return "";
        }
    }

    private static string ErrorIn(byte[] body, string secretKey)
    {
        const string unreadable = "{}";
        try
        {
            using var document = JsonDocument.Parse(body);
            if (
                document.RootElement.ValueKind != JsonValueKind.Object
                || !document.RootElement.TryGetProperty("error", out var error)
                || error.ValueKind != JsonValueKind.Object
                || Sdk.StripeError.FromJson(error.GetRawText()) is null
            )
            {
                return unreadable;
            }

            return Strict.GetString(body).Replace(secretKey, "(secret key)", StringComparison.Ordinal);
        }
        catch (Exception cause) when (cause is JsonException or InvalidOperationException or DecoderFallbackException)
        {
            return unreadable; // a proxy's page: only the status is known
        }
    }

    private static bool IsTrue(string? word) => string.Equals(word, "true", StringComparison.OrdinalIgnoreCase);

    private string? Header(string name) =>
        Response.Headers.TryGetValues(name, out var values) ? values.FirstOrDefault() : null;
}
