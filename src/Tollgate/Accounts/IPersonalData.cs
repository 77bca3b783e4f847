using Npgsql;

namespace Tollgate.Accounts;

/// <summary>
/// Where names, addresses and words of an account's people stand. A host registers one for its own tables; all are
/// asked in the commit that closes an account, so that all of it is erased or nothing is.
/// </summary>
public interface IPersonalData
{
    /// <summary>
    /// Erases it, in the transaction that is given. Ids may stay: what happened must remain recorded.
    /// </summary>
    Task EraseAsync(
        NpgsqlConnection connection,
        NpgsqlTransaction transaction,
        AccountId account,
        CancellationToken cancellationToken
    );
}
