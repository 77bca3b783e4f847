using System.Globalization;
using Npgsql;
using Tollgate.Inbox;
using Tollgate.Storage;

namespace Tollgate.Commands;

/// <summary>The current month takes events, and months to come will.</summary>
internal sealed record MonthIsCurrent(DateOnly Current)
    : Refusal(
        ProblemCodes.MonthIsCurrent,
        409,
        "That includes the current month.",
        $"{InboxPartitions.Text(Current)} takes events. Write --before {InboxPartitions.Text(Current)} at most."
    );

/// <summary>Some events of a month may still be applied or replayed.</summary>
internal sealed record MonthNeedsBodies(DateOnly Month, string Counts)
    : Refusal(
        ProblemCodes.MonthNeedsBodies,
        409,
        "Events of that month still need their bodies.",
        $"Of {InboxPartitions.Text(Month)}: {Counts}. See `events list --state ...`, then replay them. "
            + "Nothing was detached."
    );

/// <summary>The month was detached once, has rows again, and the former table is still there.</summary>
internal sealed record MonthDetachedBefore(string Table)
    : Refusal(
        ProblemCodes.MonthDetachedBefore,
        409,
        "That month was detached before.",
        $"{Table} is still there. Dump and drop it, then type this again. Nothing was detached."
    );

/// <param name="Table">Its name once it is detached.</param>
/// <param name="Rows">As PostgreSQL estimates; null before it has analysed the table.</param>
internal sealed record DetachedMonth(DateOnly Month, string Table, long? Rows, long Bytes);

/// <summary>
/// Takes the bodies of old months out of the inbox, for whoever dumps and drops them: an ordinary table remains, which
/// neither the retention nor a backup looks at. The events stay listed.
/// </summary>
internal sealed class DetachPartitions(NpgsqlDataSource database, InboxPartitions partitions)
{
    /// <summary>Of the names of detached tables, for LIKE.</summary>
    public const string NamePattern = @"inbox\_payloads\_%\_detached";

    /// <summary>The same for pg_dump.</summary>
    public const string NameGlob = "inbox_payloads_*_detached";

    /// <summary>What would be detached, the oldest first.</summary>
    /// <param name="before">The first day of the first month that stays.</param>
    public async Task<Outcome<IReadOnlyList<DetachedMonth>>> PlanAsync(
        DateOnly before,
        CancellationToken cancellationToken
    )
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        return await PlanAsync(connection, transaction: null, before, cancellationToken);
    }

    /// <summary>Detaches all of them, or none. Answers what was detached.</summary>
    public async Task<Outcome<IReadOnlyList<DetachedMonth>>> RunAsync(
        DateOnly before,
        CancellationToken cancellationToken
    )
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await InboxPartitions.TakeTurnAsync(connection, transaction, cancellationToken);
        // what is settled stays so, hence the bodies are counted before the table is locked
        var planned = await PlanAsync(connection, transaction, before, cancellationToken);
        if (planned.Refusal is not null)
        {
            return planned;
        }

        foreach (var month in planned.Value!)
        {
            var name = InboxPartitions.NameOf(month.Month);
            await connection
                .Statement(
                    transaction,
                    $"""
                    ALTER TABLE {InboxPartitions.Table} DETACH PARTITION billing.{name};
                    ALTER TABLE billing.{name} RENAME TO {name}_detached
                    """
                )
                .RunAsync(cancellationToken);
        }

        await transaction.CommitAsync(cancellationToken);
        return planned;
    }

    private async Task<Outcome<IReadOnlyList<DetachedMonth>>> PlanAsync(
        NpgsqlConnection connection,
        NpgsqlTransaction? transaction,
        DateOnly before,
        CancellationToken cancellationToken
    )
    {
        if (before > partitions.CurrentMonth)
        {
            return new MonthIsCurrent(partitions.CurrentMonth);
        }

        var plan = new List<DetachedMonth>();
        foreach (var partition in await partitions.ListAsync(cancellationToken))
        {
            if (partition.Month is not { } month || month >= before)
            {
                continue;
            }

            var detached = new DetachedMonth(
                month,
                $"billing.{partition.Name}_detached",
                partition.Rows,
                partition.Bytes
            );
            if (await FindRefusalAsync(connection, transaction, month, detached.Table, cancellationToken) is { } no)
            {
                return no;
            }

            plan.Add(detached);
        }

        return plan;
    }

    private static async Task<Refusal?> FindRefusalAsync(
        NpgsqlConnection connection,
        NpgsqlTransaction? transaction,
        DateOnly month,
        string table,
        CancellationToken cancellationToken
    )
    {
        var former = await connection
            .Statement(transaction, "SELECT to_regclass(@table) IS NOT NULL")
            .With("table", table)
            .ReadAsync(row => row.GetBoolean(0), cancellationToken);
        if (former.Single())
        {
            return new MonthDetachedBefore(table);
        }

        var open = await connection
            .Statement(
                transaction,
                $"""
                SELECT state, count(*) FROM billing.{InboxPartitions.NameOf(month)}
                JOIN billing.inbox_receipts USING (event_id)
                WHERE state NOT IN ('applied', 'ignored') GROUP BY state ORDER BY state
                """
            )
            .ReadAsync(
                row => string.Create(CultureInfo.InvariantCulture, $"{row.GetInt64(1)} {row.GetString(0)}"),
                cancellationToken
            );
        return open.Count > 0 ? new MonthNeedsBodies(month, string.Join(", ", open)) : null;
    }
}
