using Microsoft.EntityFrameworkCore;
using Tollgate.Accounts;
using Tollgate.Deadlines;
using Tollgate.Outbox;
using Tollgate.Storage;
using Tollgate.Stripe;

namespace Tollgate.Checkout;

/// <summary>
/// Sends Stripe the present billing contact. The name and the address are read under the account's lease and sent
/// under it, so that of two changes the older is never written last; dispatched twice, Stripe gets the same twice.
/// </summary>
internal sealed class PushBillingContact(
    IDbContextFactory<TollgateDb> contexts,
    AccountLeases leases,
    StripeClient stripe
) : IEffectHandler
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    public async Task HandleAsync(AccountId account, Effect effect, CancellationToken cancellationToken)
    {
        if (effect is not BillingContactChanged)
        {
            return;
        }

        var lease =
            await leases.TakeAsync(account, Patience, cancellationToken)
            ?? throw new TimeoutException($"{account} is being changed by somebody else.");
        try
        {
            await PushAsync(account, cancellationToken);
        }
        finally
        {
            await leases.ReleaseAsync(lease, CancellationToken.None);
        }
    }

    private async Task PushAsync(AccountId account, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var row = await db.Set<BillingAccount>()
            .AsNoTracking()
            .SingleAsync(one => one.AccountId == account, cancellationToken);
        if (row is not { ClosedAt: null, StripeCustomerId: { } customer })
        {
            return; // closed since: Stripe's customer is gone
        }

        var contact = new CustomerParams { Name = row.Name, Email = row.BillingEmail };
        var pushed = await stripe
            .With(StripePatience.Interactive)
            .UpdateCustomer(customer, contact, IdempotencyKey.Unrepeated(), cancellationToken);
        if (pushed.Refusal is not StripeRefusal.ResourceMissing) // deleted: the next checkout makes another, with this
        {
            pushed.OrThrow();
        }
    }
}
