using Tollgate.Stripe;

namespace Tollgate.Subscriptions;

/// <summary>A change that waits for the payer's bank: it comes with the money or not at all.</summary>
/// <param name="PriceId">Stripe's id of the price after the change.</param>
/// <param name="ExpiresAt">Then it is forgotten, and the subscription stays as it is.</param>
/// <param name="PaymentUrl">Stripe's page where the payment is confirmed.</param>
public sealed record PendingChange(string PriceId, int Seats, DateTimeOffset ExpiresAt, string? PaymentUrl)
{
    /// <summary>Null when nothing waits, or nothing about the plan's item.</summary>
    internal static PendingChange? Of(StripeSubscription subscription, StripeSubscriptionItem item) =>
        subscription.PendingUpdate is { } pending
        && pending.Items.FirstOrDefault(one => one.Id == item.Id) is { Quantity: >= 0 and <= int.MaxValue } waiting
            ? new PendingChange(
                waiting.PriceId,
                (int)waiting.Quantity.Value,
                pending.ExpiresAt,
                subscription.LatestInvoice?.HostedInvoiceUrl
            )
            : null;
}
