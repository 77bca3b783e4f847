using Portal = global::Stripe.BillingPortal;

namespace Tollgate.Stripe;

/// <summary>
/// What customers may do in Stripe's portal. https://docs.stripe.com/api/customer_portal/configurations/object
/// </summary>
internal sealed record StripePortalConfiguration
{
    public required string Id { get; init; }

    public required bool Active { get; init; }

    public required bool IsDefault { get; init; }

    /// <summary>By which ours are found again.</summary>
    public required IReadOnlyDictionary<string, string> Metadata { get; init; }

    public required StripePortalFeatures Features { get; init; }

    internal static StripePortalConfiguration Of(Portal.Configuration it, Shape at)
    {
        at.Needs("id active is_default features").Names("metadata");
        return new()
        {
            Id = it.Id,
            Active = it.Active,
            IsDefault = it.IsDefault,
            Metadata = it.Metadata ?? [],
            Features = StripePortalFeatures.Of(it.Features, at.At("features")),
        };
    }
}

/// <param name="CancelMode"><c>at_period_end</c> or <c>immediately</c>; null when cancelling is off.</param>
/// <param name="AllowedUpdates">Of a subscription: <c>price</c>, <c>quantity</c>; empty when changing is off.</param>
/// <param name="UpdateProrationBehavior"><c>create_prorations</c>, <c>always_invoice</c>, <c>none</c>.</param>
internal sealed record StripePortalFeatures(
    bool PaymentMethodUpdate,
    bool InvoiceHistory,
    string? CancelMode,
    IReadOnlyList<string> AllowedUpdates,
    string UpdateProrationBehavior
)
{
    internal static StripePortalFeatures Of(Portal.ConfigurationFeatures it, Shape at)
    {
        at.At("payment_method_update").Needs("enabled");
        at.At("invoice_history").Needs("enabled");
        at.At("subscription_cancel").Needs("enabled mode");
        at.At("subscription_update").Needs("enabled default_allowed_updates proration_behavior");
        return new(
            it.PaymentMethodUpdate.Enabled,
            it.InvoiceHistory.Enabled,
            it.SubscriptionCancel.Enabled ? it.SubscriptionCancel.Mode : null,
            it.SubscriptionUpdate.Enabled ? it.SubscriptionUpdate.DefaultAllowedUpdates : [],
            it.SubscriptionUpdate.ProrationBehavior
        );
    }
}
