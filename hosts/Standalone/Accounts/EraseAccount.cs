using Microsoft.EntityFrameworkCore;
using Npgsql;
using Standalone.Storage;
using Standalone.Webhooks;
using Tollgate;
using Tollgate.Accounts;
using Tollgate.Storage;

namespace Standalone.Accounts;

/// <summary>Of a closed account nothing stays here but the webhooks that are still to be sent.</summary>
internal sealed class EraseAccount(IDbContextFactory<StandaloneDb> contexts) : IPersonalData
{
    public async Task EraseAsync(
        NpgsqlConnection connection,
        NpgsqlTransaction transaction,
        AccountId account,
        CancellationToken cancellationToken
    )
    {
        await using var db = await contexts.JoinAsync(connection, transaction, cancellationToken);
        await db.Set<SeatsInUse>().Where(row => row.AccountId == account.Value).ExecuteDeleteAsync(cancellationToken);
        await db.Set<WebhookDelivery>()
            .Where(row => row.AccountId == account.Value && row.State != WebhookDelivery.Waiting)
            .ExecuteDeleteAsync(cancellationToken);
    }
}
