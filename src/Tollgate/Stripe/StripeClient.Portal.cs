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
    /// <param name="change">What the portal opens with; null for its first page.</param>
    public Task<StripeAnswer<Uri>> CreatePortalSession(
        string customerId,
        string configurationId,
        Uri returnUrl,
        PortalChange? change,
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
                    change?.Write(form.At("flow_data"), returnUrl);
                }
            ),
            StripeJson.Default.PortalSessionWire,
            wire => wire.Url,
            cancellationToken
        );
}

/// <summary>
/// A change of a subscription's one item that waits on the portal to be confirmed; after it the portal leads back.
/// https://docs.stripe.com/customer-management/portal-deep-links
/// </summary>
public sealed record PortalChange(string SubscriptionId, string ItemId, string PriceId, long Quantity)
{
    internal void Write(FormWriter flow, Uri returnUrl)
    {
        flow.Add("type", "subscription_update_confirm");
        var completion = flow.At("after_completion");
        completion.Add("type", "redirect");
        completion.At("redirect").Add("return_url", returnUrl);
        var confirm = flow.At("subscription_update_confirm");
        confirm.Add("subscription", SubscriptionId);
        var item = confirm.At("items").At(0);
        item.Add("id", ItemId);
        item.Add("price", PriceId);
        item.Add("quantity", Quantity);
    }
}

internal sealed record PortalSessionWire(Uri Url);
