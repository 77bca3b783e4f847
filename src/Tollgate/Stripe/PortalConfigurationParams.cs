namespace Tollgate.Stripe;

/// <summary>
/// A portal configuration as a whole, for creating and updating alike: what is not allowed here is switched off.
/// https://docs.stripe.com/api/customer_portal/configurations/create
/// </summary>
public sealed record PortalConfigurationParams
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

    internal void Write(FormWriter form)
    {
        var profile = form.At("business_profile");
        profile.Add("headline", Headline);
        profile.Add("privacy_policy_url", PrivacyPolicyUrl);
        profile.Add("terms_of_service_url", TermsOfServiceUrl);
        form.Add("default_return_url", DefaultReturnUrl);
        form.Add("metadata", Metadata);

        var features = form.At("features");
        var customer = features.At("customer_update");
        customer.Add("enabled", CustomerUpdates.Count > 0);
        customer.Add("allowed_updates", CustomerUpdates);
        features.At("payment_method_update").Add("enabled", PaymentMethodUpdate);
        features.At("invoice_history").Add("enabled", InvoiceHistory);

        var cancel = features.At("subscription_cancel");
        cancel.Add("enabled", Cancellation is not null);
        cancel.Add("mode", Cancellation?.Mode);
        cancel.Add("proration_behavior", Cancellation?.ProrationBehavior);

        var update = features.At("subscription_update");
        update.Add("enabled", SubscriptionChanges is not null);
        SubscriptionChanges?.Write(update);
    }
}

/// <param name="Mode"><c>at_period_end</c> or <c>immediately</c>.</param>
/// <param name="ProrationBehavior"><c>none</c>, <c>create_prorations</c>, <c>always_invoice</c>.</param>
public sealed record PortalCancellation(string Mode = "at_period_end", string ProrationBehavior = "none");

/// <param name="AllowedUpdates"><c>price</c>, <c>quantity</c>, <c>promotion_code</c>.</param>
/// <param name="Products">Between which prices; at most ten products, no two prices of one product and
/// interval.</param>
/// <param name="ProrationBehavior"><c>create_prorations</c>, <c>always_invoice</c>, <c>none</c>.</param>
public sealed record PortalSubscriptionChanges(
    IReadOnlyList<string> AllowedUpdates,
    IReadOnlyList<PortalProduct> Products,
    string ProrationBehavior
)
{
    internal void Write(FormWriter form)
    {
        form.Add("default_allowed_updates", AllowedUpdates);
        form.Add("proration_behavior", ProrationBehavior);
        for (var i = 0; i < Products.Count; i++)
        {
            Products[i].Write(form.At("products").At(i));
        }
    }
}

public sealed record PortalProduct(
    string ProductId,
    IReadOnlyList<string> PriceIds,
    AdjustableQuantity? AdjustableQuantity = null
)
{
    internal void Write(FormWriter form)
    {
        form.Add("product", ProductId);
        form.Add("prices", PriceIds);
        if (AdjustableQuantity is { } range)
        {
            var adjustable = form.At("adjustable_quantity");
            adjustable.Add("enabled", value: true);
            adjustable.Add("minimum", range.Minimum);
            adjustable.Add("maximum", range.Maximum);
        }
    }
}
