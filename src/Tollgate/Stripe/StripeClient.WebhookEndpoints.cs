namespace Tollgate.Stripe;

public sealed partial class StripeClient
{
    /// <summary>The answer alone carries the signing secret: <see cref="StripeWebhookEndpoint.Secret"/>.</summary>
    public Task<StripeAnswer<StripeWebhookEndpoint>> CreateWebhookEndpoint(
        WebhookEndpointParams endpoint,
        IdempotencyKey key,
        CancellationToken cancellationToken
    ) =>
        Send(
            StripeRequest.Post("/v1/webhook_endpoints", id: null, key, endpoint.Write),
            StripeJson.Default.WebhookEndpointWire,
            wire => wire.Read(),
            cancellationToken
        );

    public Task<StripeAnswer<IReadOnlyList<StripeWebhookEndpoint>>> ListWebhookEndpoints(
        CancellationToken cancellationToken
    ) =>
        SendAll(
            "/v1/webhook_endpoints",
            id: null,
            static _ => { },
            StripeJson.Default.ListWireWebhookEndpointWire,
            wire => wire.Read(),
            endpoint => endpoint.Id,
            cancellationToken
        );

    public Task<StripeAnswer<StripeWebhookEndpoint>> UpdateWebhookEndpoint(
        string id,
        WebhookEndpointUpdate change,
        IdempotencyKey key,
        CancellationToken cancellationToken
    ) =>
        Send(
            StripeRequest.Post("/v1/webhook_endpoints/{id}", id, key, change.Write),
            StripeJson.Default.WebhookEndpointWire,
            wire => wire.Read(),
            cancellationToken
        );

    /// <summary>
    /// Takes no key, as Stripe ignores one on DELETE: a second attempt after a lost answer is told that the endpoint is
    /// missing, which then means that it is gone.
    /// </summary>
    /// <returns>True when Stripe says so.</returns>
    public Task<StripeAnswer<bool>> DeleteWebhookEndpoint(string id, CancellationToken cancellationToken) =>
        Send(
            StripeRequest.Delete("/v1/webhook_endpoints/{id}", id),
            StripeJson.Default.DeletedWire,
            wire => wire.Deleted,
            cancellationToken
        );
}
