using Portal = global::Stripe.BillingPortal;

namespace Tollgate.Stripe;

/// <summary>
/// A portal configuration as a whole, for creating and updating alike: what is not allowed here is switched off.
/// https://docs.stripe.com/api/customer_portal/configurations/create
/// </summary>
internal sealed record PortalConfigurationParams
{
    public FormText Headline { get; init; }

    public Uri? PrivacyPolicyUrl { get; init; }

    public Uri? TermsOfServiceUrl { get; init; }

    public Uri? DefaultReturnUrl { get; init; }

    /// <summary>
    /// What customers may change of themselves: <c>email</c>, <c>address</c>, <c>tax_id</c>, <c>name</c>,
    /// <c>phone</c>.
    /// </summary>
    public IReadOnlyList<string> CustomerUpdates { get; init; } = [];

    public bool PaymentMethodUpdate { get; init; } = true;

    public bool InvoiceHistory { get; init; } = true;

    /// <summary>Null switches cancelling off.</summary>
    public PortalCancellation? Cancellation { get; init; }

    /// <summary>Null switches changes of price and quantity off.</summary>
    public PortalSubscriptionChanges? SubscriptionChanges { get; init; }

    public IReadOnlyDictionary<string, string>? Metadata { get; init; }

    internal Portal.ConfigurationCreateOptions ToCreate() =>
        new Portal.ConfigurationCreateOptions { BusinessProfile = Profile(), Features = Features() }
            .Given(DefaultReturnUrl, (options, url) => options.DefaultReturnUrl = url.AbsoluteUri)
            .WithMetadata(Metadata);

    internal Portal.ConfigurationUpdateOptions ToUpdate() =>
        new Portal.ConfigurationUpdateOptions { BusinessProfile = Profile(), Features = Features() }
            .Given(DefaultReturnUrl, (options, url) => options.DefaultReturnUrl = url.AbsoluteUri)
            .WithMetadata(Metadata);

    private Portal.ConfigurationBusinessProfileOptions Profile() =>
        new Portal.ConfigurationBusinessProfileOptions()
            .Given(Headline.Text, (profile, text) => profile.Headline = text)
            .Given(PrivacyPolicyUrl, (profile, url) => profile.PrivacyPolicyUrl = url.AbsoluteUri)
            .Given(TermsOfServiceUrl, (profile, url) => profile.TermsOfServiceUrl = url.AbsoluteUri);

    private Portal.ConfigurationFeaturesOptions Features() =>
        new()
        {
            CustomerUpdate = new() { Enabled = CustomerUpdates.Count > 0, AllowedUpdates = [.. CustomerUpdates] },
            PaymentMethodUpdate = new() { Enabled = PaymentMethodUpdate },
            InvoiceHistory = new() { Enabled = InvoiceHistory },
            SubscriptionCancel = new()
            {
                Enabled = Cancellation is not null,
                Mode = Cancellation?.Mode,
                ProrationBehavior = Cancellation?.ProrationBehavior,
            },
            SubscriptionUpdate = SubscriptionChanges?.ToOptions() ?? new() { Enabled = false },
        };
}

/// <param name="Mode"><c>at_period_end</c> or <c>immediately</c>.</param>
/// <param name="ProrationBehavior"><c>none</c>, <c>create_prorations</c>, <c>always_invoice</c>.</param>
internal sealed record PortalCancellation(string Mode = "at_period_end", string ProrationBehavior = "none");

/// <param name="AllowedUpdates"><c>price</c>, <c>quantity</c>, <c>promotion_code</c>.</param>
/// <param name="Products">Between which prices; at most ten products, no two prices of one product and
/// interval.</param>
/// <param name="ProrationBehavior"><c>create_prorations</c>, <c>always_invoice</c>, <c>none</c>.</param>
internal sealed record PortalSubscriptionChanges(
    IReadOnlyList<string> AllowedUpdates,
    IReadOnlyList<PortalProduct> Products,
    string ProrationBehavior
)
{
    internal Portal.ConfigurationFeaturesSubscriptionUpdateOptions ToOptions() =>
        new()
        {
            Enabled = true,
            DefaultAllowedUpdates = [.. AllowedUpdates],
            ProrationBehavior = ProrationBehavior,
            Products = [.. Products.Select(product => product.ToOptions())],
        };
}

internal sealed record PortalProduct(
    string ProductId,
    IReadOnlyList<string> PriceIds,
    AdjustableQuantity? AdjustableQuantity = null
)
{
    internal Portal.ConfigurationFeaturesSubscriptionUpdateProductOptions ToOptions() =>
        new()
        {
            Product = ProductId,
            Prices = [.. PriceIds],
            AdjustableQuantity = AdjustableQuantity is { } range
                ? new()
                {
                    Enabled = true,
                    Minimum = range.Minimum,
                    Maximum = range.Maximum,
                }
                : null,
        };
}
