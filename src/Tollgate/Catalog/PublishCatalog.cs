using System.Globalization;
using Tollgate.Stripe;

namespace Tollgate.Catalog;

/// <summary>
/// Makes, or finds, at Stripe what a catalog needs: a product per paid plan, its prices, the portal configuration and
/// the webhook endpoint. Twice is the same as once.
/// </summary>
public sealed class PublishCatalog(StripeClient stripe, PlanCatalog catalog)
{
    /// <param name="webhookUrl">Where Stripe is to deliver events.</param>
    /// <param name="eventTypes">Which events.</param>
    /// <param name="hasSecret">True when the endpoint's signing secret is still known from its creation.</param>
    public async Task<PublishedCatalog> RunAsync(
        Uri webhookUrl,
        IReadOnlyList<string> eventTypes,
        bool hasSecret,
        CancellationToken cancellationToken
    )
    {
        var prices = new Dictionary<string, string>();
        foreach (var plan in catalog.Plans.Where(plan => plan.Prices.Count > 0))
        {
            var product = await FindOrCreateProductAsync(plan, cancellationToken);
            foreach (var price in plan.Prices)
            {
                prices[price.Alias] = await FindOrCreatePriceAsync(product, price, cancellationToken);
            }
        }

        var portal = await FindOrCreatePortalAsync(cancellationToken);
        var secret = await FindOrCreateEndpointAsync(webhookUrl, eventTypes, hasSecret, cancellationToken);
        return new PublishedCatalog(prices, portal, secret);
    }

    private string MetadataKey => catalog.MetadataPrefix + "_plan";

    private async Task<string> FindOrCreateProductAsync(Plan plan, CancellationToken cancellationToken)
    {
        var products = (await stripe.ListProducts(cancellationToken)).OrThrow();
        if (products.FirstOrDefault(product => product.Metadata.GetValueOrDefault(MetadataKey) == plan.Id) is { } known)
        {
            return known.Id;
        }

        var made = await stripe.CreateProduct(
            new ProductParams
            {
                Name = $"{catalog.Product} {plan.Name}",
                Metadata = new Dictionary<string, string> { [MetadataKey] = plan.Id },
            },
            Key("product", plan.Id),
            cancellationToken
        );
        return made.OrThrow().Id;
    }

    private async Task<string> FindOrCreatePriceAsync(
        string productId,
        PlanPrice price,
        CancellationToken cancellationToken
    )
    {
        var lookupKey = $"{catalog.MetadataPrefix}_{price.Alias}";
        var known = (await stripe.ListPrices([lookupKey], cancellationToken)).OrThrow();
        if (known is [var one, ..])
        {
            return one.Id;
        }

        var made = await stripe.CreatePrice(
            new PriceParams
            {
                ProductId = productId,
                Currency = price.UnitAmount.Currency,
                UnitAmount = price.UnitAmount.AmountMinor,
                Interval = price.Interval == BillingInterval.Year ? "year" : "month",
                LookupKey = lookupKey,
            },
            Key("price", price.Alias, price.UnitAmount.AmountMinor.ToString(CultureInfo.InvariantCulture)),
            cancellationToken
        );
        return made.OrThrow().Id;
    }

    private async Task<string> FindOrCreatePortalAsync(CancellationToken cancellationToken)
    {
        var known = (await stripe.ListPortalConfigurations(cancellationToken)).OrThrow();
        if (known.FirstOrDefault(portal => portal.Metadata.GetValueOrDefault(MetadataKey) == "portal") is { } one)
        {
            return one.Id;
        }

        var made = await stripe.CreatePortalConfiguration(
            new PortalConfigurationParams
            {
                Cancellation = new PortalCancellation(),
                Metadata = new Dictionary<string, string> { [MetadataKey] = "portal" },
            },
            Key("portal"),
            cancellationToken
        );
        return made.OrThrow().Id;
    }

    // The secret exists only in the answer that made the endpoint: one whose secret is lost is replaced.
    private async Task<string?> FindOrCreateEndpointAsync(
        Uri url,
        IReadOnlyList<string> eventTypes,
        bool hasSecret,
        CancellationToken cancellationToken
    )
    {
        var known = (await stripe.ListWebhookEndpoints(cancellationToken)).OrThrow();
        var ours = known.Where(endpoint => endpoint.Url == url.AbsoluteUri).ToList();
        if (ours.Count > 0 && hasSecret)
        {
            return null;
        }

        foreach (var endpoint in ours)
        {
            (await stripe.DeleteWebhookEndpoint(endpoint.Id, cancellationToken)).OrThrow();
        }

        var made = await stripe.CreateWebhookEndpoint(
            new WebhookEndpointParams { Url = url, EnabledEvents = eventTypes },
            new IdempotencyKey("endpoint-" + Guid.NewGuid().ToString("N")),
            cancellationToken
        );
        return made.OrThrow().Secret
            ?? throw new InvalidOperationException("Stripe made a webhook endpoint without showing its secret.");
    }

    private IdempotencyKey Key(params string[] parts) =>
        new($"{catalog.MetadataPrefix}-publish-{string.Join('-', parts)}");
}

/// <summary>What the catalog is called at Stripe.</summary>
/// <param name="PriceIds">Stripe's price ids by alias.</param>
/// <param name="WebhookSecret">Null when the endpoint existed and its secret is known.</param>
public sealed record PublishedCatalog(
    IReadOnlyDictionary<string, string> PriceIds,
    string PortalConfigurationId,
    string? WebhookSecret
);
