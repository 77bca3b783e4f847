namespace Tollgate.Stripe;

/// <summary>A feature that a customer has by what it subscribes to. https://docs.stripe.com/api/entitlements</summary>
public sealed record StripeEntitlement(string Id, string LookupKey, string FeatureId);

/// <summary>A feature that products can grant.</summary>
public sealed record StripeFeature(string Id, string LookupKey, string Name, bool Active);

/// <summary>A feature as attached to a product.</summary>
/// <param name="Id"><c>prodft_…</c> of the attachment.</param>
public sealed record StripeProductFeature(string Id, StripeFeature Feature);

/// <param name="LookupKey">Unique, at most 80 characters; cannot be changed later.</param>
/// <param name="Name">At most 80 characters.</param>
public sealed record FeatureParams(string LookupKey, string Name, IReadOnlyDictionary<string, string>? Metadata = null)
{
    internal void Write(FormWriter form)
    {
        form.Add("lookup_key", LookupKey);
        form.Add("name", Name);
        form.Add("metadata", Metadata);
    }
}

internal sealed record EntitlementWire(string Id, string LookupKey, ExpandableId Feature)
{
    public StripeEntitlement Read() => new(Id, LookupKey, Feature.Id);
}

internal sealed record FeatureWire(string Id, string LookupKey, string Name, bool Active)
{
    public StripeFeature Read() => new(Id, LookupKey, Name, Active);
}

internal sealed record ProductFeatureWire(string Id, FeatureWire EntitlementFeature)
{
    public StripeProductFeature Read() => new(Id, EntitlementFeature.Read());
}
