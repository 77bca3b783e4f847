using Tollgate.Catalog;

namespace Tollgate.Commands.Catalogs;

/// <summary>The features of an account at Stripe by the names that a catalog may give them. Pure.</summary>
internal sealed class PullFeatures
{
    private readonly StripeContents stripe;

    public PullFeatures(StripeContents stripe, string key)
    {
        this.stripe = stripe;
        var all = stripe.Features.Values.SelectMany(keys => keys).Distinct(StringComparer.Ordinal).ToList();
        var ours = key + "_";
        Prefix = all.Count == 0 || all.TrueForAll(name => name.StartsWith(ours, StringComparison.Ordinal)) ? ours : "";
        Skipped =
        [
            .. from name in all
            where !CatalogKey.IsOne(IdOf(name))
            select new Skipped($"feature {name}", "has a lookup key that is not in snake case"),
        ];
    }

    /// <summary>The key's, where all of them begin with it.</summary>
    public string Prefix { get; }

    public IReadOnlyList<Skipped> Skipped { get; }

    /// <summary>Those that a product grants, the first attached first.</summary>
    public IReadOnlyList<string> Of(string product) =>
        [.. stripe.Features.GetValueOrDefault(product, []).Reverse().Select(IdOf).Where(CatalogKey.IsOne)];

    private string IdOf(string lookupKey) => lookupKey[Prefix.Length..];
}
