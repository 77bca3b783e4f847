using System.Text.Json;

namespace Tollgate.Stripe;

/// <summary>Turns an answer that is not a success into a refusal. Pure.</summary>
internal static class RefusalReader
{
    private const int LongestMessage = 500;

    public static StripeRefusal Read(StripeReply reply, DateTimeOffset now, string secretKey)
    {
        var id = reply.RequestId;
        if (reply.IsServerError)
        {
            return new StripeRefusal.Unavailable(
                $"Stripe answered {reply.Status}.",
                id,
                reply.IsReplayed ? UnavailableReason.ReplayedServerError : UnavailableReason.ServerError
            );
        }

        var error = ErrorOf(reply.Response.Content);
        var message = Clean(error?.Message, secretKey) ?? $"Stripe answered {reply.Status}.";
        return (reply.Status, error?.Type, error?.Code) switch
        {
            (401, _, _) => new StripeRefusal.AuthenticationFailed("Stripe does not accept the secret key.", id),
            (403, _, _) => new StripeRefusal.PermissionDenied(message, id),
            (_, _, "lock_timeout") => new StripeRefusal.ObjectLocked(message, id),
            (_, _, "idempotency_key_in_use") => new StripeRefusal.KeyInUse(message, id),
            (409, "idempotency_error", _) => new StripeRefusal.KeyInUse(message, id),
            (429, _, _) => new StripeRefusal.RateLimited(message, id, reply.RetryAfter(now)),
            (_, "idempotency_error", _) => new StripeRefusal.IdempotencyMismatch(message, id),
            (402, not null, _) or (_, "card_error", _) => new StripeRefusal.CardDeclined(
                message,
                id,
                error?.Code,
                error?.DeclineCode
            ),
            (_, _, "resource_missing") => new StripeRefusal.ResourceMissing(message, id, error?.Param),
            (>= 400 and <= 499, not null, _) => new StripeRefusal.InvalidRequest(
                message,
                id,
                reply.Status,
                error?.Code,
                error?.Param
            ),
            _ => new StripeRefusal.UnexpectedAnswer(
                $"{reply.Status}, not in the form of Stripe's API.",
                id,
                reply.Status
            ),
        };
    }

    /// <summary>Whether the same call, sent again at once, may succeed.</summary>
    public static bool IsWorthRepeating(StripeReply reply, StripeRefusal refusal)
    {
        // Stripe would give the stored answer again for as long as it keeps the key, whatever else it says
        if (refusal is StripeRefusal.Unavailable { Reason: UnavailableReason.ReplayedServerError })
        {
            return false;
        }

        return reply.ShouldRetry ?? refusal.IsTransient;
    }

    private static StripeError? ErrorOf(string body)
    {
        try
        {
            using var document = JsonDocument.Parse(body);
            var error = document.RootElement.GetProperty("error");
            return new(
                TextOf(error, "type"),
                TextOf(error, "code"),
                TextOf(error, "decline_code"),
                TextOf(error, "param"),
                TextOf(error, "message")
            );
        }
        catch (Exception cause) when (cause is JsonException or InvalidOperationException or KeyNotFoundException)
        {
            return null; // a proxy's page: only the status is known
        }
    }

    private static string? TextOf(JsonElement error, string member) =>
        error.TryGetProperty(member, out var text) ? text.GetString() : null;

    // an echo of the request may quote the key
    private static string? Clean(string? message, string secretKey)
    {
        var cleaned = message?.Replace(secretKey, "(secret key)", StringComparison.Ordinal);
        return cleaned?.Length > LongestMessage ? cleaned[..LongestMessage] : cleaned;
    }

    private sealed record StripeError(string? Type, string? Code, string? DeclineCode, string? Param, string? Message);
}
