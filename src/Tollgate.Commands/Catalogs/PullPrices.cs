using System.Globalization;
using Tollgate.Stripe;

namespace Tollgate.Commands.Catalogs;

/// <summary>
/// Which prices of an account at Stripe a catalog can have: of each product one by the month and one by the year, all
/// in the same currencies. Pure.
/// </summary>
internal sealed class PullPrices
{
    private readonly StripeContents stripe;
    private readonly List<string> also;

    /// <param name="skipped">Takes what it leaves out, with the reason.</param>
    public PullPrices(StripeContents stripe, List<Skipped> skipped)
    {
        this.stripe = stripe;
        var active = stripe.Products.Where(product => product.Active).Select(product => product.Id).ToHashSet();
        var open = stripe.Prices.Where(price => price.Active && active.Contains(price.ProductId)).ToList();
        var usable = open.Where(price => Reason(price) is null).ToList();
        var currency = usable.CountBy(price => price.Currency).OrderByDescending(count => count.Value).FirstOrDefault();
        // what has a lookup key is meant to be found, and of two the newer one
        Sold = usable
            .Where(price => price.Currency == currency.Key)
            .GroupBy(price => (price.ProductId, price.Interval))
            .Select(same => same.FirstOrDefault(price => price.LookupKey is not null) ?? same.First())
            .GroupBy(price => price.ProductId)
            .ToDictionary(of => of.Key, of => of.ToList());
        var chosen = Sold.Values.SelectMany(prices => prices).ToList();
        also = CommonOf(chosen, currency.Key);
        foreach (var price in open.Except(chosen))
        {
            skipped.Add(new Skipped(Shown(price), Reason(price) ?? Beside(price, currency.Key)));
        }

        skipped.AddRange(
            from price in stripe.Prices
            where !price.Active && active.Contains(price.ProductId) && Reason(price) is null
            where !chosen.Exists(one => one.ProductId == price.ProductId && one.Interval == price.Interval)
            select new Skipped(Shown(price), $"is archived, and there is no other by the {price.Interval}")
        );
        skipped.AddRange(
            from price in chosen
            from option in price.CurrencyOptions.Keys
            where option != price.Currency && !also.Contains(option)
            select new Skipped(
                $"{price.Id} in {option}",
                "is a currency that not every price has, in whole minor units"
            )
        );
    }

    /// <summary>By product.</summary>
    public IReadOnlyDictionary<string, List<StripePrice>> Sold { get; }

    /// <summary>What it costs in a month, to be put in order.</summary>
    public static decimal AMonth(StripePrice price) => price.UnitAmount!.Value / (price.Interval == "year" ? 12m : 1m);

    public IReadOnlyList<Money> AlsoOf(StripePrice price) =>
        [.. also.Select(code => new Money(price.CurrencyOptions[code].UnitAmount!.Value, code))];

    /// <summary>
    /// The others of the same product and interval, which somebody may hold; set-up finds by itself what is marked as
    /// ours.
    /// </summary>
    public IEnumerable<string> FormerOf(StripePrice sold, string key) =>
        from price in stripe.Prices
        where price.ProductId == sold.ProductId && price.Interval == sold.Interval && price.Id != sold.Id
        where price.IntervalCount is 1 or null && price.UsageType != "metered"
        where !price.Metadata.ContainsKey(key + "_price")
        select price.Id;

    private static List<string> CommonOf(IReadOnlyList<StripePrice> chosen, string currency) =>
        chosen.Count == 0
            ? []
            : chosen
                .Select(price =>
                    price
                        .CurrencyOptions.Where(option => option.Value.UnitAmount is not null)
                        .Select(option => option.Key)
                        .Where(code => code != currency && CurrencyTable.Knows(code))
                )
                .Aggregate((common, next) => common.Intersect(next))
                .ToList();

    private static string? Reason(StripePrice price) =>
        price.Interval is null ? "is paid once"
        : price.Interval is not ("month" or "year") || price.IntervalCount is not (1 or null)
            ? string.Create(CultureInfo.InvariantCulture, $"is paid every {price.IntervalCount} {price.Interval}")
        : price.UsageType == "metered" ? "is paid by use that is reported to Stripe"
        : price.UnitAmount is null ? "has tiers, or a fraction of the minor unit"
        : CurrencyTable.Knows(price.Currency) ? null
        : $"is in {price.Currency}, which is not known";

    private static string Beside(StripePrice price, string currency) =>
        price.Currency == currency
            ? $"is another one by the {price.Interval}; whoever holds it keeps the plan"
            : $"is in {price.Currency}, and most are in {currency}; whoever holds it keeps the plan";

    private string Shown(StripePrice price) =>
        $"{price.Id} of {PullText.Line(stripe.Products.First(product => product.Id == price.ProductId).Name)}";
}
