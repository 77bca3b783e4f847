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

    /// <summary>
    /// A new session of the customer's portal. Whoever has its URL acts for the customer: it is never stored or logged.
    /// </summary>
    public Task<StripeAnswer<Uri>> CreatePortalSession(
        string customerId,
        string configurationId,
        Uri returnUrl,
        CancellationToken cancellationToken
    ) =>
        Send(
            StripeRequest.Post(
                "/v1/billing_portal/sessions",
                id: null,
                IdempotencyKey.Unrepeated(),
                form =>
                {
                    form.Add("customer", customerId);
                    form.Add("configuration", configurationId);
                    form.Add("return_url", returnUrl);
                }
            ),
            StripeJson.Default.PortalSessionWire,
            wire => wire.Url,
            cancellationToken
        );
}

internal sealed record PortalSessionWire(Uri Url);
