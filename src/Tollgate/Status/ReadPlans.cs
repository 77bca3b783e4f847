using Tollgate.Access;
using Tollgate.Accounts;
using Tollgate.Catalog;

namespace Tollgate.Status;

/// <summary>The plans to choose from, and the seats that can be chosen.</summary>
internal sealed class ReadPlans(AccessGate gate, HostDirectory directory, PlanCatalog catalog)
{
    /// <param name="currency">One of the catalog's; null for its first. Who has paid before sees what they pay
    /// in.</param>
    public async Task<Outcome<PlanList>> RunAsync(
        AccountId account,
        string? currency,
        CancellationToken cancellationToken
    )
    {
        if (currency is not null && !catalog.Currencies.Contains(currency))
        {
            return new CurrencyNotOffered(catalog, currency);
        }

        var (state, decision) = await gate.DecideAsync(account, cancellationToken);
        var active = await directory.CountSeatsInUseAsync(account, cancellationToken);
        var shown =
            state.Currency is { } settled && catalog.Currencies.Contains(settled)
                ? settled
                : currency ?? catalog.Currencies.FirstOrDefault("usd");
        return new PlanList(
            shown,
            [
                .. catalog.Plans.Select(plan => new PlanOffer(
                    plan.Id,
                    plan.Name,
                    PlanHighlights.Of(catalog, plan),
                    [
                        .. plan.Prices.Select(price => new PriceOffer(
                            price.Alias,
                            price.Interval,
                            price.In(shown)!.Value.AmountMinor,
                            shown
                        )),
                    ],
                    plan.IsOffStripe,
                    plan.Trial is { } trial ? new TrialOnOffer(trial.Days, trial.NeedsCard) : null,
                    plan.Limits
                )),
            ],
            new SeatRange(
                Math.Max(catalog.Seats.Least, active),
                catalog.Seats.Most,
                active,
                catalog.SeatHolder.ByLanguage
            ),
            decision.Plan.Id
        )
        {
            Currencies = catalog.Currencies,
        };
    }
}

/// <summary>The plans to choose from.</summary>
/// <param name="Currency">Of the amounts.</param>
internal sealed record PlanList(string Currency, IReadOnlyList<PlanOffer> Plans, SeatRange Seats, string CurrentPlan)
{
    /// <summary>All that can be asked for.</summary>
    public required IReadOnlyList<string> Currencies { get; init; }
}

/// <param name="Contact">Sold by people: there is nothing to click but a mail address.</param>
/// <param name="Limits">What it allows of each meter that it limits, by the meter's id.</param>
internal sealed record PlanOffer(
    string Id,
    string Name,
    IReadOnlyList<string> Highlights,
    IReadOnlyList<PriceOffer> Prices,
    bool Contact,
    TrialOnOffer? Trial,
    IReadOnlyDictionary<string, int> Limits
);

/// <summary>Days for nothing, for an account that never had any.</summary>
internal sealed record TrialOnOffer(int Days, bool NeedsCard);

/// <param name="UnitAmount">Per seat and interval, in the currency's minor unit.</param>
internal sealed record PriceOffer(string Id, BillingInterval Interval, long UnitAmount, string Currency);

/// <param name="InUse">How many are in use today.</param>
/// <param name="Holder">Who sits on one, by language.</param>
internal sealed record SeatRange(int Minimum, int Maximum, int InUse, IReadOnlyDictionary<string, NounWords> Holder);
