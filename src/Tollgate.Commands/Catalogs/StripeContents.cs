using Tollgate.Stripe;

namespace Tollgate.Commands.Catalogs;

/// <summary>What an account at Stripe sells, as it is read by <c>catalog pull</c>.</summary>
internal sealed record StripeContents
{
    /// <summary>Archived ones too, the newest first.</summary>
    public required IReadOnlyList<StripeProduct> Products { get; init; }

    /// <summary>Archived ones too, the newest first.</summary>
    public required IReadOnlyList<StripePrice> Prices { get; init; }

    /// <summary>By product, the lookup keys of the features that it grants.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<string>> Features { get; init; } =
        new Dictionary<string, IReadOnlyList<string>>();

    public IReadOnlyList<StripePortalConfiguration> Portals { get; init; } = [];

    /// <summary>All pages of all lists; nothing is written.</summary>
    public static async Task<StripeContents> ReadAsync(StripeClient stripe, CancellationToken cancellationToken)
    {
        var products = (await stripe.ListProducts(cancellationToken)).OrThrow();
        var features = new Dictionary<string, IReadOnlyList<string>>();
        foreach (var product in products.Where(product => product.Active))
        {
            var granted = (await stripe.ListProductFeatures(product.Id, cancellationToken)).OrThrow();
            features[product.Id] = [.. granted.Select(one => one.Feature.LookupKey)];
        }

        return new StripeContents
        {
            Products = products,
            Prices = (await stripe.ListAllPrices(cancellationToken)).OrThrow(),
            Features = features,
            Portals = (await stripe.ListPortalConfigurations(cancellationToken)).OrThrow(),
        };
    }
}
