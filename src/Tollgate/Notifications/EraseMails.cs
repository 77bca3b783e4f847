using Npgsql;
using Tollgate.Accounts;
using Tollgate.Storage;

namespace Tollgate.Notifications;

/// <summary>Of a closed account's mails the rows stay, without words or addresses; none is sent any more.</summary>
internal sealed class EraseMails : IPersonalData
{
    public const string AccountClosed = "account_closed";

    // the attempt's number is the fencing token: a worker that composes one now cannot keep it, nor send it
    public async Task EraseAsync(
        NpgsqlConnection connection,
        NpgsqlTransaction transaction,
        AccountId account,
        CancellationToken cancellationToken
    ) =>
        await connection
            .Statement(
                transaction,
                """
                UPDATE billing.mails SET message = NULL, attempts = attempts + 1,
                    about = about - ARRAY['HostedInvoiceUrl', 'To', 'Facts'],
                    leased_until = NULL, settled_at = coalesce(settled_at, clock_timestamp()),
                    reason = CASE WHEN state = 'waiting' THEN @closed END,
                    state = CASE WHEN state = 'waiting' THEN 'superseded' ELSE state END
                WHERE account_id = @account
                """
            )
            .With("account", account)
            .With("closed", AccountClosed)
            .RunAsync(cancellationToken);
}
