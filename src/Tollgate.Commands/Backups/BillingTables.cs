using Npgsql;
using Tollgate.Storage;

namespace Tollgate.Commands.Backups;

/// <summary>
/// A table of Tollgate's, a partitioned one as a whole. Detached partitions are the operator's, and none of them.
/// </summary>
/// <param name="Columns">Those that are written, in their order, quoted where they must be.</param>
internal sealed record BillingTable(string Name, string Columns)
{
    /// <summary>Which migrations the rows are of; it is compared, and not restored.</summary>
    public const string Migrations = "billing.migrations";

    /// <summary>Those that others point to come first, as a restore must fill them first.</summary>
    public static async Task<IReadOnlyList<BillingTable>> ListAsync(
        NpgsqlConnection connection,
        NpgsqlTransaction transaction,
        CancellationToken cancellationToken
    ) =>
        await connection
            .Statement(
                transaction,
                """
                WITH RECURSIVE pointing AS (
                    SELECT oid, 0 AS depth FROM pg_class
                    WHERE relnamespace = 'billing'::regnamespace AND relkind IN ('r', 'p') AND NOT relispartition
                        AND relname NOT LIKE @detached
                    UNION
                    SELECT key.conrelid, pointing.depth + 1 FROM pointing
                    JOIN pg_constraint key ON key.confrelid = pointing.oid AND key.contype = 'f'
                        AND key.conrelid <> key.confrelid)
                SELECT format('billing.%I', relname), (SELECT string_agg(quote_ident(attname), ', ' ORDER BY attnum)
                    FROM pg_attribute WHERE attrelid = known.oid AND attnum > 0 AND NOT attisdropped
                        AND attgenerated = '')
                FROM pg_class known JOIN (SELECT oid, max(depth) AS depth FROM pointing GROUP BY oid) far USING (oid)
                ORDER BY far.depth, relname
                """
            )
            .With("detached", DetachPartitions.NamePattern)
            .ReadAsync(row => new BillingTable(row.GetString(0), row.GetString(1)), cancellationToken);
}
