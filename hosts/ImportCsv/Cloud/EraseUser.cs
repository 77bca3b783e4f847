using ImportCsv.Storage;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using Tollgate;
using Tollgate.Accounts;
using Tollgate.Storage;

namespace ImportCsv.Cloud;

/// <summary>Of a closed account nothing is left here: the user goes, with importers, imports and usage.</summary>
internal sealed class EraseUser(IDbContextFactory<ImportCsvDb> contexts) : IPersonalData
{
    public async Task EraseAsync(
        NpgsqlConnection connection,
        NpgsqlTransaction transaction,
        AccountId account,
        CancellationToken cancellationToken
    )
    {
        await using var db = await contexts.JoinAsync(connection, transaction, cancellationToken);
        await db.EraseUserAsync(account.Value, cancellationToken);
    }
}
