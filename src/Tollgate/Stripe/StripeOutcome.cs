namespace Tollgate.Stripe;

/// <summary>How a call ended, in one word of a closed set, for metrics and traces.</summary>
internal static class StripeOutcome
{
    public static string Of(StripeRefusal? refusal) =>
        refusal switch
        {
            null => "ok",
            StripeRefusal.CardDeclined => "card_declined",
            StripeRefusal.ResourceMissing => "resource_missing",
            StripeRefusal.InvalidRequest => "invalid_request",
            StripeRefusal.IdempotencyMismatch => "idempotency_mismatch",
            StripeRefusal.KeyInUse => "key_in_use",
            StripeRefusal.ObjectLocked => "object_locked",
            StripeRefusal.RateLimited => "rate_limited",
            StripeRefusal.AuthenticationFailed => "authentication_failed",
            StripeRefusal.PermissionDenied => "permission_denied",
            StripeRefusal.Unavailable away => Of(away.Reason),
            StripeRefusal.UnexpectedAnswer => "unexpected_answer",
            StripeRefusal.ListTooLong => "list_too_long",
            _ => throw new InvalidOperationException("The set of refusals is closed."),
        };

    private static string Of(UnavailableReason reason) =>
        reason switch
        {
            UnavailableReason.Timeout => "timeout",
            UnavailableReason.Connection => "no_connection",
            UnavailableReason.ServerError => "server_error",
            UnavailableReason.ReplayedServerError => "replayed_server_error",
            UnavailableReason.CircuitOpen => "circuit_open",
            _ => throw new InvalidOperationException("The set of reasons is closed."),
        };
}
