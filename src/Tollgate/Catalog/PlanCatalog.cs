namespace Tollgate.Catalog;

/// <summary>
/// What a product sells, declared once in code and checked when it is made. Plans stand in ascending order; the first
/// is the free one, which an account has when nothing else holds.
/// </summary>
public sealed class PlanCatalog
{
    private readonly Dictionary<string, Plan> plans;
    private readonly Dictionary<string, Meter> meters;

    /// <exception cref="ArgumentException">The catalog contradicts itself; the message says where.</exception>
    public PlanCatalog(
        string product,
        IReadOnlyList<Plan> plans,
        IReadOnlyList<Meter> meters,
        IReadOnlyList<string> features
    )
    {
        Product = product;
        Plans = plans;
        Meters = meters;
        Features = features;
        this.plans = plans.ToDictionary(plan => plan.Id);
        this.meters = meters.ToDictionary(meter => meter.Id);
        foreach (var complaint in Complaints())
        {
            throw new ArgumentException(complaint, nameof(plans));
        }
    }

    /// <summary>Name of the product, before the plan's name at Stripe: <c>Hydra</c> makes "Hydra Team".</summary>
    public string Product { get; }

    public IReadOnlyList<Plan> Plans { get; }

    public IReadOnlyList<Meter> Meters { get; }

    public IReadOnlyList<string> Features { get; }

    public Plan Free => Plans[0];

    /// <summary>What is sold in; the first is for whoever asks for none. Empty where nothing is sold.</summary>
    public IReadOnlyList<string> Currencies =>
        Plans.SelectMany(plan => plan.Prices).FirstOrDefault() is { } price
            ? [.. price.Amounts.Select(amount => amount.Currency)]
            : [];

    /// <summary>Least and most seats that can be bought.</summary>
    public (int Least, int Most) Seats { get; init; } = (1, 500);

    /// <summary>What is sold beside the plans. Default: nothing that has a name here.</summary>
    public IReadOnlyList<AddOn> AddOns { get; init; } = [];

    /// <summary>What Stripe's page offers and asks for. Default: nothing but a card.</summary>
    public CheckoutTerms Checkout { get; init; } = new();

    /// <summary>
    /// What becomes of access when money goes back. Null: nothing, and no webhook tells of it; reconciles show it.
    /// </summary>
    public ReversalTerms? Reversals { get; init; }

    /// <summary>
    /// How Stripe bills the subscriptions that Checkout makes; those that there are keep theirs. Default classic.
    /// </summary>
    public BillingMode BillingMode { get; init; } = BillingMode.Classic;

    /// <summary>
    /// A higher monthly plan is invoiced at once, and opens when that is paid. Default false: it opens at once, and the
    /// next invoice charges the difference. Yearly changes are invoiced at once in any case.
    /// </summary>
    public bool UpgradeNeedsMoney { get; init; }

    /// <summary>How long access goes on after a failed renewal. Default 7 days.</summary>
    public TimeSpan Grace { get; init; } = TimeSpan.FromDays(7);

    /// <summary>What is left when the grace is over. Default: the free plan's limits.</summary>
    public AfterGrace AfterGrace { get; init; } = AfterGrace.FreeLimits;

    /// <summary>
    /// Prefix of the metadata keys that we write at Stripe: <c>hydra</c> makes <c>hydra_tenant_id</c>.
    /// </summary>
    public string MetadataPrefix => Product.ToLowerInvariant();

    /// <exception cref="KeyNotFoundException">No such plan.</exception>
    public Plan Plan(string id) => plans[id];

    /// <summary>By an item's price; null when the catalog does not name it.</summary>
    public AddOn? FindAddOn(string priceId, string? lookupKey) =>
        AddOns.FirstOrDefault(one =>
            one.Prices.Contains(priceId) || (lookupKey is not null && one.Prices.Contains(lookupKey))
        );

    /// <summary>Whether a plan stands above another.</summary>
    internal bool IsAbove(Plan plan, Plan other) => PlaceOf(plan) > PlaceOf(other);

    private int PlaceOf(Plan plan) => Plans.Index().First(known => known.Item.Id == plan.Id).Index;

    /// <exception cref="KeyNotFoundException">No such meter.</exception>
    public Meter Meter(string id) => meters[id];

    public bool HasMeter(string id) => meters.ContainsKey(id);

    /// <summary>What the free plan allows of a meter; null where it does not limit it.</summary>
    public int? FreeLimit(Meter meter) => Free.Limits.TryGetValue(meter.Id, out var limit) ? limit : null;

    private IEnumerable<string> ComplaintsOfCurrencies()
    {
        foreach (var price in Plans.SelectMany(plan => plan.Prices))
        {
            var currencies = price.Amounts.Select(amount => amount.Currency).ToList();
            if (currencies.Find(currency => !CurrencyTable.Knows(currency)) is { } odd)
            {
                yield return $"Price {price.Alias} is in {odd}, which is no currency of Stripe's, in lower case.";
            }

            foreach (var amount in price.Amounts.Where(one => one.AmountMinor % CurrencyTable.Step(one.Currency) != 0))
            {
                var step = amount with { AmountMinor = CurrencyTable.Step(amount.Currency) };
                yield return $"Price {price.Alias} is {amount.ToText()}; what Stripe charges is a multiple of {
                    step.ToText()}.";
            }

            if (currencies.Distinct().Count() < currencies.Count)
            {
                yield return $"Price {price.Alias} names a currency twice.";
            }

            if (price.UnitAmount.Currency != Currencies[0] || !Currencies.ToHashSet().SetEquals(currencies))
            {
                yield return $"Price {price.Alias} is in {string.Join(", ", currencies)}; the first price of the "
                    + $"catalog is in {string.Join(", ", Currencies)}.";
            }
        }
    }

    private IEnumerable<string> Complaints()
    {
        if (Free.Prices.Count > 0)
        {
            yield return $"The first plan is the free one, but {Free.Id} has prices.";
        }

        foreach (var plan in Plans)
        {
            foreach (var feature in plan.Features.Except(Features))
            {
                yield return $"Plan {plan.Id} grants {feature}, which is not a declared feature.";
            }

            if (plan.Trial is { } trial && (trial.Days is < 1 or > 730 || plan.Prices.Count == 0))
            {
                yield return $"Plan {plan.Id} has a trial, which takes 1 to 730 days and a price.";
            }

            foreach (var meter in plan.Limits.Keys.Where(meter => !HasMeter(meter)))
            {
                yield return $"Plan {plan.Id} limits {meter}, which is not a declared meter.";
            }
        }

        foreach (var complaint in ComplaintsOfCurrencies())
        {
            yield return complaint;
        }

        foreach (
            var alias in Plans.SelectMany(plan => plan.Prices).GroupBy(price => price.Alias).Where(g => g.Count() > 1)
        )
        {
            yield return $"Price {alias.Key} is declared twice.";
        }

        foreach (
            var group in Meters.GroupBy(meter => meter.WindowGroup).Where(g => g.DistinctBy(m => m.Window).Count() > 1)
        )
        {
            yield return $"The meters of window group {group.Key} have windows of different length.";
        }
    }
}
