using Npgsql;
using Tollgate.Catalog;
using Tollgate.Storage;

namespace Tollgate.Usage;

/// <summary>
/// Counts runs that succeeded by one statement, where that changes nothing but counters: the unit is held in the
/// present window, its lease has not run out, and no mark of the limit is passed. Every other call is left to
/// <see cref="SettleFlush"/>.
/// </summary>
/// <param name="rest">Decides what is left, in any case; null of it is a call that names no reservation.</param>
internal sealed class FastCommit(
    KeptConnection database,
    PlanCatalog catalog,
    MeterOptions options,
    Func<SettleCall, Task<SettleResult?>> rest
)
{
    private static readonly Task<SettleResult?> Committed = Task.FromResult<SettleResult?>(SettleResult.Committed);

    // A mark of the limit is the first whole unit at or over it, as UsageMarks has it.
    private const string Sql = """
        WITH call AS (
            SELECT * FROM unnest(@accounts, @meters, @keys, @limits, @settled)
                AS call (account_id, meter, key, free_limit, settled_at)
        ), locked AS MATERIALIZED (
            SELECT meters.account_id, meters.meter, window_no
            FROM billing.meters
            JOIN (SELECT account_id, meter, free_limit, count(*) AS units FROM call GROUP BY 1, 2, 3) wanted
                ON meters.account_id = wanted.account_id AND meters.meter = wanted.meter
            WHERE NOT EXISTS (
                SELECT FROM unnest(@percents) AS mark (percent),
                    (VALUES (CASE WHEN plan_until > @now THEN plan_limit ELSE wanted.free_limit END)) AS plan (most)
                WHERE (most * percent::bigint + 99) / 100 BETWEEN used + 1 AND used + units)
            ORDER BY meters.account_id, meters.meter
            FOR UPDATE OF meters
        ), settled AS (
            UPDATE billing.reservations SET state = 'committed', settled_at = call.settled_at
            FROM call JOIN locked ON locked.account_id = call.account_id AND locked.meter = call.meter
            WHERE reservations.account_id = call.account_id AND reservations.meter = call.meter
                AND reservations.key = call.key AND reservations.state = 'reserved'
                AND reservations.window_no = locked.window_no AND reservations.leased_until >= clock_timestamp()
            RETURNING reservations.account_id, reservations.meter, reservations.key
        ), counted AS (
            UPDATE billing.meters SET used = used + units, reserved = reserved - units
            FROM (SELECT account_id, meter, count(*)::int AS units FROM settled GROUP BY account_id, meter) done
            WHERE meters.account_id = done.account_id AND meters.meter = done.meter
        )
        SELECT account_id, meter, key FROM settled
        """;

    /// <summary>An answer for each call in its order; what is left is answered later.</summary>
    public async Task<IReadOnlyList<Task<SettleResult?>>> RunAsync(
        IReadOnlyList<SettleCall> calls,
        CancellationToken cancellationToken
    )
    {
        // a run that is counted twice at once is counted once, and told so by the rest
        SettleCall[] fit = [.. calls.Where(call => call.Succeeded).DistinctBy(call => call.Id)];
        var counted = fit is [] ? [] : await CountAsync(fit, cancellationToken);
        return [.. calls.Select(call => call.Succeeded && counted.Remove(call.Id) ? Committed : rest(call))];
    }

    private Task<HashSet<ReservationKey>> CountAsync(
        IReadOnlyList<SettleCall> calls,
        CancellationToken cancellationToken
    ) => database.RunAsync(batch => CountAsync(batch, calls, cancellationToken), cancellationToken);

    private async Task<HashSet<ReservationKey>> CountAsync(
        NpgsqlBatch batch,
        IReadOnlyList<SettleCall> calls,
        CancellationToken cancellationToken
    )
    {
        batch
            .Add(Sql)
            .WithRows([.. calls.Select(call => call.Id.Meter)])
            .With("keys", calls.Select(call => call.Id.Key).ToArray())
            .With("limits", calls.Select(call => catalog.FreeLimit(catalog.Meter(call.Id.Meter.Meter))).ToArray())
            .With("settled", calls.Select(call => call.Now).ToArray())
            .With("percents", options.NotifyAtPercent.ToArray())
            .With("now", calls.Max(call => call.Now));
        await using var reader = await batch.ExecuteReaderAsync(cancellationToken);
        return [.. await reader.ReadNextAsync(ReservationStatements.ReadKey, cancellationToken)];
    }
}
