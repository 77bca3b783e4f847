namespace Tollgate.Stripe;

public sealed partial class StripeClient
{
    public Task<StripeAnswer<StripeCheckoutSession>> CreateCheckoutSession(
        CheckoutSessionParams session,
        IdempotencyKey key,
        CancellationToken cancellationToken
    ) =>
        Send(
            StripeRequest.Post("/v1/checkout/sessions", id: null, key, session.Write),
            StripeJson.Default.CheckoutSessionWire,
            wire => wire.Read(),
            cancellationToken
        );

    public Task<StripeAnswer<StripeCheckoutSession>> GetCheckoutSession(
        string id,
        CancellationToken cancellationToken
    ) =>
        Send(
            StripeRequest.Get("/v1/checkout/sessions/{id}", id),
            StripeJson.Default.CheckoutSessionWire,
            wire => wire.Read(),
            cancellationToken
        );

    /// <summary>All of a customer's that can still be paid, newest first.</summary>
    public Task<StripeAnswer<IReadOnlyList<StripeCheckoutSession>>> ListOpenCheckoutSessions(
        string customerId,
        CancellationToken cancellationToken
    ) =>
        SendAll(
            "/v1/checkout/sessions",
            id: null,
            query =>
            {
                query.Add("customer", customerId);
                query.Add("status", "open");
            },
            StripeJson.Default.ListWireCheckoutSessionWire,
            wire => wire.Read(),
            session => session.Id,
            cancellationToken
        );

    /// <summary>Closes an open session; one that is complete or expired already is an invalid request.</summary>
    public Task<StripeAnswer<StripeCheckoutSession>> ExpireCheckoutSession(
        string id,
        IdempotencyKey key,
        CancellationToken cancellationToken
    ) =>
        Send(
            StripeRequest.Post("/v1/checkout/sessions/{id}/expire", id, key),
            StripeJson.Default.CheckoutSessionWire,
            wire => wire.Read(),
            cancellationToken
        );
}
