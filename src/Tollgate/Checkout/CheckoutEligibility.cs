using Microsoft.EntityFrameworkCore;
using Tollgate.Accounts;
using Tollgate.Storage;

namespace Tollgate.Checkout;

/// <summary>
/// Whether an account may buy at all. A failed charge is notified by mail, so an address must be known before there is
/// anything to pay.
/// </summary>
internal static class CheckoutEligibility
{
    public static async Task<Refusal?> FindReasonAgainstAsync(
        TollgateDb db,
        AccountId account,
        CancellationToken cancellationToken
    )
    {
        var row = await db.Set<BillingAccount>()
            .AsNoTracking()
            .SingleOrDefaultAsync(known => known.AccountId == account, cancellationToken);
        return row switch
        {
            { ClosedAt: not null } => new AccountClosed(),
            { StripeCustomerId: not null } or { BillingEmail.Length: > 0 } => null,
            _ => new BillingEmailRequired(),
        };
    }
}
