using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using Npgsql;
using Tollgate.Storage;

namespace Tollgate.Deadlines;

/// <summary>Saves one row while the account's lease is still held.</summary>
internal static class LeasedSave
{
    /// <returns>
    /// False, and nothing saved, when Stripe was so slow that the lease ran out: another may have done the same work
    /// meanwhile.
    /// </returns>
    public static async Task<bool> TrySaveAsync<TRow>(
        this TollgateDb db,
        AccountLease lease,
        TRow row,
        bool isNew,
        CancellationToken cancellationToken
    )
        where TRow : class
    {
        await using var begun = await db.Database.BeginTransactionAsync(cancellationToken);
        var connection = (NpgsqlConnection)db.Database.GetDbConnection();
        var transaction = (NpgsqlTransaction)begun.GetDbTransaction();
        if (!await AccountLeases.IsHeldAsync(connection, transaction, lease, cancellationToken))
        {
            return false;
        }

        db.ChangeTracker.Clear();
        db.Entry(row).State = isNew ? EntityState.Added : EntityState.Modified;
        await db.SaveChangesAsync(cancellationToken);
        await begun.CommitAsync(cancellationToken);
        return true;
    }
}
