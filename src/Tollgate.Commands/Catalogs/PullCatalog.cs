using System.Text.RegularExpressions;
using Tollgate.Catalog;
using Tollgate.Stripe;

namespace Tollgate.Commands.Catalogs;

/// <summary>
/// The catalog that an account at Stripe means, as far as Stripe knows it: what is sold by the month and by the year,
/// in which currencies, and what it grants. Pure.
/// </summary>
internal sealed class PullCatalog
{
    private readonly StripeContents stripe;
    private readonly string product;
    private readonly string key;
    private readonly PullFeatures features;
    private readonly PullPrices prices;
    private readonly HashSet<string> planIds = [Plan.None.Id];
    private readonly HashSet<string> aliases = [];
    private readonly List<Skipped> skipped = [];

    private PullCatalog(StripeContents stripe, string product, string hostKey)
    {
        this.stripe = stripe;
        this.product = product;
        key = KeyOf(stripe, hostKey);
        features = new PullFeatures(stripe, key);
        prices = new PullPrices(stripe, skipped);
    }

    /// <param name="product">What the product is called.</param>
    /// <param name="hostKey">What it is known by where nothing at Stripe bears a key of ours.</param>
    public static PulledCatalog Of(StripeContents stripe, string product, string hostKey) =>
        new PullCatalog(stripe, product, hostKey).Run();

    private PulledCatalog Run()
    {
        var plans = stripe
            .Products.Where(one => one.Active && prices.Sold.ContainsKey(one.Id))
            .OrderBy(one => prices.Sold[one.Id].Min(PullPrices.AMonth))
            .ThenBy(one => one.Name, StringComparer.Ordinal)
            .Select(PlanOf)
            .ToList();
        skipped.AddRange(
            from one in stripe.Products
            where one.Active && !prices.Sold.ContainsKey(one.Id)
            select new Skipped($"{one.Id} ({PullText.Line(one.Name)})", "has no price by the month or by the year")
        );
        var monthly = stripe.Portals.FirstOrDefault(portal =>
            portal.Active && portal.Metadata.GetValueOrDefault(key + "_plan") == "portal"
        );
        var catalog = new PlanCatalog(product, plans, [], CatalogReading.FeaturesOf(plans))
        {
            Key = key,
            FeaturePrefix = features.Prefix,
            // of a portal of ours: it offers seats where they are sold
            Seats = monthly?.Features.AllowedUpdates.Contains("quantity") == false ? (1, 1) : (1, 500),
            UpgradeNeedsMoney = monthly?.Features.UpdateProrationBehavior == "always_invoice",
        };
        return new PulledCatalog(catalog, [.. skipped, .. features.Skipped]);
    }

    private Plan PlanOf(StripeProduct from)
    {
        var name = PullText.Line(from.Name);
        if (name.StartsWith(product + " ", StringComparison.Ordinal))
        {
            name = name[(product.Length + 1)..];
        }

        var marked = from.Metadata.GetValueOrDefault(key + "_plan");
        var id = PullText.Free(planIds, marked is not null ? PullText.Id(marked, "plan") : PullText.Id(name, "plan"));
        return new Plan(id, name)
        {
            Prices = [.. prices.Sold[from.Id].OrderBy(price => price.Interval).Select(price => PriceOf(id, price))],
            Features = features.Of(from.Id),
            Highlights = [.. from.MarketingFeatures.Select(PullText.Line)],
        };
    }

    private PlanPrice PriceOf(string plan, StripePrice from)
    {
        var interval = from.Interval == "year" ? BillingInterval.Year : BillingInterval.Month;
        var own = interval == BillingInterval.Year ? $"{plan}_yearly" : $"{plan}_monthly";
        var lookup =
            from.LookupKey is { } given && given.StartsWith(key + "_", StringComparison.Ordinal)
                ? given[(key.Length + 1)..]
                : from.LookupKey;
        var alias = PullText.Free(
            aliases,
            PullText.Id(from.Metadata.GetValueOrDefault(key + "_price") ?? lookup ?? own, own)
        );
        IEnumerable<string> itself = from.LookupKey == $"{key}_{alias}" ? [] : [from.Id];
        return new PlanPrice(alias, interval, new Money(from.UnitAmount!.Value, from.Currency))
        {
            Also = prices.AlsoOf(from),
            // set-up makes a price of its own in place of one without our lookup key; whoever holds it keeps the plan
            Former = [.. itself, .. prices.FormerOf(from, key)],
        };
    }

    /// <summary>The one that set-up has marked products and prices with, where it is one; else the host's.</summary>
    private static string KeyOf(StripeContents stripe, string hostKey)
    {
        var known = Marks(stripe.Products.Select(one => one.Metadata), "_plan")
            .Intersect(Marks(stripe.Prices.Select(one => one.Metadata), "_price"))
            .ToList();
        return known is [var only] ? only : hostKey;
    }

    private static IEnumerable<string> Marks(IEnumerable<IReadOnlyDictionary<string, string>> metadata, string end) =>
        metadata
            .SelectMany(one => one.Keys)
            .Where(name => name.EndsWith(end, StringComparison.Ordinal))
            .Select(name => name[..^end.Length])
            .Where(CatalogKey.IsOne);
}

/// <summary>What became of an account at Stripe.</summary>
internal sealed record PulledCatalog(PlanCatalog Catalog, IReadOnlyList<Skipped> Skipped);

/// <summary>What of an account at Stripe no catalog says.</summary>
/// <param name="What">Its id, and its name where it has one.</param>
internal sealed record Skipped(string What, string Reason);

/// <summary>Texts of Stripe's as a catalog can have them. Pure.</summary>
internal static partial class PullText
{
    /// <summary>In one line.</summary>
    public static string Line(string text) => Blank().Replace(text, " ").Trim();

    /// <summary>In snake case: <c>Team (new)</c> is <c>team_new</c>; the other where nothing of it is left.</summary>
    public static string Id(string text, string other) =>
        CatalogKey.Of(text) is var id && CatalogKey.IsOne(id) ? id
        : CatalogKey.IsOne($"{other}_{id}") ? $"{other}_{id}"
        : other;

    /// <summary>The first of <c>team</c>, <c>team_2</c>, ... that is not taken, and takes it.</summary>
    public static string Free(HashSet<string> taken, string id)
    {
        var free = id;
        for (var count = 2; !taken.Add(free); count++)
        {
            free = $"{id}_{count}";
        }

        return free;
    }

    [GeneratedRegex(@"[\s\p{C}]+", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Blank();
}
