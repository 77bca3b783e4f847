using Tollgate.Catalog;
using Tollgate.Settings;
using Tollgate.Stripe;
using Tollgate.Subscriptions;

namespace Tollgate.Commands.Checks;

/// <summary>What stands at Stripe, held against the catalog; nothing is changed.</summary>
internal sealed class StripeCheck(
    StripeClient stripe,
    StripeSettings settings,
    PlanCatalog catalog,
    PriceBook prices,
    TollgateOptions options,
    TimeProvider machineTime
)
{
    private static readonly TimeSpan SkewMax = TimeSpan.FromSeconds(30);

    public async Task<IReadOnlyList<Finding>> RunAsync(CancellationToken cancellationToken)
    {
        var findings = new List<Finding>();
        try
        {
            foreach (var price in catalog.Plans.SelectMany(plan => plan.Prices))
            {
                findings.Add(await CheckPriceAsync(price, cancellationToken));
            }

            var wish = new PublishWish(options.WebhookUrl, EventRoutes.TypesFor(catalog))
            {
                IsPlanOnly = true,
                IsSecretKnown = true,
            };
            var plan = await new PublishCatalog(stripe, catalog).RunAsync(wish, cancellationToken);
            findings.AddRange(
                plan.Steps.Select(step =>
                    Finding.Of(step.What, step.Outcome == PublishOutcome.Found, "is missing or different: run setup")
                )
            );
            findings.Add(
                Finding.Of(
                    StripeEnvironment.PortalConfiguration,
                    plan.PortalConfigurationId == settings.PortalConfigurationId,
                    $"names another configuration than the one that setup made, {plan.PortalConfigurationId}"
                )
            );
            findings.Add(await CheckClockAsync(cancellationToken));
            findings.AddRange(await RetiredPriceCheck.RunAsync(stripe, prices, cancellationToken));
            findings.AddRange(await TaxCheck.RunAsync(stripe, catalog, cancellationToken));
        }
        catch (StripeRefusedException refused)
        {
            findings.Add(Finding.Fails("stripe", refused.Refusal.Message)); // that is what was to be found out
        }

        return findings;
    }

    private async Task<Finding> CheckPriceAsync(PlanPrice price, CancellationToken cancellationToken)
    {
        var name = $"price {price.Alias}";
        prices.TryFindForSale(price.Alias, out var sold);
        var found = (await stripe.GetPrice(sold!.StripeId, cancellationToken)).OrThrow();
        var interval = PublishPrice.Interval(price);
        var tax = PublishPrice.TaxBehavior(catalog);
        return PriceFacts
            .ForEver(found, price, tax)
            .Concat(PriceFacts.Addable(found, price, tax))
            .All(fact => !fact.IsDifferent())
            ? Finding.Good(name, $"{PublishPrice.Amounts(price)} a {interval}")
            : Finding.Fails(
                name,
                $"{sold.StripeId} is {PublishPrice.Amount(found.UnitAmount, found.Currency)}{InOthers(found)} a "
                    + $"{found.Interval}, tax {found.TaxBehavior}, active {found.Active}; the catalog says "
                    + $"{PublishPrice.Amounts(price)} a {interval}"
            );
    }

    private static string InOthers(StripePrice found) =>
        string.Concat(
            found
                .CurrencyOptions.Where(option => option.Key != found.Currency)
                .Select(option => $", {PublishPrice.Amount(option.Value.UnitAmount, option.Key)}")
        );

    private async Task<Finding> CheckClockAsync(CancellationToken cancellationToken)
    {
        using var http = new HttpClient();
        using var answer = await http.GetAsync(settings.ApiBase, cancellationToken);
        if (answer.Headers.Date is not { } theirs)
        {
            return Finding.Warn("clock", "Stripe's answer carries no date");
        }

        var skew = (machineTime.GetUtcNow() - theirs).Duration();
        return Finding.Of(
            "clock",
            skew <= SkewMax,
            $"this machine's clock is {skew.TotalSeconds:F0} s off; signatures are refused from 300 s on"
        );
    }
}
