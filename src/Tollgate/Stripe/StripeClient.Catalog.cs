using Sdk = global::Stripe;

namespace Tollgate.Stripe;

internal sealed partial class StripeClient
{
    /// <summary>How many lookup keys one list of prices can be asked for.</summary>
    public const int LookupKeysMax = 10;

    public Task<StripeAnswer<StripeProduct>> CreateProduct(
        ProductParams product,
        IdempotencyKey key,
        CancellationToken cancellationToken
    ) => calls.Write(key, V1.Products.CreateAsync, product.ToOptions(), StripeProduct.Of, cancellationToken);

    public Task<StripeAnswer<StripeProduct>> UpdateProduct(
        string id,
        ProductUpdate change,
        IdempotencyKey key,
        CancellationToken cancellationToken
    ) => calls.Write(key, V1.Products.UpdateAsync, id, change.ToOptions(), StripeProduct.Of, cancellationToken);

    /// <summary>All products, archived ones too.</summary>
    public Task<StripeAnswer<IReadOnlyList<StripeProduct>>> ListProducts(CancellationToken cancellationToken) =>
        calls.ReadAll(V1.Products.ListAsync, new Sdk.ProductListOptions(), StripeProduct.Of, cancellationToken);

    /// <summary>With its further currencies.</summary>
    public Task<StripeAnswer<StripePrice>> GetPrice(string id, CancellationToken cancellationToken) =>
        calls.Ask(
            V1.Prices,
            id,
            new Sdk.PriceGetOptions { Expand = ["currency_options"] },
            StripePrice.Of,
            cancellationToken
        );

    public Task<StripeAnswer<StripePrice>> CreatePrice(
        PriceParams price,
        IdempotencyKey key,
        CancellationToken cancellationToken
    ) => calls.Write(key, V1.Prices.CreateAsync, price.ToOptions(), StripePrice.Of, cancellationToken);

    public Task<StripeAnswer<StripePrice>> UpdatePrice(
        string id,
        PriceUpdate change,
        IdempotencyKey key,
        CancellationToken cancellationToken
    ) => calls.Write(key, V1.Prices.UpdateAsync, id, change.ToOptions(), StripePrice.Of, cancellationToken);

    /// <summary>All prices of the account, archived ones too, with their currencies.</summary>
    public Task<StripeAnswer<IReadOnlyList<StripePrice>>> ListAllPrices(CancellationToken cancellationToken) =>
        calls.ReadAll(
            V1.Prices.ListAsync,
            new Sdk.PriceListOptions { Expand = ["data.currency_options"] },
            StripePrice.Of,
            cancellationToken
        );

    /// <summary>All prices of a product, archived ones too.</summary>
    public Task<StripeAnswer<IReadOnlyList<StripePrice>>> ListPricesOf(
        string productId,
        CancellationToken cancellationToken
    ) =>
        calls.ReadAll(
            V1.Prices.ListAsync,
            new Sdk.PriceListOptions { Product = productId },
            StripePrice.Of,
            cancellationToken
        );

    /// <summary>The prices that have one of these lookup keys, retired ones too, with their currencies.</summary>
    /// <param name="lookupKeys">One to <see cref="LookupKeysMax"/>.</param>
    public Task<StripeAnswer<IReadOnlyList<StripePrice>>> ListPrices(
        IReadOnlyList<string> lookupKeys,
        CancellationToken cancellationToken
    )
    {
        // none would list every price of the account
        if (lookupKeys.Count is 0 or > LookupKeysMax)
        {
            throw new ArgumentException(
                $"Prices are asked for by 1 to {LookupKeysMax} lookup keys.",
                nameof(lookupKeys)
            );
        }

        return calls.ReadAll(
            V1.Prices.ListAsync,
            new Sdk.PriceListOptions { LookupKeys = [.. lookupKeys], Expand = ["data.currency_options"] },
            StripePrice.Of,
            cancellationToken
        );
    }

    public Task<StripeAnswer<StripeFeature>> CreateFeature(
        FeatureParams feature,
        IdempotencyKey key,
        CancellationToken cancellationToken
    ) =>
        calls.Write(
            key,
            V1.Entitlements.Features.CreateAsync,
            feature.ToOptions(),
            StripeFeature.Of,
            cancellationToken
        );

    /// <summary>All features that are not archived.</summary>
    public Task<StripeAnswer<IReadOnlyList<StripeFeature>>> ListFeatures(CancellationToken cancellationToken) =>
        calls.ReadAll(
            V1.Entitlements.Features.ListAsync,
            new Sdk.Entitlements.FeatureListOptions(),
            StripeFeature.Of,
            cancellationToken
        );

    /// <summary>Lets a product grant a feature. One that it grants already is an invalid request.</summary>
    public Task<StripeAnswer<StripeProductFeature>> AttachFeature(
        string productId,
        string featureId,
        IdempotencyKey key,
        CancellationToken cancellationToken
    ) =>
        calls.Write(
            key,
            V1.Products.Features.CreateAsync,
            productId,
            new Sdk.ProductFeatureCreateOptions { EntitlementFeature = featureId },
            StripeProductFeature.Of,
            cancellationToken
        );

    public Task<StripeAnswer<IReadOnlyList<StripeProductFeature>>> ListProductFeatures(
        string productId,
        CancellationToken cancellationToken
    )
    {
        var checkedId = StripeId.Checked(productId);
        return calls.ReadAll(
            (its, request, token) => V1.Products.Features.ListAsync(checkedId, its, request, token),
            new Sdk.ProductFeatureListOptions(),
            StripeProductFeature.Of,
            cancellationToken
        );
    }

    /// <summary>All features that a customer has now.</summary>
    public Task<StripeAnswer<IReadOnlyList<StripeEntitlement>>> ListActiveEntitlements(
        string customerId,
        CancellationToken cancellationToken
    ) =>
        calls.ReadAll(
            V1.Entitlements.ActiveEntitlements.ListAsync,
            new Sdk.Entitlements.ActiveEntitlementListOptions { Customer = customerId },
            StripeEntitlement.Of,
            cancellationToken
        );

    /// <summary>Whether Stripe Tax can work anything out for this account.</summary>
    internal Task<StripeAnswer<StripeTaxSettings>> GetTaxSettings(CancellationToken cancellationToken) =>
        calls.Ask(V1.Tax.Settings, StripeTaxSettings.Of, cancellationToken);

    /// <summary>Where the account collects tax now, by country.</summary>
    internal Task<StripeAnswer<IReadOnlyList<StripeTaxRegistration>>> ListActiveTaxRegistrations(
        CancellationToken cancellationToken
    ) =>
        calls.ReadAll(
            V1.Tax.Registrations.ListAsync,
            new Sdk.Tax.RegistrationListOptions { Status = "active" },
            StripeTaxRegistration.Of,
            cancellationToken
        );
}
