using Tollgate.Stripe;

namespace Tollgate.Catalog;

/// <summary>One entitlement feature per feature of the catalog, attached to the products that grant it.</summary>
internal sealed class PublishFeatures(StripeClient stripe, PlanCatalog catalog, PublishSteps steps)
{
    public async Task RunAsync(IReadOnlyDictionary<string, string?> products, CancellationToken cancellationToken)
    {
        var sold = catalog.Plans.Where(plan => products.ContainsKey(plan.Id)).ToList();
        var known = (await stripe.ListFeatures(cancellationToken)).OrThrow().ToDictionary(feature => feature.LookupKey);
        var ids = new Dictionary<string, string?>();
        foreach (var name in sold.SelectMany(plan => plan.Features).Distinct(StringComparer.Ordinal))
        {
            ids[name] = await FindOrMakeAsync(
                known.GetValueOrDefault(catalog.FeatureKey(name)),
                name,
                cancellationToken
            );
        }

        foreach (var plan in sold)
        {
            var product = products[plan.Id];
            var attached = product is null
                ? []
                : (await stripe.ListProductFeatures(product, cancellationToken)).OrThrow();
            foreach (var name in plan.Features)
            {
                await AttachAsync(plan, product, name, ids[name], attached, cancellationToken);
            }
        }
    }

    private async Task<string?> FindOrMakeAsync(StripeFeature? known, string name, CancellationToken cancellationToken)
    {
        var what = $"feature {name}";
        if (known is not null)
        {
            steps.Found(what);
            return known.Id;
        }

        var made = await steps.MakeAsync(
            what,
            [new("lookup_key", catalog.FeatureKey(name)), new("name", name)],
            () =>
                stripe.CreateFeature(
                    new FeatureParams(catalog.FeatureKey(name), name),
                    PublishSteps.Key(what, catalog.FeatureKey(name)),
                    cancellationToken
                )
        );
        return made?.Id;
    }

    private async Task AttachAsync(
        Plan plan,
        string? product,
        string name,
        string? feature,
        IReadOnlyList<StripeProductFeature> attached,
        CancellationToken cancellationToken
    )
    {
        var what = $"{plan.Name} grants {name}";
        if (attached.Any(one => one.Feature.LookupKey == catalog.FeatureKey(name)))
        {
            steps.Found(what);
            return;
        }

        await steps.MakeAsync(
            what,
            [new("features", catalog.FeatureKey(name))],
            () =>
                stripe.AttachFeature(product!, feature!, PublishSteps.Key(what, product!, feature!), cancellationToken)
        );
    }
}
