using Npgsql;
using Tollgate.Stripe;

namespace Tollgate.Subscriptions;

/// <summary>
/// What is no fault of an event and goes away: then the event waits and is never given up.
/// </summary>
internal static class TransientFailure
{
    public static bool Is(Exception failure) =>
        failure switch
        {
            // a rolled key or a proxy in the way is for an operator to repair, and the event is as good as before
            StripeRefusedException refused => refused.Refusal.IsTransient
                || refused.Refusal
                    is StripeRefusal.AuthenticationFailed
                        or StripeRefusal.PermissionDenied
                        or StripeRefusal.UnexpectedAnswer,
            NpgsqlException database => database.IsTransient,
            _ => failure.InnerException is { } cause && Is(cause), // EF Core wraps the database's
        };
}
