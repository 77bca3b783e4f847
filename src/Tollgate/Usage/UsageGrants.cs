using Npgsql;
using Tollgate.Catalog;
using Tollgate.Storage;

namespace Tollgate.Usage;

/// <summary>
/// What an account's plan grants of every meter. Written in the commit that changes the plan; from then on time alone
/// ends it, whether or not anyone comes to write the end.
/// </summary>
internal static class UsageGrants
{
    /// <summary>
    /// Writes the plan's limits, making the rows that are missing. Saying the same again changes nothing. A fall to
    /// free starts a fresh window: what was used while paid is history (decision U2).
    /// </summary>
    /// <param name="planLimits">
    /// Limits of the paid plan by meter id; a meter not named is unlimited; null limits none.
    /// </param>
    /// <param name="planUntil">
    /// Until when; <see cref="DateTimeOffset.MaxValue"/> for as long as nobody says otherwise. Null, or a time that has
    /// come, is a fall to free.
    /// </param>
    /// <param name="now">Billing time.</param>
    public static async Task WriteAsync(
        NpgsqlConnection connection,
        NpgsqlTransaction transaction,
        AccountId account,
        IReadOnlyDictionary<string, int>? planLimits,
        DateTimeOffset? planUntil,
        DateTimeOffset now,
        PlanCatalog catalog,
        CancellationToken cancellationToken
    )
    {
        var rows = await LockAsync(connection, transaction, account, catalog, cancellationToken);
        MeterRow[] changed =
        [
            .. catalog
                .Meters.GroupBy(meter => meter.WindowGroup)
                .SelectMany(group => Decide([.. group.Select(meter => rows[meter.Id])], group.First().Window))
                .Where(row => row != rows[row.Id.Meter]),
        ];
        if (changed is not [])
        {
            await using var batch = new NpgsqlBatch(connection, transaction);
            batch.AddSaveWindows(changed, catalog);
            await batch.ExecuteNonQueryAsync(cancellationToken);
        }

        MeterRow[] Decide(MeterRow[] group, WindowLength length) =>
            planUntil is { } until && until > now
                ? WindowGroup.Grant(group, planLimits, until)
                : WindowGroup.FallToFree(group, length, now);
    }

    private static async Task<Dictionary<string, MeterRow>> LockAsync(
        NpgsqlConnection connection,
        NpgsqlTransaction transaction,
        AccountId account,
        PlanCatalog catalog,
        CancellationToken cancellationToken
    )
    {
        MeterKey[] wanted = [.. catalog.Meters.Select(meter => new MeterKey(account, meter.Id))];
        await using var batch = new NpgsqlBatch(connection, transaction);
        batch.AddEnsureRows(wanted, catalog);
        batch.AddLockRows(wanted);
        await using var reader = await batch.ExecuteReaderAsync(cancellationToken);
        var rows = await reader.ReadNextAsync(MeterStatements.Read, cancellationToken);
        return rows.ToDictionary(row => row.Id.Meter);
    }
}
