namespace Tollgate.Stripe;

/// <summary>
/// What customers may do in Stripe's portal. https://docs.stripe.com/api/customer_portal/configurations/object
/// </summary>
public sealed record StripePortalConfiguration
{
    public required string Id { get; init; }

    public required bool Active { get; init; }

    public required bool IsDefault { get; init; }

    /// <summary>By which ours are found again.</summary>
    public required IReadOnlyDictionary<string, string> Metadata { get; init; }

    public required StripePortalFeatures Features { get; init; }
}

/// <param name="CancelMode"><c>at_period_end</c> or <c>immediately</c>; null when cancelling is off.</param>
/// <param name="AllowedUpdates">Of a subscription: <c>price</c>, <c>quantity</c>; empty when changing is off.</param>
/// <param name="UpdateProrationBehavior"><c>create_prorations</c>, <c>always_invoice</c>, <c>none</c>.</param>
public sealed record StripePortalFeatures(
    bool PaymentMethodUpdate,
    bool InvoiceHistory,
    string? CancelMode,
    IReadOnlyList<string> AllowedUpdates,
    string UpdateProrationBehavior
);

internal sealed record PortalConfigurationWire(
    string Id,
    bool Active,
    bool IsDefault,
    Dictionary<string, string>? Metadata,
    PortalFeaturesWire Features
)
{
    public StripePortalConfiguration Read() =>
        new()
        {
            Id = Id,
            Active = Active,
            IsDefault = IsDefault,
            Metadata = Metadata ?? [],
            Features = Features.Read(),
        };
}

internal sealed record PortalFeaturesWire(
    PortalSwitchWire PaymentMethodUpdate,
    PortalSwitchWire InvoiceHistory,
    PortalCancelWire SubscriptionCancel,
    PortalUpdateWire SubscriptionUpdate
)
{
    public StripePortalFeatures Read() =>
        new(
            PaymentMethodUpdate.Enabled,
            InvoiceHistory.Enabled,
            SubscriptionCancel.Enabled ? SubscriptionCancel.Mode : null,
            SubscriptionUpdate.Enabled ? SubscriptionUpdate.DefaultAllowedUpdates : [],
            SubscriptionUpdate.ProrationBehavior
        );
}

internal sealed record PortalSwitchWire(bool Enabled);

internal sealed record PortalCancelWire(bool Enabled, string Mode);

internal sealed record PortalUpdateWire(
    bool Enabled,
    IReadOnlyList<string> DefaultAllowedUpdates,
    string ProrationBehavior
);
