namespace Tollgate.Stripe;

/// <summary>
/// Another price or quantity of a subscription's item, for a preview and for the change itself alike.
/// https://docs.stripe.com/api/subscriptions/update
/// </summary>
/// <param name="ItemId"><c>si_…</c></param>
/// <param name="Quantity">Always sent: a change of price alone would set it to one.</param>
/// <param name="ProrationBehavior"><c>create_prorations</c>, <c>always_invoice</c> or <c>none</c>.</param>
/// <param name="ProrationDate">From when on it is charged; null is the moment of the call. Whole seconds.</param>
public sealed record SubscriptionItemChange(
    string ItemId,
    string PriceId,
    int Quantity,
    string ProrationBehavior,
    DateTimeOffset? ProrationDate
)
{
    /// <param name="details">The call itself, or a preview's <c>subscription_details</c>.</param>
    internal void Write(FormWriter details)
    {
        var item = details.At("items").At(0);
        item.Add("id", ItemId);
        item.Add("price", PriceId);
        item.Add("quantity", Quantity);
        details.Add("proration_behavior", ProrationBehavior);
        details.Add("proration_date", ProrationDate);
    }
}
