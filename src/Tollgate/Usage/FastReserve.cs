using Npgsql;
using Tollgate.Storage;

namespace Tollgate.Usage;

/// <summary>
/// Grants units to many callers by one statement, where a grant changes nothing but a counter: the window is open, no
/// lease has run out, the key is new, and a unit is left. Every other call is left to <see cref="ReserveFlush"/>.
/// </summary>
/// <param name="rest">Decides what is left, in any case.</param>
internal sealed class FastReserve(
    KeptConnection database,
    MeterOptions options,
    Func<ReserveCall, Task<ReserveAnswer>> rest
)
{
    // The rows are locked before anything is counted, and "used" and "reserved" are as under the lock, not as in the
    // statement's snapshot. A key that another node wrote meanwhile conflicts, and takes no unit.
    private const string Sql = """
        WITH call AS (
            SELECT * FROM unnest(@accounts, @meters, @keys, @groups, @limits) WITH ORDINALITY
                AS call (account_id, meter, key, window_group, free_limit, place)
        ), locked AS MATERIALIZED (
            SELECT meters.account_id, meters.meter, window_no, window_ends_at, used, reserved,
                CASE WHEN plan_until > @now THEN plan_limit ELSE wanted.free_limit END AS most
            FROM billing.meters
            JOIN (SELECT DISTINCT account_id, meter, window_group, free_limit FROM call) wanted
                ON meters.account_id = wanted.account_id AND meters.meter = wanted.meter
                    AND meters.window_group = wanted.window_group
            WHERE window_ends_at > @now AND (plan_until IS NULL OR plan_until > @now) AND NOT unenforced
                AND NOT EXISTS (
                    SELECT FROM billing.reservations lapsed
                    WHERE lapsed.account_id = meters.account_id AND lapsed.meter = meters.meter
                        AND lapsed.state = 'reserved' AND lapsed.leased_until < (SELECT clock_timestamp()))
            ORDER BY meters.account_id, meters.meter
            FOR UPDATE OF meters
        ), asked AS MATERIALIZED (
            SELECT call.account_id, call.meter, call.key, window_no, window_ends_at, most,
                used + reserved + row_number() OVER (PARTITION BY call.account_id, call.meter ORDER BY place) AS taken
            FROM call JOIN locked ON locked.account_id = call.account_id AND locked.meter = call.meter
        ), granted AS (
            INSERT INTO billing.reservations (account_id, meter, key, state, window_no, window_ends_at, leased_until)
            SELECT account_id, meter, key, 'reserved', window_no, window_ends_at, clock_timestamp() + @length
            FROM asked WHERE most IS NULL OR taken <= most
            ON CONFLICT (account_id, meter, key) DO NOTHING
            RETURNING account_id, meter, key, reservations.window_ends_at
        ), counted AS (
            UPDATE billing.meters SET reserved = meters.reserved + units
            FROM (SELECT account_id, meter, count(*)::int AS units FROM granted GROUP BY account_id, meter) taken
            WHERE meters.account_id = taken.account_id AND meters.meter = taken.meter
        )
        SELECT account_id, meter, key, window_ends_at FROM granted
        """;

    /// <summary>An answer for each call in its order; what is left is answered later.</summary>
    public async Task<IReadOnlyList<Task<ReserveAnswer>>> RunAsync(
        IReadOnlyList<ReserveCall> calls,
        CancellationToken cancellationToken
    )
    {
        // a key that comes twice is granted once, and told so by the rest
        ReserveCall[] fit = [.. calls.Where(call => call.Enforce).DistinctBy(call => call.Id)];
        var granted = fit is [] ? [] : await GrantAsync(fit, cancellationToken);
        return
        [
            .. calls.Select(call => call.Enforce && granted.Remove(call.Id, out var end) ? Granted(end) : rest(call)),
        ];
    }

    private static Task<ReserveAnswer> Granted(DateTimeOffset windowEndsAt) =>
        Task.FromResult(new ReserveAnswer(ReserveResult.Granted, windowEndsAt, Count: null));

    private Task<Dictionary<ReservationKey, DateTimeOffset>> GrantAsync(
        IReadOnlyList<ReserveCall> calls,
        CancellationToken cancellationToken
    ) => database.RunAsync(batch => GrantAsync(batch, calls, cancellationToken), cancellationToken);

    private async Task<Dictionary<ReservationKey, DateTimeOffset>> GrantAsync(
        NpgsqlBatch batch,
        IReadOnlyList<ReserveCall> calls,
        CancellationToken cancellationToken
    )
    {
        batch
            .Add(Sql)
            .WithRows([.. calls.Select(call => call.Meter)])
            .With("keys", calls.Select(call => call.Key).ToArray())
            .With("groups", calls.Select(call => call.WindowGroup).ToArray())
            .With("limits", calls.Select(call => call.FreeLimit).ToArray())
            .With("now", calls.Max(call => call.Now))
            .With("length", options.LeaseLength);
        await using var reader = await batch.ExecuteReaderAsync(cancellationToken);
        var granted = await reader.ReadNextAsync(
            row => (Id: ReservationStatements.ReadKey(row), WindowEndsAt: row.Time(3)),
            cancellationToken
        );
        return granted.ToDictionary(one => one.Id, one => one.WindowEndsAt);
    }
}
