using System.Data;
using System.Globalization;
using System.Text.RegularExpressions;
using Npgsql;
using Tollgate.Storage;

namespace Tollgate.Inbox;

/// <summary>A partition of <c>billing.inbox_payloads</c>.</summary>
/// <param name="Month">The first day of its month; null for the default partition.</param>
/// <param name="Rows">As PostgreSQL estimates; null before it has analysed the table.</param>
internal sealed record InboxPartition(string Name, DateOnly? Month, long? Rows, long Bytes);

/// <summary>
/// The monthly partitions of the bodies of events, made before their month begins. What found no partition lies in the
/// default one, and is moved when its month's is made.
/// </summary>
internal sealed partial class InboxPartitions(NpgsqlDataSource database, TimeProvider machineTime)
{
    public const string Table = "billing.inbox_payloads";

    /// <summary>How many partitions are there beside the current month's.</summary>
    public const int MonthsAhead = 2;

    private const string Default = "billing.inbox_payloads_other";

    // a statement that waits for a lock on the table blocks all later ones, the webhook's among them
    private const string ShortWaits = "SET LOCAL lock_timeout = '3s'";

    /// <summary>Machine time, UTC.</summary>
    public DateOnly CurrentMonth => MonthOf(machineTime.GetUtcNow());

    public static DateOnly MonthOf(DateTimeOffset time) => new(time.UtcDateTime.Year, time.UtcDateTime.Month, 1);

    /// <summary>As it is written: <c>2026-12</c>.</summary>
    public static string Text(DateOnly month) => month.ToString("yyyy-MM", CultureInfo.InvariantCulture);

    /// <summary>Within the schema <c>billing</c>.</summary>
    public static string NameOf(DateOnly month) =>
        $"inbox_payloads_{month.ToString("yyyy_MM", CultureInfo.InvariantCulture)}";

    /// <summary>One node at a time makes or detaches partitions, until the transaction ends.</summary>
    public static async Task TakeTurnAsync(
        NpgsqlConnection connection,
        NpgsqlTransaction transaction,
        CancellationToken cancellationToken
    )
    {
        await connection
            .Statement(transaction, "SELECT pg_advisory_xact_lock(hashtext('billing.inbox_partitions'))")
            .RunAsync(cancellationToken);
        await connection.Statement(transaction, ShortWaits).RunAsync(cancellationToken);
    }

    /// <summary>The current month's and those ahead. Answers the months that had none.</summary>
    public Task<IReadOnlyList<DateOnly>> MakeAheadAsync(CancellationToken cancellationToken) =>
        MakeAsync([.. Enumerable.Range(0, MonthsAhead + 1).Select(CurrentMonth.AddMonths)], cancellationToken);

    /// <summary>
    /// One for each month that has rows in the default partition, which is empty afterwards. Answers the months.
    /// </summary>
    public async Task<IReadOnlyList<DateOnly>> EmptyDefaultAsync(CancellationToken cancellationToken)
    {
        var months = await database
            .CreateCommand(
                $"SELECT DISTINCT date_trunc('month', received_month::timestamp)::date FROM {Default} ORDER BY 1"
            )
            .ReadAsync(row => row.GetFieldValue<DateOnly>(0), cancellationToken);
        return await MakeAsync(months, cancellationToken);
    }

    /// <summary>The oldest first, the default one last.</summary>
    public Task<List<InboxPartition>> ListAsync(CancellationToken cancellationToken) =>
        database
            .CreateCommand(
                $"""
                SELECT relname, CASE WHEN reltuples < 0 THEN NULL ELSE reltuples::bigint END,
                    pg_total_relation_size(oid)
                FROM pg_inherits JOIN pg_class ON oid = inhrelid
                WHERE inhparent = '{Table}'::regclass
                ORDER BY pg_get_expr(relpartbound, oid) = 'DEFAULT', relname
                """
            )
            .ReadAsync(
                row => new InboxPartition(
                    row.GetString(0),
                    ReadMonth(row.GetString(0)),
                    row.IsDBNull(1) ? null : row.GetInt64(1),
                    row.GetInt64(2)
                ),
                cancellationToken
            );

