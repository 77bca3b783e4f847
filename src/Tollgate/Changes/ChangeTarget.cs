using System.Globalization;
using Tollgate.Catalog;
using Tollgate.Stripe;
using Tollgate.Subscriptions;

namespace Tollgate.Changes;

/// <summary>A live subscription as Stripe has it now, whose seats and plan can be changed.</summary>
internal sealed record ChangeTarget(
    StripeSubscription Subscription,
    StripeSubscriptionItem Item,
    CatalogPrice Price,
    int Seats
)
{
    /// <summary>What we arranged by the schedule that it stands under; null without one, or with another's.</summary>
    public ScheduledChange? Arranged { get; init; }

    /// <summary>A schedule decides about it: another's, or one of ours whose change is still to come.</summary>
    public bool IsSteered => Subscription.ScheduleId is not null && Arranged?.Price != Price.Price.Alias;

    /// <summary>What waits for its payment to be confirmed; null when nothing does.</summary>
    public PendingChange? Pending => PendingChange.Of(Subscription, Item);

    /// <summary>Whether what waits is this quote's change.</summary>
    public bool Awaits(Quote quote) => Pending is { } waiting && IsOf(waiting, quote);

    private static bool IsOf(PendingChange waiting, Quote quote) =>
        waiting.PriceId == quote.PriceId && waiting.Seats == quote.Seats;

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
    public static ChangeTarget? Of(StripeSubscription subscription, PriceBook prices)
    {
        var items = subscription.Items.Where(item => prices.TryRecognise(item.PriceId, out _)).ToList();
        return
            items is [{ Quantity: >= 0 and <= int.MaxValue } item] && prices.TryRecognise(item.PriceId, out var price)
            ? new ChangeTarget(subscription, item, price, (int)item.Quantity.Value)
            : null;
    }
}
