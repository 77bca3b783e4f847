using Portal = global::Stripe.BillingPortal;
using Sdk = global::Stripe;

namespace Tollgate.Stripe;

/// <summary>
/// What a host adds to the objects that Tollgate creates at Stripe, where Tollgate has no option for it. A hook is
/// called just before the SDK is, with the options as Tollgate made them. It must give the same for the same context,
/// today and after a restart: Stripe refuses a repeated write whose parameters differ. What it throws ends the call.
/// </summary>
public class StripeHooks
{
    private Action<Sdk.CustomerCreateOptions, CustomerContext>? customer;
    private Action<Sdk.Checkout.SessionCreateOptions, CheckoutContext>? checkoutSession;
    private Action<Sdk.SubscriptionUpdateOptions, SubscriptionChangeContext>? subscriptionChange;
    private Action<Portal.SessionCreateOptions, PortalContext>? portalSession;

    /// <summary>Called for the one customer that is made for an account.</summary>
    public StripeHooks OnCustomer(Action<Sdk.CustomerCreateOptions, CustomerContext> hook)
    {
        customer += hook;
        return this;
    }

    /// <summary>Called for each Checkout Session.</summary>
    public StripeHooks OnCheckoutSession(Action<Sdk.Checkout.SessionCreateOptions, CheckoutContext> hook)
    {
        checkoutSession += hook;
        return this;
    }

    /// <summary>
    /// Called for a change of seats or plan that takes effect at once, after its price was quoted: what changes the
    /// price does not belong here. Where the bank asks the payer to confirm it is called a second time, and Stripe then
    /// takes few other parameters: https://docs.stripe.com/billing/subscriptions/pending-updates-reference.
    /// </summary>
    public StripeHooks OnSubscriptionChange(Action<Sdk.SubscriptionUpdateOptions, SubscriptionChangeContext> hook)
    {
        subscriptionChange += hook;
        return this;
    }

    /// <summary>Called for each session of Stripe's portal.</summary>
    public StripeHooks OnPortalSession(Action<Portal.SessionCreateOptions, PortalContext> hook)
    {
        portalSession += hook;
        return this;
    }

    internal Sdk.CustomerCreateOptions On(Sdk.CustomerCreateOptions options, CustomerContext? context) =>
        Call(customer, options, context);

    internal Sdk.Checkout.SessionCreateOptions On(
        Sdk.Checkout.SessionCreateOptions options,
        CheckoutContext? context
    ) => Call(checkoutSession, options, context);

    internal Sdk.SubscriptionUpdateOptions On(
        Sdk.SubscriptionUpdateOptions options,
        SubscriptionChangeContext? context
    ) => Call(subscriptionChange, options, context);

    internal Portal.SessionCreateOptions On(Portal.SessionCreateOptions options, PortalContext? context) =>
        Call(portalSession, options, context);

    private static TOptions Call<TOptions, TContext>(
        Action<TOptions, TContext>? hook,
        TOptions options,
        TContext? context
    )
        where TContext : class
    {
        if (context is not null)
        {
            hook?.Invoke(options, context);
        }

        return options;
    }
}

/// <summary>For whom a customer is made.</summary>
public sealed record CustomerContext(AccountId Account);

/// <summary>Who buys.</summary>
public sealed record CheckoutContext(AccountId Account);

/// <summary>Whose subscription changes.</summary>
/// <param name="SubscriptionId"><c>sub_...</c></param>
public sealed record SubscriptionChangeContext(AccountId Account, string SubscriptionId);

/// <summary>Who opens the portal.</summary>
/// <param name="CustomerId"><c>cus_...</c></param>
public sealed record PortalContext(AccountId Account, string CustomerId);
