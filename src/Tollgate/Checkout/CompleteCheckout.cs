using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using Tollgate.Accounts;
using Tollgate.Storage;
using Tollgate.Stripe;
using Tollgate.Subscriptions;

namespace Tollgate.Checkout;

/// <summary>
/// What the success page asks when a customer comes back from Stripe. It remembers whose subscription was bought and
/// requests a sync within a minute, also when Stripe cannot be asked; it never provisions.
/// </summary>
public sealed partial class CompleteCheckout
{
    private const int LengthMax = 250;
    private readonly IDbContextFactory<TollgateDb> contexts;
    private readonly StripeClient stripe;
    private readonly SubscriptionSync sync;

    internal CompleteCheckout(IDbContextFactory<TollgateDb> contexts, StripeClient stripe, SubscriptionSync sync)
    {
        this.contexts = contexts;
        this.stripe = stripe;
        this.sync = sync;
    }

    /// <summary>How far it is. A page asks again until it is <see cref="CheckoutProgress.Active"/>.</summary>
    /// <param name="sessionId"><c>cs_...</c>, of the address that Stripe's page returned to.</param>
    public async Task<Outcome<CheckoutProgress>> RunAsync(
        AccountId account,
        string sessionId,
        CancellationToken cancellationToken
    )
    {
        if (sessionId.Length > LengthMax || !HarmlessText().IsMatch(sessionId))
        {
            return new MalformedSessionId();
        }

        if (!SessionId().IsMatch(sessionId))
        {
            return new CheckoutSessionNotFound();
        }

        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var customerId = await db.Set<BillingAccount>()
            .Where(row => row.AccountId == account)
            .Select(row => row.StripeCustomerId)
            .SingleOrDefaultAsync(cancellationToken);
        var found = await stripe.With(StripePatience.Interactive).GetCheckoutSession(sessionId, cancellationToken);
        if (found.Refusal is StripeRefusal.ResourceMissing)
        {
            return new CheckoutSessionNotFound();
        }

        if (found.Refusal is { } refusal)
        {
            if (customerId is not null)
            {
                // the customer may never ask again: what was paid is found without the page
                await sync.RequestAsync(account, cancellationToken);
            }

            return new StripeSaidNo(refusal);
        }

        var session = found.Value;
        if (customerId is null || session.CustomerId != customerId)
        {
            return new CheckoutSessionNotFound();
        }

        if (
            session.PaymentStatus is not ("paid" or "no_payment_required")
            || session.SubscriptionId is not { } subscriptionId
        )
        {
            return CheckoutProgress.Pending;
        }

        var state = await db.Set<SubscriptionState>()
            .AsNoTracking()
            .SingleOrDefaultAsync(row => row.AccountId == account, cancellationToken);
        // what is left of an ended subscription says nothing of the one that was bought after it
        var isThisOrLater = state?.SubscriptionId == subscriptionId || state?.Status is not SubscriptionStatus.Canceled;
        if (state?.Plan is not null && isThisOrLater)
        {
            return CheckoutProgress.Active;
        }

        await sync.BindAsync(account, subscriptionId, cancellationToken);
        return CheckoutProgress.Provisioning;
    }

    [GeneratedRegex(
        @"^cs_(test|live)_[A-Za-z0-9]{10,200}\z",
        RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 10_000
    )]
    private static partial Regex SessionId();

    [GeneratedRegex(@"^[A-Za-z0-9_{}]+\z", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex HarmlessText();
}

/// <summary>How far a checkout has come.</summary>
public enum CheckoutProgress
{
    /// <summary>Not paid yet.</summary>
    Pending,

    /// <summary>Paid; the plan follows as soon as Stripe's word of it is in.</summary>
    Provisioning,

    /// <summary>The plan holds.</summary>
    Active,
}

/// <summary>No session id of Stripe looks like that.</summary>
internal sealed record MalformedSessionId()
    : Refusal(ProblemCodes.InvalidRequest, 400, "That is no checkout session.", "Open the link from Stripe again.");
