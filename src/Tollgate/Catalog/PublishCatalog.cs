using System.Globalization;
using Tollgate.Stripe;

namespace Tollgate.Catalog;

/// <summary>
/// Makes, or finds, at Stripe what a catalog needs: a product per paid plan with its features, its prices, the portal
/// configurations and the webhook endpoint. Twice is the same as once.
/// </summary>
public sealed class PublishCatalog(StripeClient stripe, PlanCatalog catalog)
{
    public async Task<PublishedCatalog> RunAsync(PublishWish wish, CancellationToken cancellationToken)
    {
        var steps = new PublishSteps(wish.IsPlanOnly);
        var products = new Dictionary<string, string?>();
        var prices = new Dictionary<string, string>();
        foreach (var plan in catalog.Plans.Where(plan => plan.Prices.Count > 0))
        {
            var product = products[plan.Id] = await FindOrMakeProductAsync(steps, plan, cancellationToken);
            foreach (var price in plan.Prices)
            {
                if (await FindOrMakePriceAsync(steps, product, price, cancellationToken) is { } id)
                {
                    prices[price.Alias] = id;
                }
            }
        }

        await new PublishFeatures(stripe, catalog, steps).RunAsync(products, cancellationToken);
        var portal = await new PublishPortals(stripe, catalog, steps).RunAsync(products, prices, cancellationToken);
        var secret = await new PublishEndpoint(stripe, steps).RunAsync(wish, cancellationToken);
        return new PublishedCatalog(prices, portal, secret, steps.All);
    }

    /// <summary>What a price must say where Stripe works out the taxes; null where it does not.</summary>
    internal static string? TaxBehavior(PlanCatalog catalog) =>
        catalog.Checkout.AutomaticTax switch
        {
            AutomaticTax.OnTop => "exclusive",
            AutomaticTax.Included => "inclusive",
            _ => null,
        };

    internal static string MetadataKey(PlanCatalog catalog) => catalog.MetadataPrefix + "_plan";

    private async Task<string?> FindOrMakeProductAsync(
        PublishSteps steps,
        Plan plan,
        CancellationToken cancellationToken
    )
    {
        var what = $"product {catalog.Product} {plan.Name}";
        var key = MetadataKey(catalog);
        var products = (await stripe.ListProducts(cancellationToken)).OrThrow();
        if (products.FirstOrDefault(product => product.Metadata.GetValueOrDefault(key) == plan.Id) is { } known)
        {
            steps.Found(what);
            return known.Id;
        }

        var made = await steps.MakeAsync(
            what,
            () =>
                stripe.CreateProduct(
                    new ProductParams
                    {
                        Name = $"{catalog.Product} {plan.Name}",
                        Metadata = new Dictionary<string, string> { [key] = plan.Id },
                    },
                    PublishSteps.Key(what, plan.Id),
                    cancellationToken
                )
        );
        return made?.Id;
    }

    private async Task<string?> FindOrMakePriceAsync(
        PublishSteps steps,
        string? productId,
        PlanPrice price,
        CancellationToken cancellationToken
    )
    {
        var amount = price.UnitAmount.AmountMinor.ToString(CultureInfo.InvariantCulture);
        var interval = price.Interval == BillingInterval.Year ? "year" : "month";
        var what = $"price {price.Alias}, {amount} {price.UnitAmount.Currency} a {interval}";
        var lookupKey = $"{catalog.MetadataPrefix}_{price.Alias}";
        if ((await stripe.ListPrices([lookupKey], cancellationToken)).OrThrow() is [var one, ..])
        {
            await FindOrSetTaxAsync(steps, what, one, cancellationToken);
            return one.Id;
        }

        var made = await steps.MakeAsync(
            what,
            () =>
                stripe.CreatePrice(
                    new PriceParams
                    {
                        ProductId = productId!,
                        Currency = price.UnitAmount.Currency,
                        UnitAmount = price.UnitAmount.AmountMinor,
                        Interval = interval,
                        LookupKey = lookupKey,
                        TaxBehavior = TaxBehavior(catalog),
                    },
                    PublishSteps.Key(what, lookupKey, productId!),
                    cancellationToken
                )
        );
        return made?.Id;
    }

    private async Task FindOrSetTaxAsync(
        PublishSteps steps,
        string what,
        StripePrice price,
        CancellationToken cancellationToken
    )
    {
        if (TaxBehavior(catalog) is not { } wanted || price.TaxBehavior == wanted)
        {
            steps.Found(what);
            return;
        }

        await steps.ChangeAsync(
            $"{what}, tax {wanted}",
            () =>
                stripe.UpdatePrice(
                    price.Id,
                    new PriceUpdate { TaxBehavior = wanted },
                    IdempotencyKey.Unrepeated(),
                    cancellationToken
                )
        );
    }
}

/// <summary>What is to be published.</summary>
/// <param name="WebhookUrl">Where Stripe is to deliver events.</param>
/// <param name="EventTypes">Which events.</param>
public sealed record PublishWish(Uri WebhookUrl, IReadOnlyList<string> EventTypes)
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
public sealed record PublishedCatalog(
    IReadOnlyDictionary<string, string> PriceIds,
    string? PortalConfigurationId,
    string? WebhookSecret,
    IReadOnlyList<PublishStep> Steps
)
{
    /// <summary>Without the secret.</summary>
    public override string ToString() => $"{nameof(PublishedCatalog)} {{ {Steps.Count} steps }}";
}
