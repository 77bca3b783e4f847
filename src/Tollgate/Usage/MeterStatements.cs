using System.Collections.Immutable;
using Npgsql;
using Tollgate.Catalog;
using Tollgate.Storage;

namespace Tollgate.Usage;

/// <summary>
/// The SQL of <c>billing.meters</c>. Whoever makes or locks several rows does it in the order of (account, meter), and
/// makes before it locks: so no two of them can wait for each other in a circle.
/// </summary>
internal static class MeterStatements
{
    private const string Columns =
        "meters.account_id, meters.meter, window_ends_at, window_no, used, reserved, plan_limit, plan_until, "
        + "recent_releases, unenforced";

    /// <summary>Makes the rows that are not there yet.</summary>
    public static void AddEnsureRows(this NpgsqlBatch batch, IReadOnlyCollection<MeterKey> rows, PlanCatalog catalog) =>
        batch
            .Add(
                """
                INSERT INTO billing.meters (account_id, meter, window_group)
                SELECT account_id, meter, window_group
                FROM unnest(@accounts, @meters, @groups) AS wanted (account_id, meter, window_group)
                ORDER BY account_id, meter
                ON CONFLICT (account_id, meter) DO NOTHING
                """
            )
            .WithRows(rows)
            .With("groups", rows.Select(row => catalog.Meter(row.Meter).WindowGroup).ToArray());

    /// <summary>Locks the rows until the end of the transaction and reads them: <see cref="Read"/>.</summary>
    public static void AddLockRows(this NpgsqlBatch batch, IReadOnlyCollection<MeterKey> rows) =>
        batch
            .Add(
                $"""
                SELECT {Columns}
                FROM billing.meters
                JOIN unnest(@accounts, @meters) AS wanted (account_id, meter)
                    ON meters.account_id = wanted.account_id AND meters.meter = wanted.meter
                ORDER BY meters.account_id, meters.meter
                FOR UPDATE OF meters
                """
            )
            .WithRows(rows);

    public static void AddSaveWindows(
        this NpgsqlBatch batch,
        IReadOnlyCollection<MeterRow> rows,
        PlanCatalog catalog
    ) =>
        batch
            .Add(
                """
                UPDATE billing.meters
                SET window_group = new.window_group, window_ends_at = new.window_ends_at, window_no = new.window_no,
                    used = new.used, reserved = new.reserved,
                    plan_limit = new.plan_limit, plan_until = new.plan_until, unenforced = new.unenforced
                FROM unnest(@accounts, @meters, @groups, @ends, @numbers, @used, @reserved, @limits, @untils,
                        @unenforced)
                    AS new (account_id, meter, window_group, window_ends_at, window_no, used, reserved, plan_limit,
                        plan_until, unenforced)
                WHERE meters.account_id = new.account_id AND meters.meter = new.meter
                """
            )
            .WithRows([.. rows.Select(row => row.Id)])
            .With("groups", rows.Select(row => catalog.Meter(row.Id.Meter).WindowGroup).ToArray())
            .With("ends", rows.Select(row => row.WindowEndsAt).ToArray())
            .With("numbers", rows.Select(row => row.WindowNo).ToArray())
            .With("used", rows.Select(row => row.Used).ToArray())
            .With("reserved", rows.Select(row => row.Reserved).ToArray())
            .With("limits", rows.Select(row => row.PlanLimit).ToArray())
            .With("untils", rows.Select(row => row.PlanUntil).ToArray())
            .With("unenforced", rows.Select(row => row.IsUnenforced).ToArray());

    /// <summary>
    /// Writes the counters, and when units were given back. PostgreSQL has no arrays of ragged arrays.
    /// </summary>
    public static void AddSaveCounters(this NpgsqlBatch batch, IReadOnlyCollection<MeterRow> rows) =>
        batch
            .Add(
                """
                UPDATE billing.meters
                SET used = new.used, reserved = new.reserved, recent_releases = new.releases::timestamptz[]
                FROM unnest(@accounts, @meters, @used, @reserved, @releases)
                    AS new (account_id, meter, used, reserved, releases)
                WHERE meters.account_id = new.account_id AND meters.meter = new.meter
                """
            )
            .WithRows([.. rows.Select(row => row.Id)])
            .With("used", rows.Select(row => row.Used).ToArray())
            .With("reserved", rows.Select(row => row.Reserved).ToArray())
            .With("releases", rows.Select(row => ArrayLiteral(row.RecentReleases)).ToArray());

    public static NpgsqlCommand SelectOf(this NpgsqlDataSource database, IReadOnlyCollection<AccountId> accounts) =>
        database
            .CreateCommand($"SELECT {Columns} FROM billing.meters WHERE account_id = ANY(@accounts)")
            .With("accounts", accounts.Select(account => account.Value).ToArray());

    public static MeterRow Read(NpgsqlDataReader row) =>
        new(new MeterKey(new AccountId(row.GetString(0)), row.GetString(1)))
        {
            WindowEndsAt = row.IsDBNull(2) ? null : row.Time(2),
            WindowNo = row.GetInt32(3),
            Used = row.GetInt32(4),
            Reserved = row.GetInt32(5),
            PlanLimit = row.IsDBNull(6) ? null : row.GetInt32(6),
            PlanUntil = row.IsDBNull(7) ? null : row.Time(7),
            RecentReleases = [.. row.GetFieldValue<DateTimeOffset[]>(8)],
            IsUnenforced = row.GetBoolean(9),
        };

    public static NpgsqlBatchCommand WithRows(this NpgsqlBatchCommand command, IReadOnlyCollection<MeterKey> rows) =>
        command
            .With("accounts", rows.Select(row => row.Account.Value).ToArray())
            .With("meters", rows.Select(row => row.Meter).ToArray());

    private static string ArrayLiteral(ImmutableArray<DateTimeOffset> times) =>
        $"{{{string.Join(',', times.Select(time => time.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss.ffffffZ")))}}}";
}
