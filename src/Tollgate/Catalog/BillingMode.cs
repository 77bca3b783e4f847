namespace Tollgate.Catalog;

/// <summary>
/// How Stripe prorates and bills a subscription: https://docs.stripe.com/billing/subscriptions/billing-mode/compare. A
/// subscription can become flexible later, and never classic again.
/// </summary>
public enum BillingMode
{
    /// <summary>A change credits what an item costs now.</summary>
    Classic,

    /// <summary>A change credits what was last billed for an item.</summary>
    Flexible,
}
