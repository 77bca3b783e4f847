namespace Tollgate.Catalog;

/// <summary>
/// What a product sells, declared once in code and checked at the start. Plans stand in ascending order. One of them
/// may be free: it has no price, stands first, and is what an account has when nothing else holds. Without a free plan
/// such an account has no plan.
/// </summary>
public sealed class PlanCatalog
{
    private readonly Dictionary<string, Plan> plans = [];
    private readonly Dictionary<string, Meter> meters = [];

    /// <summary>Takes what is declared; whether it holds together is checked when the product starts.</summary>
    /// <param name="product">Name of the product, as shown to people: <c>Hydra</c>.</param>
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
        Free = plans.FirstOrDefault(plan => plan.Prices.Count == 0 && !plan.IsOffStripe);
        foreach (var plan in plans)
        {
            this.plans.TryAdd(plan.Id, plan);
        }

        foreach (var meter in meters)
        {
            this.meters.TryAdd(meter.Id, meter);
        }
    }

    /// <summary>
    /// Name of the product, before the plan's name at Stripe: <c>Hydra</c> makes "Hydra Team". It may change.
    /// </summary>
    public string Product { get; }

    /// <summary>
    /// What the product is known by at Stripe, never renamed: <c>hydra</c> makes <c>hydra_tenant_id</c>. Snake case.
    /// Default: <see cref="Product"/> in lower case. Declare it before the product is renamed.
    /// </summary>
    public string Key
    {
        get => field ?? CatalogKey.Of(Product);
        init;
    }

    /// <summary>
    /// Before the lookup key of each feature at Stripe, so that two products in one Stripe account do not share them.
    /// Default: the <see cref="Key"/> and an underscore. Empty for a product whose features bear their own names.
    /// </summary>
    public string FeaturePrefix
    {
        get => field ?? Key + "_";
        init;
    }

    /// <summary>In ascending order, as they are shown.</summary>
    public IReadOnlyList<Plan> Plans { get; }

    public IReadOnlyList<Meter> Meters { get; }

    /// <summary>The id of each that a plan may have.</summary>
    public IReadOnlyList<string> Features { get; }

    /// <summary>The plan without a price; null where everything costs something.</summary>
    public Plan? Free { get; }

    /// <summary>What an account has without a subscription: the free plan, or none.</summary>
    public Plan WithoutSubscription => Free ?? Catalog.Plan.None;

    /// <summary>What is sold in; the first is for whoever asks for none. Empty where nothing is sold.</summary>
    public IReadOnlyList<string> Currencies =>
        Plans.SelectMany(plan => plan.Prices).FirstOrDefault() is { } price
            ? [.. price.Amounts.Select(amount => amount.Currency)]
            : [];

    /// <summary>Least and most seats that can be bought. Default: (1, 1), which sells no seats.</summary>
    public (int Least, int Most) Seats { get; init; } = (1, 1);

    /// <summary>Who sits on a seat: <c>developer</c>. Default: member.</summary>
    public Noun SeatHolder { get; init; } =
        new("member", "members") { In = new Dictionary<string, Noun> { ["de"] = new("Mitglied", "Mitglieder") } };

    /// <summary>
    /// Another name under which a reached limit names its meter, beside <c>meter</c>: <c>workflow_type</c>.
    /// </summary>
    public string? MeterMember { get; init; }

    /// <summary>What is sold beside the plans. Default: nothing that has a name here.</summary>
    public IReadOnlyList<AddOn> AddOns { get; init; } = [];

    /// <summary>What Stripe's page offers and asks for. Default: nothing but a card.</summary>
    public CheckoutTerms Checkout { get; init; } = new();

    /// <summary>
    /// What becomes of access on a refund or dispute. Null: nothing, and no webhook is received; reconciles show it.
    /// </summary>
    public RefundAndDisputeTerms? RefundsAndDisputes { get; init; }

    /// <summary>
    /// How Stripe bills the subscriptions that Checkout makes; those that there are keep theirs. Default classic.
    /// </summary>
    public BillingMode BillingMode { get; init; } = BillingMode.Classic;

    /// <summary>
    /// A higher monthly plan is invoiced at once, and opens when that is paid. Default false: it opens at once, and the
    /// next invoice charges the difference. Yearly changes are invoiced at once in any case.
    /// </summary>
    public bool UpgradeNeedsMoney { get; init; }

    /// <summary>
    /// Subscriptions of a customer that hold none of the catalog's prices are another business of the host's: they give
    /// no plan, stand in no purchase's way, and raise no alert. Default false: such a one raises an alert, as it may be
    /// a plan that somebody sold at Stripe by hand.
    /// </summary>
    public bool IgnoresOtherSubscriptions { get; init; }

    /// <summary>How long access goes on after a failed renewal. Default 7 days.</summary>
    public TimeSpan Grace { get; init; } = TimeSpan.FromDays(7);

    /// <summary>What is left when the grace is over. Default: the free plan's limits.</summary>
    public AfterGrace AfterGrace { get; init; } = AfterGrace.FreeLimits;

    /// <summary>
    /// Prefix of the metadata keys that we write at Stripe: <c>hydra</c> makes <c>hydra_tenant_id</c>.
    /// </summary>
    public string MetadataPrefix => Key;

    /// <summary>Metadata key under which every object that is ours at Stripe names its account.</summary>
    internal string TenantKey => $"{MetadataPrefix}_tenant_id";

    /// <summary>By its id.</summary>
    /// <exception cref="KeyNotFoundException">No such plan.</exception>
    public Plan Plan(string id) => plans[id];

    /// <summary>The plan that a row says; <see cref="WithoutSubscription"/> where it says none.</summary>
    /// <exception cref="KeyNotFoundException">No such plan.</exception>
    public Plan PlanOrNone(string? id) => id is null || id == WithoutSubscription.Id ? WithoutSubscription : plans[id];

    public PlanKind KindOf(Plan plan) =>
        plan.IsNone ? PlanKind.None
        : plan == Free ? PlanKind.Free
        : PlanKind.Paid;

    /// <summary>By an item's price; null when the catalog does not name it.</summary>
    public AddOn? FindAddOn(string priceId, string? lookupKey) =>
        AddOns.FirstOrDefault(one =>
            one.Prices.Contains(priceId) || (lookupKey is not null && one.Prices.Contains(lookupKey))
        );

    /// <summary>Whether a plan stands above another.</summary>
    internal bool IsAbove(Plan plan, Plan other) => PlaceOf(plan) > PlaceOf(other);

    private int PlaceOf(Plan plan) => Plans.Index().First(known => known.Item.Id == plan.Id).Index;

    /// <summary>By its id.</summary>
    /// <exception cref="KeyNotFoundException">No such meter.</exception>
    public Meter Meter(string id) => meters[id];

    public bool HasMeter(string id) => meters.ContainsKey(id);

    /// <summary>
    /// What may be used of a meter without a subscription: what the free plan allows, null where it does not limit it,
    /// 0 where there is no free plan.
    /// </summary>
    public int? FreeLimit(Meter meter) =>
        Free is null ? 0
        : Free.Limits.TryGetValue(meter.Id, out var limit) ? limit
        : null;

    /// <summary>The first plan that is sold and allows more of a meter than that; null where none does.</summary>
    public Plan? FindWithMore(Meter meter, int limit) =>
        Plans.FirstOrDefault(plan =>
            KindOf(plan) == PlanKind.Paid && !(plan.Limits.TryGetValue(meter.Id, out var allowed) && allowed <= limit)
        );

    /// <summary>What is wrong with it, a sentence each that says where; empty is how it should be.</summary>
    public IReadOnlyList<string> FindFaults() => [.. CatalogFaults.Of(this).Select(fault => fault.Text)];

    /// <summary>The lookup key of a feature at Stripe.</summary>
    internal string FeatureKey(string feature) => FeaturePrefix + feature;

    /// <summary>The catalog's name of a feature of Stripe's; null of one that is not ours.</summary>
    internal string? FeatureOf(string lookupKey) =>
        lookupKey.StartsWith(FeaturePrefix, StringComparison.Ordinal) ? lookupKey[FeaturePrefix.Length..] : null;
}