    private async Task<IReadOnlyList<DateOnly>> MakeAsync(
        IReadOnlyList<DateOnly> months,
        CancellationToken cancellationToken
    )
    {
        var there = (await ListAsync(cancellationToken)).Select(partition => partition.Month).ToHashSet();
        var made = new List<DateOnly>();
        foreach (var month in months.Where(month => !there.Contains(month)))
        {
            if (await MakeAsync(month, cancellationToken))
            {
                made.Add(month);
            }
        }

        return made;
    }

    /// <summary>
    /// A transaction for each month. Rows are moved while others go on writing; only what they wrote meanwhile is moved
    /// under a lock that keeps them out. False when another node was first.
    /// </summary>
    private async Task<bool> MakeAsync(DateOnly month, CancellationToken cancellationToken)
    {
        var name = NameOf(month);
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(
            IsolationLevel.ReadCommitted, // the second move must see what was committed after the first
            cancellationToken
        );
        await TakeTurnAsync(connection, transaction, cancellationToken);
        if (await IsThereAsync(connection, transaction, name, cancellationToken))
        {
            return false;
        }

        var (from, to) = (Literal(month), Literal(month.AddMonths(1)));
        // not PARTITION OF, which would lock the whole table; the check spares ATTACH its reading of the rows
        await RunAsync(
            $"""
            CREATE TABLE billing.{name} (LIKE {Table} INCLUDING ALL,
                CONSTRAINT is_of_month CHECK (received_month >= {from} AND received_month < {to}))
            """
        );
        var move = $"""
            WITH moved AS (
                DELETE FROM {Default} WHERE received_month >= {from} AND received_month < {to}
                RETURNING event_id, received_month, body)
            INSERT INTO billing.{name} (event_id, received_month, body)
            SELECT event_id, received_month, body FROM moved
            """;
        if (await RunAsync(move) > 0 || month <= CurrentMonth)
        {
            // an insert that was on its way into the default partition would fail once the month has its own
            await RunAsync($"LOCK TABLE ONLY {Table} IN ACCESS EXCLUSIVE MODE");
            await RunAsync(move);
        }

        await RunAsync($"ALTER TABLE {Table} ATTACH PARTITION billing.{name} FOR VALUES FROM ({from}) TO ({to})");
        await RunAsync($"ALTER TABLE billing.{name} DROP CONSTRAINT is_of_month");
        await transaction.CommitAsync(cancellationToken);
        return true;

        Task<int> RunAsync(string sql)
        {
            var statement = connection.Statement(transaction, sql);
            statement.CommandTimeout = 0; // as long as the rows of a month take
            return statement.RunAsync(cancellationToken);
        }
    }

    private static async Task<bool> IsThereAsync(
        NpgsqlConnection connection,
        NpgsqlTransaction transaction,
        string name,
        CancellationToken cancellationToken
    )
    {
        var found = await connection
            .Statement(
                transaction,
                $"""
                SELECT FROM pg_inherits JOIN pg_class ON oid = inhrelid
                WHERE inhparent = '{Table}'::regclass AND relname = @name
                """
            )
            .With("name", name)
            .ReadAsync(_ => true, cancellationToken);
        return found.Count > 0;
    }

    private static string Literal(DateOnly day) => $"DATE '{day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)}'";

    private static DateOnly? ReadMonth(string name) =>
        MonthName().Match(name) is { Success: true } match
            ? DateOnly.ParseExact(match.Groups["month"].Value, "yyyy_MM", CultureInfo.InvariantCulture)
            : null;

    [GeneratedRegex(
        @"^inbox_payloads_(?<month>\d{4}_\d\d)$",
        RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 10_000
    )]
    private static partial Regex MonthName();
}
