namespace Tollgate.Catalog;

/// <summary>A plan of the catalog: what it costs, what it grants, what it limits.</summary>
/// <param name="Id">The tier as everyone says it: <c>free</c>, <c>team</c>. Snake case, never renamed.</param>
/// <param name="Name">As shown to people: <c>Team</c>.</param>
public sealed record Plan(string Id, string Name)
{
    /// <summary>Empty for the free plan and for plans that are sold off Stripe.</summary>
    public IReadOnlyList<PlanPrice> Prices { get; init; } = [];

    /// <summary>Names of the granted features; each must be declared in the catalog.</summary>
    public IReadOnlyList<string> Features { get; init; } = [];

    /// <summary>Units a meter allows in one window, by meter id. A meter that is not named is unlimited.</summary>
    public IReadOnlyDictionary<string, int> Limits { get; init; } = new Dictionary<string, int>();

    /// <summary>Days for nothing at the beginning; null for none.</summary>
    public PlanTrial? Trial { get; init; }

    /// <summary>Short lines for the plan table. Default: its limits and its features.</summary>
    public IReadOnlyList<string> Highlights { get; init; } = [];

    /// <summary>Sold by people, never through Checkout (Enterprise).</summary>
    public bool IsOffStripe { get; init; }

    /// <summary>
    /// What an account is on that has no subscription, where the catalog has no free plan: no plan at all, which grants
    /// nothing.
    /// </summary>
    public static Plan None { get; } = new("none", "No plan");

    /// <summary>True of <see cref="None"/>.</summary>
    public bool IsNone => ReferenceEquals(this, None);
}

/// <summary>Whether an account has a plan, and pays for it.</summary>
public enum PlanKind
{
    /// <summary>No plan at all.</summary>
    None,

    /// <summary>The plan without a price.</summary>
    Free,

    /// <summary>A plan that is sold, by Stripe or by people.</summary>
    Paid,
}

/// <summary>One way to pay for a plan, per seat and interval.</summary>
/// <param name="Alias">
/// Our name of the price: <c>team_monthly</c>. Also the lookup key at Stripe and, as
/// <c>STRIPE_TEAM_MONTHLY_PRICE_ID</c>, the setting that holds its Stripe id.
/// </param>
public sealed record PlanPrice(string Alias, BillingInterval Interval, Money UnitAmount)
{
    /// <summary>
    /// What it costs in further currencies; <see cref="UnitAmount"/> is in the one that is shown to whoever asks for
    /// none. Each price of a catalog is in the same ones.
    /// </summary>
    public IReadOnlyList<Money> Also { get; init; } = [];

    /// <summary>Null in a currency that it is not sold in.</summary>
    public Money? In(string currency) =>
        Amounts.Cast<Money?>().FirstOrDefault(amount => amount!.Value.Currency == currency);

    internal IEnumerable<Money> Amounts => Also.Prepend(UnitAmount);

    /// <summary>
    /// What it was called at Stripe before, and is no longer sold as: ids (<c>price_...</c>), or lookup keys, which the
    /// set-up looks up. Whoever holds one of them keeps the plan at the old price.
    /// </summary>
    public IReadOnlyList<string> Former { get; init; } = [];

    /// <summary>Those that are ids, and known without asking.</summary>
    internal IEnumerable<string> FormerIds => Former.Where(IsId);

    internal IEnumerable<string> FormerLookupKeys => Former.Where(name => !IsId(name));

    private static bool IsId(string name) => name.StartsWith("price_", StringComparison.Ordinal);
}

/// <summary>How long one paid period lasts.</summary>
public enum BillingInterval
{
    Month,
    Year,
}
