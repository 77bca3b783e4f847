using System.Globalization;
using Tollgate.Catalog;
using Tollgate.Stripe;

namespace Tollgate.Changes;

/// <summary>A live subscription as Stripe has it now, whose seats and plan can be changed.</summary>
internal sealed record Changeable(
    StripeSubscription Subscription,
    StripeSubscriptionItem Item,
    CatalogPrice Price,
    int Seats
)
{
    /// <summary>
    /// All that a quote rests on: another price, quantity or period, a new invoice or a planned end make it stale.
    /// </summary>
    public string Basis =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"{Item.Id} {Item.PriceId} x{Seats} from {Item.CurrentPeriodStart.ToUnixTimeSeconds()} after {
                Subscription.LatestInvoiceId} until {Subscription.CancelAt?.ToUnixTimeSeconds()}"
        );

    /// <summary>Null when its items are none of the catalog's, or several.</summary>
    public static Changeable? Of(StripeSubscription subscription, PriceBook prices)
    {
        var items = subscription.Items.Where(item => prices.TryRecognise(item.PriceId, out _)).ToList();
        return
            items is [{ Quantity: >= 0 and <= int.MaxValue } item] && prices.TryRecognise(item.PriceId, out var price)
            ? new Changeable(subscription, item, price, (int)item.Quantity.Value)
            : null;
    }
}
