using Tollgate.Catalog;
using Tollgate.Stripe;
using Tollgate.Subscriptions;

namespace Tollgate.Checkout;

/// <summary>Checkout Sessions at Stripe: made from an intent, and closed before another is made.</summary>
internal sealed class CheckoutSessions(
    StripeClient stripe,
    SubscriptionSync sync,
    PlanCatalog catalog,
    TollgateOptions options
)
{
    /// <summary>Repeats with the same key give the same session.</summary>
    public Task<StripeAnswer<StripeCheckoutSession>> CreateAsync(
        OpenCheckout intent,
        CatalogPrice price,
        string customerId,
        CancellationToken cancellationToken
    ) =>
        stripe
            .With(StripePatience.Interactive)
            .For(intent.AccountId)
            .CreateCheckoutSession(
                WithTrial(WithTerms(ParamsOf(intent, price, customerId)), intent, price.Plan),
                new IdempotencyKey(intent.IdempotencyKey),
                cancellationToken
            );

    private CheckoutSessionParams ParamsOf(OpenCheckout intent, CatalogPrice price, string customerId) =>
        new()
        {
            CustomerId = customerId,
            Currency = intent.Currency,
            LineItems =
            [
                new CheckoutLineItem(
                    price.StripeId,
                    intent.Seats,
                    new AdjustableQuantity(intent.SeatsMin, catalog.Seats.Most)
                ),
            ],
            SuccessUrl = options.PageUrl(options.SuccessPath).AbsoluteUri + "?session_id={CHECKOUT_SESSION_ID}",
            CancelUrl = options.UpgradeUrl.AbsoluteUri,
            SubscriptionMetadata = new Dictionary<string, string> { [catalog.TenantKey] = intent.AccountId.Value },
            BillingModeType = catalog.BillingMode == BillingMode.Flexible ? "flexible" : "classic",
        };

    // The customer is there already, so Stripe keeps what the page collects only where that is requested.
    private CheckoutSessionParams WithTerms(CheckoutSessionParams session)
    {
        var terms = catalog.Checkout;
        var isTaxed = terms.AutomaticTax != AutomaticTax.Off;
        return session with
        {
            AllowPromotionCodes = OnlyIf(terms.AllowsPromotionCodes),
            AutomaticTax = OnlyIf(isTaxed),
            CollectTaxIds = OnlyIf(terms.CollectsTaxIds),
            BillingAddressCollection = terms.RequiresBillingAddress ? "required" : null,
            UpdateCustomerAddress = isTaxed || terms.RequiresBillingAddress ? "auto" : null,
            UpdateCustomerName = terms.CollectsTaxIds ? "auto" : null,
        };
    }

    private static CheckoutSessionParams WithTrial(CheckoutSessionParams session, OpenCheckout intent, Plan plan) =>
        intent.TrialDays == 0 || plan.Trial is not { } trial
            ? session
            : session with
            {
                TrialDays = intent.TrialDays,
                TrialEndWithoutCard = trial.WithoutCard == TrialWithoutCard.Pauses ? "pause" : "cancel",
                PaymentMethodCollection = trial.NeedsCard ? null : "if_required",
            };

    private static bool? OnlyIf(bool wanted) => wanted ? true : null;

    /// <summary>True when Stripe says that it can still be paid, by a customer that it still has.</summary>
    internal async Task<bool> IsOpenAsync(string sessionId, CancellationToken cancellationToken)
    {
        var patient = stripe.With(StripePatience.Interactive);
        return await patient.GetCheckoutSession(sessionId, cancellationToken)
                is { IsRefused: false, Value: { Status: "open", CustomerId: { } customer } }
            && await patient.GetCustomer(customer, cancellationToken) is { IsRefused: false, Value.Deleted: false };
    }

    /// <summary>
    /// Makes sure that the former session cannot be paid any more. Null when it is closed; otherwise why another must
    /// not be opened.
    /// </summary>
    public async Task<ClosedSession?> CloseAsync(
        AccountId account,
        string sessionId,
        CancellationToken cancellationToken
    )
    {
        var patient = stripe.With(StripePatience.Interactive);
        var expired = await patient.ExpireCheckoutSession(
            sessionId,
            new IdempotencyKey($"expire-{sessionId}"),
            cancellationToken
        );
        if (!expired.IsRefused || expired.Refusal is StripeRefusal.ResourceMissing)
        {
            return null;
        }

        var found = await patient.GetCheckoutSession(sessionId, cancellationToken);
        if (found.IsRefused)
        {
            return ClosedSession.Unknown;
        }

        if (found.Value is { Status: "complete", SubscriptionId: { } subscriptionId })
        {
            var made = await patient.GetSubscription(subscriptionId, cancellationToken);
            if (made.IsRefused)
            {
                return ClosedSession.Unknown;
            }

            if (made.Value.Status is "canceled" or "incomplete_expired" or "paused" or "unpaid")
            {
                return null;
            }

            await sync.BindAsync(account, subscriptionId, cancellationToken);
            return ClosedSession.WasPaid;
        }

        return found.Value.Status == "expired" ? null : ClosedSession.Unknown;
    }
}

/// <summary>Why a former session could not be closed.</summary>
internal enum ClosedSession
{
    /// <summary>It was completed: there is a subscription now.</summary>
    WasPaid,

    /// <summary>Stripe did not say.</summary>
    Unknown,
}
