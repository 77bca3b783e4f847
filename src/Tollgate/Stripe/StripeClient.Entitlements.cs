namespace Tollgate.Stripe;

public sealed partial class StripeClient
{
    /// <summary>All features that a customer has now.</summary>
    public Task<StripeAnswer<IReadOnlyList<StripeEntitlement>>> ListActiveEntitlements(
        string customerId,
        CancellationToken cancellationToken
    ) =>
        SendAll(
            "/v1/entitlements/active_entitlements",
            id: null,
            query => query.Add("customer", customerId),
            StripeJson.Default.ListWireEntitlementWire,
            wire => wire.Read(),
            entitlement => entitlement.Id,
            cancellationToken
        );

    public Task<StripeAnswer<StripeFeature>> CreateFeature(
        FeatureParams feature,
        IdempotencyKey key,
        CancellationToken cancellationToken
    ) =>
        Send(
            StripeRequest.Post("/v1/entitlements/features", id: null, key, feature.Write),
            StripeJson.Default.FeatureWire,
            wire => wire.Read(),
            cancellationToken
        );

    /// <summary>All features that are not archived.</summary>
    public Task<StripeAnswer<IReadOnlyList<StripeFeature>>> ListFeatures(CancellationToken cancellationToken) =>
        SendAll(
            "/v1/entitlements/features",
            id: null,
            static _ => { },
            StripeJson.Default.ListWireFeatureWire,
            wire => wire.Read(),
            feature => feature.Id,
            cancellationToken
        );

    /// <summary>Lets a product grant a feature. One that it grants already is an invalid request: look first.</summary>
    public Task<StripeAnswer<StripeProductFeature>> AttachFeature(
        string productId,
        string featureId,
        IdempotencyKey key,
        CancellationToken cancellationToken
    ) =>
        Send(
            StripeRequest.Post(
                "/v1/products/{id}/features",
                productId,
                key,
                form => form.Add("entitlement_feature", featureId)
            ),
            StripeJson.Default.ProductFeatureWire,
            wire => wire.Read(),
            cancellationToken
        );

    public Task<StripeAnswer<IReadOnlyList<StripeProductFeature>>> ListProductFeatures(
        string productId,
        CancellationToken cancellationToken
    ) =>
        SendAll(
            "/v1/products/{id}/features",
            productId,
            static _ => { },
            StripeJson.Default.ListWireProductFeatureWire,
            wire => wire.Read(),
            attached => attached.Id,
            cancellationToken
        );
}
