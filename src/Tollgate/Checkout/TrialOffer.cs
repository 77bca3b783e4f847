using Tollgate.Catalog;
using Tollgate.Stripe;

namespace Tollgate.Checkout;

/// <summary>
/// Whether an account still gets a plan's trial. Stripe knows all subscriptions that the account ever had, whatever
/// became of our rows, so it is asked. The caller holds the account's lease.
/// </summary>
internal sealed class TrialOffer(StripeClient stripe)
{
    /// <summary>0 for none.</summary>
    public async Task<StripeAnswer<int>> FindDaysAsync(
        Plan plan,
        string customerId,
        CancellationToken cancellationToken
    )
    {
        if (plan.Trial is not { } trial)
        {
            return 0;
        }

        var listed = await stripe.With(StripePatience.Interactive).ListSubscriptions(customerId, cancellationToken);
        return listed.Refusal is { } refusal ? refusal
            : listed.Value.Any(IsUsed) ? 0
            : trial.Days;
    }

    // What never began was no trial: the customer left the page, or the card was declined.
    private static bool IsUsed(StripeSubscription former) =>
        former is { TrialStart: not null, Status: not ("incomplete" or "incomplete_expired") };
}
