using Sdk = global::Stripe;

namespace Tollgate.Stripe;

/// <summary>A feature that a customer has by what it subscribes to. https://docs.stripe.com/api/entitlements</summary>
internal sealed record StripeEntitlement(string Id, string LookupKey, string FeatureId)
{
    internal static StripeEntitlement Of(Sdk.Entitlements.ActiveEntitlement it, Shape at)
    {
        at.Needs("id lookup_key feature");
        return new(it.Id, it.LookupKey, it.FeatureId);
    }
}

/// <summary>A feature that products can grant.</summary>
internal sealed record StripeFeature(string Id, string LookupKey, string Name, bool Active)
{
    internal static StripeFeature Of(Sdk.Entitlements.Feature it, Shape at)
    {
        at.Needs("id lookup_key name active");
        return new(it.Id, it.LookupKey, it.Name, it.Active);
    }
}

/// <summary>A feature as attached to a product.</summary>
/// <param name="Id"><c>prodft_…</c> of the attachment.</param>
internal sealed record StripeProductFeature(string Id, StripeFeature Feature)
{
    internal static StripeProductFeature Of(Sdk.ProductFeature it, Shape at)
    {
        at.Needs("id");
        return new(it.Id, StripeFeature.Of(it.EntitlementFeature, at.At("entitlement_feature")));
    }
}

/// <param name="LookupKey">Unique, at most 80 characters; cannot be changed later.</param>
/// <param name="Name">At most 80 characters.</param>
internal sealed record FeatureParams(
    string LookupKey,
    string Name,
    IReadOnlyDictionary<string, string>? Metadata = null
)
{
    internal Sdk.Entitlements.FeatureCreateOptions ToOptions() =>
        new Sdk.Entitlements.FeatureCreateOptions { LookupKey = LookupKey, Name = Name }.WithMetadata(Metadata);
}
