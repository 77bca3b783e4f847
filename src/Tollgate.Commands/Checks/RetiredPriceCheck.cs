using Tollgate.Catalog;
using Tollgate.Stripe;

namespace Tollgate.Commands.Checks;

/// <summary>
/// The retired ids of each price: there at Stripe, of the same product and interval as the price that is sold. One that
/// is not would give its holders the wrong plan.
/// </summary>
internal static class RetiredPriceCheck
{
    public static async Task<IReadOnlyList<Finding>> RunAsync(
        StripeClient stripe,
        PriceBook prices,
        CancellationToken cancellationToken
    )
    {
        var findings = new List<Finding>();
        foreach (var (id, sold) in prices.Retired)
        {
            var name = $"retired price {id} of {sold.Price.Alias}";
            var found = await stripe.GetPrice(id, cancellationToken);
            if (found.Refusal is StripeRefusal.ResourceMissing)
            {
                findings.Add(Finding.Fails(name, "Stripe has no such price: take it out of the setting"));
                continue;
            }

            var present = (await stripe.GetPrice(sold.StripeId, cancellationToken)).OrThrow();
            findings.Add(Compare(name, found.OrThrow(), present));
        }

        return findings;
    }

    private static Finding Compare(string name, StripePrice retired, StripePrice sold) =>
        retired.ProductId != sold.ProductId
            ? Finding.Fails(name, $"is of the product {retired.ProductId}, and what is sold is of {sold.ProductId}")
        : (retired.Interval, retired.IntervalCount ?? 1) != (sold.Interval, sold.IntervalCount ?? 1)
            ? Finding.Fails(name, $"is billed by the {retired.Interval}, and what is sold by the {sold.Interval}")
        : Finding.Good(name, $"{PublishPrice.Amount(retired.UnitAmount, retired.Currency)} a {retired.Interval}");
}
