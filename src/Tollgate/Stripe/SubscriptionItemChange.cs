using Sdk = global::Stripe;

namespace Tollgate.Stripe;

/// <summary>
/// Another price or quantity of a subscription's item, for a preview and for the change itself alike.
/// https://docs.stripe.com/api/subscriptions/update
/// </summary>
/// <param name="ItemId"><c>si_…</c></param>
/// <param name="Quantity">Always sent: a change of price alone would set it to one.</param>
/// <param name="ProrationBehavior"><c>create_prorations</c>, <c>always_invoice</c> or <c>none</c>.</param>
/// <param name="ProrationDate">From when on it is charged; null is the moment of the call. Whole seconds.</param>
internal sealed record SubscriptionItemChange(
    string ItemId,
    string PriceId,
    int Quantity,
    string ProrationBehavior,
    DateTimeOffset? ProrationDate
)
{
    // with pending_if_incomplete Stripe takes these and no other members
    internal Sdk.SubscriptionUpdateOptions ToOptions(string paymentBehavior) =>
        new()
        {
            Items =
            [
                new()
                {
                    Id = ItemId,
                    Price = PriceId,
                    Quantity = Quantity,
                },
            ],
            ProrationBehavior = ProrationBehavior,
            ProrationDate = ProrationDate?.UtcDateTime,
            PaymentBehavior = paymentBehavior,
            Expand = ["latest_invoice"],
        };

    internal Sdk.InvoiceSubscriptionDetailsOptions ToPreview() =>
        new()
        {
            Items =
            [
                new()
                {
                    Id = ItemId,
                    Price = PriceId,
                    Quantity = Quantity,
                },
            ],
            ProrationBehavior = ProrationBehavior,
            ProrationDate = ProrationDate?.UtcDateTime,
        };
}
