namespace Tollgate.Stripe;

public sealed partial class StripeClient
{
    /// <summary>All portal configurations, inactive ones too.</summary>
    public Task<StripeAnswer<IReadOnlyList<StripePortalConfiguration>>> ListPortalConfigurations(
        CancellationToken cancellationToken
    ) =>
        SendAll(
            "/v1/billing_portal/configurations",
            id: null,
            static _ => { },
            StripeJson.Default.ListWirePortalConfigurationWire,
            wire => wire.Read(),
            configuration => configuration.Id,
            cancellationToken
        );

    public Task<StripeAnswer<StripePortalConfiguration>> CreatePortalConfiguration(
        PortalConfigurationParams configuration,
        IdempotencyKey key,
        CancellationToken cancellationToken
    ) =>
        Send(
            StripeRequest.Post("/v1/billing_portal/configurations", id: null, key, configuration.Write),
            StripeJson.Default.PortalConfigurationWire,
            wire => wire.Read(),
            cancellationToken
        );

    public Task<StripeAnswer<StripePortalConfiguration>> UpdatePortalConfiguration(
        string id,
        PortalConfigurationParams configuration,
        IdempotencyKey key,
        CancellationToken cancellationToken
    ) =>
        Send(
            StripeRequest.Post("/v1/billing_portal/configurations/{id}", id, key, configuration.Write),
            StripeJson.Default.PortalConfigurationWire,
            wire => wire.Read(),
            cancellationToken
        );
}
