using Npgsql;
using Tollgate.Storage;

namespace Tollgate.Usage;

/// <summary>
/// The SQL of <c>billing.reservations</c>, which is only written under the locks of its meters' rows.
/// </summary>
internal static class ReservationStatements
{
    /// <summary>
    /// Marks the reservations of these meters whose lease has run out, by machine time, and reads them:
    /// <see cref="Read"/>.
    /// </summary>
    public static void AddExpire(this NpgsqlBatch batch, IReadOnlyCollection<MeterKey> rows, DateTimeOffset now) =>
        batch
            .Add(
                """
                UPDATE billing.reservations
                SET state = 'expired', settled_at = @now
                FROM unnest(@accounts, @meters) AS wanted (account_id, meter)
                WHERE reservations.account_id = wanted.account_id AND reservations.meter = wanted.meter
                    AND state = 'reserved' AND leased_until < (SELECT clock_timestamp())
                RETURNING reservations.account_id, reservations.meter, key, state, window_no, window_ends_at, true, late
                """
            )
            .WithRows(rows)
            .With("now", now);

    /// <summary>Reads the reservations that are there: <see cref="Read"/>.</summary>
    public static void AddFind(this NpgsqlBatch batch, IReadOnlyCollection<ReservationKey> keys) =>
        batch
            .Add(
                """
                SELECT reservations.account_id, reservations.meter, reservations.key, state, window_no, window_ends_at,
                    leased_until < clock_timestamp(), late
                FROM billing.reservations
                JOIN unnest(@accounts, @meters, @keys) AS wanted (account_id, meter, key)
                    ON reservations.account_id = wanted.account_id AND reservations.meter = wanted.meter
                        AND reservations.key = wanted.key
                """
            )
            .WithRows([.. keys.Select(key => key.Meter)])
            .With("keys", keys.Select(key => key.Key).ToArray());

    /// <summary>Writes new leases; a key that was released or has expired starts again.</summary>
    public static void AddLease(this NpgsqlBatch batch, IReadOnlyCollection<LedgerEntry> entries, TimeSpan length) =>
        batch
            .Add(
                """
                INSERT INTO billing.reservations
                    (account_id, meter, key, state, window_no, window_ends_at, leased_until)
                SELECT account_id, meter, key, 'reserved', window_no, window_ends_at, clock_timestamp() + @length
                FROM unnest(@accounts, @meters, @keys, @numbers, @ends)
                    AS new (account_id, meter, key, window_no, window_ends_at)
                ON CONFLICT (account_id, meter, key) DO UPDATE
                SET state = 'reserved', window_no = EXCLUDED.window_no, window_ends_at = EXCLUDED.window_ends_at,
                    leased_until = EXCLUDED.leased_until, late = false, settled_at = NULL
                """
            )
            .WithRows([.. entries.Select(entry => entry.Id.Meter)])
            .With("keys", entries.Select(entry => entry.Id.Key).ToArray())
            .With("numbers", entries.Select(entry => entry.WindowNo).ToArray())
            .With("ends", entries.Select(entry => entry.WindowEndsAt).ToArray())
            .With("length", length);

    public static void AddSettle(this NpgsqlBatch batch, IReadOnlyCollection<LedgerEntry> entries) =>
        batch
            .Add(
                """
                UPDATE billing.reservations
                SET state = new.state, late = new.late, settled_at = new.settled_at
                FROM unnest(@accounts, @meters, @keys, @states, @late, @settled)
                    AS new (account_id, meter, key, state, late, settled_at)
                WHERE reservations.account_id = new.account_id AND reservations.meter = new.meter
                    AND reservations.key = new.key
                """
            )
            .WithRows([.. entries.Select(entry => entry.Id.Meter)])
            .With("keys", entries.Select(entry => entry.Id.Key).ToArray())
            .With("states", entries.Select(entry => entry.State.ToString().ToLowerInvariant()).ToArray())
            .With("late", entries.Select(entry => entry.IsLate).ToArray())
            .With("settled", entries.Select(entry => entry.SettledAt).ToArray());

    /// <summary>What was counted by day, in UTC, for one account or for all: <see cref="ReadDay"/>.</summary>
    public static NpgsqlCommand SelectDays(
        this NpgsqlDataSource database,
        AccountId? account,
        DateTimeOffset from,
        DateTimeOffset until
    ) =>
        database
            .CreateCommand(
                """
                SELECT (settled_at AT TIME ZONE 'UTC')::date, meter, count(*)::int
                FROM billing.reservations
                WHERE (@account::text IS NULL OR account_id = @account) AND state = 'committed'
                    AND settled_at >= @from AND settled_at < @until
                GROUP BY 1, 2
                ORDER BY 1, 2
                """
            )
            .With("account", account?.Value)
            .With("from", from)
            .With("until", until);

    /// <summary>
    /// Removes runs whose result is older than that, some at a time; answers how many went. A run without a result
    /// stays, for a unit may hang on it.
    /// </summary>
    public static Task<int> RemoveSettledAsync(
        this NpgsqlDataSource database,
        DateTimeOffset before,
        int most,
        CancellationToken cancellationToken
    ) =>
        database
            .CreateCommand(
                $"""
                DELETE FROM billing.reservations
                WHERE settled_at < @before AND state <> 'reserved' AND ctid = ANY (ARRAY(
                    SELECT ctid FROM billing.reservations
                    WHERE settled_at < @before AND state <> 'reserved'
                    LIMIT {most}))
                """
            )
            .With("before", before)
            .RunAsync(cancellationToken);

    public static MeterDay ReadDay(NpgsqlDataReader row) =>
        new(row.GetFieldValue<DateOnly>(0), row.GetString(1), row.GetInt32(2));

    /// <summary>Of the first three columns: account, meter, key.</summary>
    public static ReservationKey ReadKey(NpgsqlDataReader row) =>
        new(new MeterKey(new AccountId(row.GetString(0)), row.GetString(1)), row.GetString(2));

    public static LedgerEntry Read(NpgsqlDataReader row) =>
        new(ReadKey(row), Enum.Parse<ReservationState>(row.GetString(3), ignoreCase: true), row.GetInt32(4))
        {
            WindowEndsAt = row.Time(5),
            IsLapsed = row.GetBoolean(6),
            IsLate = row.GetBoolean(7),
        };
}
