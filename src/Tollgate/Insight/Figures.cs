namespace Tollgate.Insight;

/// <summary>
/// What the accounts bring in, as of now. Monthly recurring revenue (MRR) is, for every subscription that is active or
/// past due, seats times the catalog's price of a month, or a twelfth of the price of a year. Trials, overrides and
/// whatever is sold off Stripe are no revenue. Discounts, taxes, prorations and metered use are not in it.
/// </summary>
/// <param name="AsOf">Billing time.</param>
/// <param name="Revenue">MRR, one amount per currency.</param>
/// <param name="AtRisk">The part of it whose last payment failed.</param>
/// <param name="Unpriced">Paying subscriptions whose price the catalog does not know, or not in their currency: they
/// are not in the MRR.</param>
/// <param name="OpenFailures">Subscriptions with an open episode of failed payment.</param>
/// <param name="Tiers">Every account, by the tier that holds now.</param>
internal sealed record Figures(
    DateTimeOffset AsOf,
    IReadOnlyList<Money> Revenue,
    IReadOnlyList<Money> AtRisk,
    long Subscriptions,
    long Seats,
    long Unpriced,
    long OpenFailures,
    IReadOnlyList<TierCount> Tiers
);

/// <param name="Tier">Id of a plan of the catalog.</param>
internal sealed record TierCount(string Tier, string Name, long Accounts);

/// <summary>
/// The figures of one day, or of one month as far as it has come: what stands (revenue, seats, plans) as it stood at
/// its end, what happens (failures, recoveries, use) as its sum.
/// </summary>
/// <param name="Date">The day in UTC, or the month's first.</param>
/// <param name="Plans">Paying subscriptions by the plan that they pay for.</param>
/// <param name="Failed">Episodes of failed payment that began.</param>
/// <param name="Recovered">Episodes that ended with the money.</param>
/// <param name="Lost">Episodes that ended without.</param>
/// <param name="Usage">Counted runs by meter.</param>
internal sealed record FigurePoint(
    DateOnly Date,
    IReadOnlyList<Money> Revenue,
    long Seats,
    IReadOnlyDictionary<string, long> Plans,
    long Failed,
    long Recovered,
    long Lost,
    IReadOnlyDictionary<string, long> Usage
);

/// <summary>Subscriptions of one price that began to pay, less those that ceased.</summary>
internal sealed record PayingChange(
    DateOnly Day,
    string? PriceId,
    long Subscriptions,
    long Seats,
    string? Currency = null
);

/// <summary>What became of failed payments on one day.</summary>
internal sealed record FailureDay(DateOnly Day, long Failed, long Recovered, long Lost);
