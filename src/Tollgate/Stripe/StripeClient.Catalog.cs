namespace Tollgate.Stripe;

public sealed partial class StripeClient
{
    /// <summary>How many lookup keys one list of prices can be asked for.</summary>
    public const int MostLookupKeys = 10;

    public Task<StripeAnswer<StripeProduct>> CreateProduct(
        ProductParams product,
        IdempotencyKey key,
        CancellationToken cancellationToken
    ) =>
        Send(
            StripeRequest.Post("/v1/products", id: null, key, product.Write),
            StripeJson.Default.ProductWire,
            wire => wire.Read(),
            cancellationToken
        );

    public Task<StripeAnswer<StripeProduct>> UpdateProduct(
        string id,
        ProductUpdate change,
        IdempotencyKey key,
        CancellationToken cancellationToken
    ) =>
        Send(
            StripeRequest.Post("/v1/products/{id}", id, key, change.Write),
            StripeJson.Default.ProductWire,
            wire => wire.Read(),
            cancellationToken
        );

    /// <summary>All products, archived ones too.</summary>
    public Task<StripeAnswer<IReadOnlyList<StripeProduct>>> ListProducts(CancellationToken cancellationToken) =>
        SendAll(
            "/v1/products",
            id: null,
            static _ => { },
            StripeJson.Default.ListWireProductWire,
            wire => wire.Read(),
            product => product.Id,
            cancellationToken
        );

    /// <summary>With its further currencies.</summary>
    public Task<StripeAnswer<StripePrice>> GetPrice(string id, CancellationToken cancellationToken)
    {
        var query = new FormWriter();
        query.Add("expand", ["currency_options"]);
        return Send(
            StripeRequest.Get("/v1/prices/{id}", id, query),
            StripeJson.Default.PriceWire,
            wire => wire.Read(),
            cancellationToken
        );
    }

    public Task<StripeAnswer<StripePrice>> CreatePrice(
        PriceParams price,
        IdempotencyKey key,
        CancellationToken cancellationToken
    ) =>
        Send(
            StripeRequest.Post("/v1/prices", id: null, key, price.Write),
            StripeJson.Default.PriceWire,
            wire => wire.Read(),
            cancellationToken
        );

    public Task<StripeAnswer<StripePrice>> UpdatePrice(
        string id,
        PriceUpdate change,
        IdempotencyKey key,
        CancellationToken cancellationToken
    ) =>
        Send(
            StripeRequest.Post("/v1/prices/{id}", id, key, change.Write),
            StripeJson.Default.PriceWire,
            wire => wire.Read(),
            cancellationToken
        );

    /// <summary>All prices of a product, archived ones too.</summary>
    public Task<StripeAnswer<IReadOnlyList<StripePrice>>> ListPricesOf(
        string productId,
        CancellationToken cancellationToken
    ) =>
        SendAll(
            "/v1/prices",
            id: null,
            query => query.Add("product", productId),
            StripeJson.Default.ListWirePriceWire,
            wire => wire.Read(),
            price => price.Id,
            cancellationToken
        );

    /// <summary>The prices that have one of these lookup keys, retired ones too, with their currencies.</summary>
    /// <param name="lookupKeys">One to <see cref="MostLookupKeys"/>.</param>
    public Task<StripeAnswer<IReadOnlyList<StripePrice>>> ListPrices(
        IReadOnlyList<string> lookupKeys,
        CancellationToken cancellationToken
    )
    {
        // none would list every price of the account
        if (lookupKeys.Count is 0 or > MostLookupKeys)
        {
            throw new ArgumentException(
                $"Prices are asked for by 1 to {MostLookupKeys} lookup keys.",
                nameof(lookupKeys)
            );
        }

        return SendAll(
            "/v1/prices",
            id: null,
            query =>
            {
                query.Add("lookup_keys", lookupKeys);
                query.Add("expand", ["data.currency_options"]);
            },
            StripeJson.Default.ListWirePriceWire,
            wire => wire.Read(),
            price => price.Id,
            cancellationToken
        );
    }
}
