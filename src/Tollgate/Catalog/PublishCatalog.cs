using Tollgate.Stripe;

namespace Tollgate.Catalog;

/// <summary>
/// Makes, or finds, at Stripe what a catalog needs: a product per paid plan with its features, its prices, the portal
/// configurations and the webhook endpoint. Twice is the same as once.
/// </summary>
internal sealed class PublishCatalog(StripeClient stripe, PlanCatalog catalog)
{
    public async Task<PublishedCatalog> RunAsync(PublishWish wish, CancellationToken cancellationToken)
    {
        var steps = new PublishSteps(wish.IsPlanOnly);
        var products = new Dictionary<string, string?>();
        var prices = new Dictionary<string, string>();
        var retired = new Dictionary<string, IReadOnlyList<string>>();
        var publish = new PublishPrice(stripe, catalog, steps);
        foreach (var plan in catalog.Plans.Where(plan => plan.Prices.Count > 0))
        {
            var product = products[plan.Id] = await FindOrMakeProductAsync(steps, plan, cancellationToken);
            foreach (var price in plan.Prices)
            {
                if (await publish.RunAsync(product, price, cancellationToken) is { } id)
                {
                    prices[price.Alias] = id;
                    retired[price.Alias] = await publish.FindRetiredAsync(product!, price, id, cancellationToken);
                }
            }
        }

        await new PublishFeatures(stripe, catalog, steps).RunAsync(products, cancellationToken);
        var portal = await new PublishPortals(stripe, catalog, steps).RunAsync(products, prices, cancellationToken);
        var secret = await new PublishEndpoint(stripe, steps).RunAsync(wish, cancellationToken);
        return new PublishedCatalog(prices, portal, secret, steps.All) { RetiredPriceIds = retired };
    }

    internal static string MetadataKey(PlanCatalog catalog) => catalog.MetadataPrefix + "_plan";

    private async Task<string?> FindOrMakeProductAsync(
        PublishSteps steps,
        Plan plan,
        CancellationToken cancellationToken
    )
    {
        var name = $"{catalog.Product} {plan.Name}";
        var what = $"product {name}";
        var key = MetadataKey(catalog);
        var products = (await stripe.ListProducts(cancellationToken)).OrThrow();
        if (products.FirstOrDefault(product => product.Metadata.GetValueOrDefault(key) == plan.Id) is { } known)
        {
            // it is known by its metadata; its name is for people
            await steps.SettleAsync(
                known.Name == name ? what : $"{what}, called {known.Name} so far",
                [new PublishFact("name", known.Name, name)],
                () =>
                    stripe.UpdateProduct(
                        known.Id,
                        new ProductUpdate { Name = name },
                        IdempotencyKey.Unrepeated(),
                        cancellationToken
                    )
            );
            return known.Id;
        }

        var made = await steps.MakeAsync(
            what,
            [new("name", name), new($"metadata.{key}", plan.Id)],
            () =>
                stripe.CreateProduct(
                    new ProductParams
                    {
                        Name = name,
                        Metadata = new Dictionary<string, string> { [key] = plan.Id },
                    },
                    PublishSteps.Key(what, plan.Id),
                    cancellationToken
                )
        );
        return made?.Id;
    }
}

/// <summary>What is to be published.</summary>
/// <param name="WebhookUrl">Where Stripe is to deliver events; null where <c>stripe listen</c> forwards them.</param>
/// <param name="EventTypes">Which events.</param>
internal sealed record PublishWish(Uri? WebhookUrl, IReadOnlyList<string> EventTypes)
{
    /// <summary>
    /// False replaces an endpoint whose signing secret is lost, as it is shown at the endpoint's creation only.
    /// </summary>
    public bool IsSecretKnown { get; init; }

    /// <summary>Only says what it would do. Default false.</summary>
    public bool IsPlanOnly { get; init; }
}

/// <summary>What the catalog is called at Stripe.</summary>
/// <param name="PriceIds">Stripe's price ids by alias.</param>
/// <param name="PortalConfigurationId">Of the monthly one; null when it is only planned.</param>
/// <param name="WebhookSecret">Null unless the endpoint was made now.</param>
/// <param name="Steps">What was found and made, in order.</param>
internal sealed record PublishedCatalog(
    IReadOnlyDictionary<string, string> PriceIds,
    string? PortalConfigurationId,
    string? WebhookSecret,
    IReadOnlyList<PublishStep> Steps
)
{
    /// <summary>Stripe's ids of the prices that subscribers may still hold, by alias.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<string>> RetiredPriceIds { get; init; } =
        new Dictionary<string, IReadOnlyList<string>>();

    /// <summary>The value of the price's setting: the id that is sold, and the retired ones after commas.</summary>
    public string PriceSetting(string alias) =>
        string.Join(',', RetiredPriceIds.GetValueOrDefault(alias, []).Prepend(PriceIds[alias]));

    /// <summary>Without the secret.</summary>
    public override string ToString() => $"{nameof(PublishedCatalog)} {{ {Steps.Count} steps }}";
}
