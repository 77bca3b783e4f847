using Npgsql;
using Tollgate.Accounts;
using Tollgate.Alerts;
using Tollgate.Deadlines;
using Tollgate.Settings;
using Tollgate.Stripe;

namespace Tollgate.Changes;

/// <summary>
/// Takes back a change that waits for its payment to be confirmed: its invoice is voided, which is Stripe's way.
/// </summary>
internal sealed class WithdrawChange(
    NpgsqlDataSource database,
    AccountLeases leases,
    FindChangeTarget find,
    StripeClient stripe,
    LastingRefusals refusals,
    BillingSwitch billing,
    BillingClock clock
)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(8);

    /// <returns>False when nothing waited.</returns>
    public async Task<Outcome<bool>> RunAsync(AccountId account, CancellationToken cancellationToken)
    {
        if (billing.RefusalOfActions is { } off)
        {
            return off;
        }

        if (await leases.TakeAsync(account, Patience, cancellationToken) is not { } lease)
        {
            return new BillingBusy();
        }

        try
        {
            var found = await find.ReadAsync(account, cancellationToken);
            return found.Value is { Pending: not null, Subscription.LatestInvoiceId: { } invoice }
                ? await refusals.WatchAsync("withdrawal of a change", VoidAsync(account, invoice, cancellationToken))
                : false;
        }
        finally
        {
            await leases.ReleaseAsync(lease, CancellationToken.None);
        }
    }

    private async Task<Outcome<bool>> VoidAsync(AccountId account, string invoice, CancellationToken cancellationToken)
    {
        var voided = await stripe
            .With(StripePatience.Interactive)
            .VoidInvoice(invoice, new IdempotencyKey($"withdraw-{invoice}"), cancellationToken);
        if (voided.Refusal is { } refusal)
        {
            return new StripeSaidNo(refusal);
        }

        await using var connection = await database.OpenConnectionAsync(CancellationToken.None);
        await AccountLeases.RequestSyncAsync(connection, transaction: null, account, clock.Now, CancellationToken.None);
        return true;
    }
}
