using Npgsql;
using Tollgate.Catalog;
using Tollgate.Storage;

namespace Tollgate.Usage;

/// <summary>
/// The SQL of the reset: what a reservation does to an ended window under its locks (<see cref="MeterWindow.EndAt"/>),
/// for some accounts in one statement. Whoever comes second finds a window that lies in the future.
/// </summary>
internal static class ResetStatements
{
    /// <summary>
    /// Starts the next window of accounts on free whose window has ended, those first that wait longest, at most so
    /// many at a time; answers how many, and 0 when there is none left. Each row is found by an index, so that it costs
    /// what is reset, however many are not due or wait for their turn. The end moves along its own grid, in
    /// microseconds of UTC: no day of it is ever 23 or 25 hours long. That of a month of the calendar is the same for
    /// all.
    /// </summary>
    public static async Task<int> ResetEndedAsync(
        this NpgsqlDataSource database,
        string windowGroup,
        WindowLength length,
        DateTimeOffset now,
        int mostAccounts,
        CancellationToken cancellationToken
    )
    {
        var counted = await database
            .CreateCommand(
                $"""
                WITH first AS (
                    SELECT account_id FROM billing.meters
                    WHERE window_group = @group AND plan_until IS NULL AND window_ends_at <= @now
                    ORDER BY window_ends_at LIMIT {mostAccounts}
                ), ended AS (
                    SELECT meter.account_id, meter.meter
                    FROM (SELECT DISTINCT account_id FROM first ORDER BY account_id) AS account
                    CROSS JOIN LATERAL (
                        SELECT account_id, meter FROM billing.meters
                        WHERE meters.account_id = account.account_id
                            AND window_group = @group AND plan_until IS NULL AND window_ends_at <= @now
                        ORDER BY meter
                        FOR UPDATE) AS meter
                ), reset AS (
                    UPDATE billing.meters
                    SET window_ends_at = coalesce(@end, window_ends_at + interval '1 microsecond' * (@length
                            * ((extract(epoch FROM @now - window_ends_at) * 1000000)::bigint / @length + 1))),
                        window_no = window_no + 1, used = 0, reserved = 0, unenforced = false
                    FROM ended
                    WHERE meters.account_id = ended.account_id AND meters.meter = ended.meter
                    RETURNING meters.account_id
                )
                SELECT count(DISTINCT account_id)::int FROM reset
                """
            )
            .With("group", windowGroup)
            .With("length", (long)(length.Rolling ?? TimeSpan.MaxValue).TotalMicroseconds)
            .With("end", length.Rolling is null ? MeterWindow.EndAt(endsAt: null, length, now) : (DateTimeOffset?)null)
            .With("now", now)
            .ReadAsync(row => row.GetInt32(0), cancellationToken);
        return counted[0];
    }

    /// <summary>
    /// Billing is on again: what was used while it was off is history, and the next use opens a fresh window, as
    /// <see cref="WindowGroup.AsOf"/> has it. At most so many accounts at a time; answers how many.
    /// </summary>
    public static async Task<int> ForgetUnenforcedAsync(
        this NpgsqlDataSource database,
        int mostAccounts,
        CancellationToken cancellationToken
    )
    {
        var counted = await database
            .CreateCommand(
                """
                WITH marked AS (
                    SELECT account_id, meter FROM billing.meters
                    WHERE unenforced AND account_id IN
                        (SELECT DISTINCT account_id FROM billing.meters WHERE unenforced LIMIT @most)
                    ORDER BY account_id, meter
                    FOR UPDATE
                ), fresh AS (
                    UPDATE billing.meters
                    SET window_ends_at = NULL, window_no = window_no + 1, used = 0, reserved = 0, unenforced = false
                    FROM marked
                    WHERE meters.account_id = marked.account_id AND meters.meter = marked.meter AND unenforced
                    RETURNING meters.account_id
                )
                SELECT count(DISTINCT account_id)::int FROM fresh
                """
            )
            .With("most", mostAccounts)
            .ReadAsync(row => row.GetInt32(0), cancellationToken);
        return counted[0];
    }
}
