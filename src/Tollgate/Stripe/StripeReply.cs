using System.Globalization;
using System.Net.Http.Headers;

namespace Tollgate.Stripe;

/// <summary>One HTTP answer, read to its end.</summary>
internal sealed record StripeReply(int Status, byte[] Body, HttpResponseHeaders Headers)
{
    public bool IsSuccess => Status is >= 200 and <= 299;

    public bool IsServerError => Status is >= 500 and <= 599;

    public string? RequestId => Header("Request-Id");

    /// <summary>Stripe gave what it had stored under the idempotency key.</summary>
    public bool IsReplayed => IsTrue(Header("Idempotent-Replayed"));

    /// <summary>Stripe's own word on whether to try again; null when it gives none.</summary>
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
        TimeSpan? wait = Headers.RetryAfter switch
        {
            { Delta: { } delta } => delta,
            { Date: { } date } => date - now,
            _ => null,
        };
        return wait > TimeSpan.Zero ? wait : null;
    }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Status} {RequestId}");

    private static bool IsTrue(string? word) => string.Equals(word, "true", StringComparison.OrdinalIgnoreCase);

    private string? Header(string name) => Headers.TryGetValues(name, out var values) ? values.FirstOrDefault() : null;
}
