using Portal = global::Stripe.BillingPortal;
using Sdk = global::Stripe;

namespace Tollgate.Stripe;

/// <content>Stripe's own pages: Checkout and the portal.</content>
internal sealed partial class StripeClient
{
    public Task<StripeAnswer<StripeCheckoutSession>> CreateCheckoutSession(
        CheckoutSessionParams session,
        IdempotencyKey key,
        CancellationToken cancellationToken
    ) =>
        calls.Write(
            key,
            V1.Checkout.Sessions.CreateAsync,
            hooks.On(session.ToOptions(), account is { } of ? new CheckoutContext(of) : null),
            StripeCheckoutSession.Of,
            cancellationToken
        );

    public Task<StripeAnswer<StripeCheckoutSession>> GetCheckoutSession(
        string id,
        CancellationToken cancellationToken
    ) => calls.Ask(V1.Checkout.Sessions, id, options: null, StripeCheckoutSession.Of, cancellationToken);

    /// <summary>All of a customer's that can still be paid, newest first.</summary>
    public Task<StripeAnswer<IReadOnlyList<StripeCheckoutSession>>> ListOpenCheckoutSessions(
        string customerId,
        CancellationToken cancellationToken
    ) =>
        calls.ReadAll(
            V1.Checkout.Sessions.ListAsync,
            new Sdk.Checkout.SessionListOptions { Customer = customerId, Status = "open" },
            StripeCheckoutSession.Of,
            cancellationToken
        );

    /// <summary>Closes an open session; one that is complete or expired already is an invalid request.</summary>
    public Task<StripeAnswer<StripeCheckoutSession>> ExpireCheckoutSession(
        string id,
        IdempotencyKey key,
        CancellationToken cancellationToken
    ) =>
        calls.Write(
            key,
            V1.Checkout.Sessions.ExpireAsync,
            id,
            new Sdk.Checkout.SessionExpireOptions(),
            StripeCheckoutSession.Of,
            cancellationToken
        );

    /// <summary>All portal configurations, inactive ones too.</summary>
    public Task<StripeAnswer<IReadOnlyList<StripePortalConfiguration>>> ListPortalConfigurations(
        CancellationToken cancellationToken
    ) =>
        calls.ReadAll(
            V1.BillingPortal.Configurations.ListAsync,
            new Portal.ConfigurationListOptions(),
            StripePortalConfiguration.Of,
            cancellationToken
        );

    public Task<StripeAnswer<StripePortalConfiguration>> CreatePortalConfiguration(
        PortalConfigurationParams configuration,
        IdempotencyKey key,
        CancellationToken cancellationToken
    ) =>
        calls.Write(
            key,
            V1.BillingPortal.Configurations.CreateAsync,
            configuration.ToCreate(),
            StripePortalConfiguration.Of,
            cancellationToken
        );

    public Task<StripeAnswer<StripePortalConfiguration>> UpdatePortalConfiguration(
        string id,
        PortalConfigurationParams configuration,
        IdempotencyKey key,
        CancellationToken cancellationToken
    ) =>
        calls.Write(
            key,
            V1.BillingPortal.Configurations.UpdateAsync,
            id,
            configuration.ToUpdate(),
            StripePortalConfiguration.Of,
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
    )
    {
        var options = new Portal.SessionCreateOptions
        {
            Customer = customerId,
            Configuration = configurationId,
            ReturnUrl = returnUrl.AbsoluteUri,
            FlowData = change?.ToFlow(returnUrl),
        };
        return calls.Write(
            IdempotencyKey.Unrepeated(),
            V1.BillingPortal.Sessions.CreateAsync,
            hooks.On(options, account is { } of ? new PortalContext(of, customerId) : null),
            static (session, at) =>
            {
                at.Needs("url");
                return new Uri(session.Url);
            },
            cancellationToken
        );
    }
}

/// <summary>
/// A change of a subscription's one item that waits on the portal to be confirmed; after it the portal leads back.
/// https://docs.stripe.com/customer-management/portal-deep-links
/// </summary>
internal sealed record PortalChange(string SubscriptionId, string ItemId, string PriceId, long Quantity)
{
    internal Portal.SessionFlowDataOptions ToFlow(Uri returnUrl) =>
        new()
        {
            Type = "subscription_update_confirm",
            AfterCompletion = new()
            {
                Type = "redirect",
                Redirect = new() { ReturnUrl = returnUrl.AbsoluteUri },
            },
            SubscriptionUpdateConfirm = new()
            {
                Subscription = SubscriptionId,
                Items =
                [
                    new()
                    {
                        Id = ItemId,
                        Price = PriceId,
                        Quantity = Quantity,
                    },
                ],
            },
        };
}
