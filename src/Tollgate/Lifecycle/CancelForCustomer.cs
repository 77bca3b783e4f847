using Microsoft.EntityFrameworkCore;
using Npgsql;
using Tollgate.Changes;
using Tollgate.Deadlines;
using Tollgate.Storage;
using Tollgate.Stripe;
using Tollgate.Subscriptions;

namespace Tollgate.Lifecycle;

/// <summary>Cancels on a customer's behalf, at the end of what is paid or at once; a sync is then requested.</summary>
internal sealed class CancelForCustomer(
    IDbContextFactory<TollgateDb> contexts,
    NpgsqlDataSource database,
    StripeClient stripe,
    TollgateOptions options,
    BillingClock clock
)
{
    /// <param name="why">Kept at Stripe with the cancellation.</param>
    public async Task<Outcome<StripeSubscription>> RunAsync(
        AccountId account,
        string why,
        bool atOnce,
        CancellationToken cancellationToken
    )
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var state = await db.Set<SubscriptionState>()
            .AsNoTracking()
            .SingleOrDefaultAsync(row => row.AccountId == account, cancellationToken);
        if (state?.SubscriptionId is not { } subscription || state.Status == SubscriptionStatus.Canceled)
        {
            return new NoSubscription(options.UpgradeUrl);
        }

        var key = new IdempotencyKey($"cancel-{subscription}-{(atOnce ? "now" : "end")}-{state.Version}");
        var canceled = atOnce
            ? await stripe.CancelSubscription(subscription, why, cancellationToken)
            : await stripe.CancelSubscriptionAtPeriodEnd(subscription, why, key, cancellationToken);
        if (canceled.Refusal is { } refusal)
        {
            return new StripeSaidNo(refusal);
        }

        await using var connection = await database.OpenConnectionAsync(CancellationToken.None);
        await AccountLeases.RequestSyncAsync(connection, transaction: null, account, clock.Now, CancellationToken.None);
        return canceled.Value;
    }
}
