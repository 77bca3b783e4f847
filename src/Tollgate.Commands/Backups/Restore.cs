using Npgsql;
using Tollgate.Storage;

namespace Tollgate.Commands.Backups;

/// <summary>The backup is of another version's tables.</summary>
internal sealed record BackupOfOtherTables(string Difference)
    : Refusal(
        ProblemCodes.BackupOfOtherTables,
        409,
        "The backup is of other tables than these.",
        $"{Difference}. Restore with the release that made it, then let the new one migrate."
    );

/// <summary>That file is no backup, or not a whole one.</summary>
internal sealed record NotABackup(string Why)
    : Refusal(ProblemCodes.NotABackup, 400, "That is no whole backup.", $"{Why}. Nothing was changed.");

/// <param name="Tables">How many were filled.</param>
internal sealed record Restored(int Tables, int Rows);

/// <summary>
/// Puts the rows of a backup in place of all that stand in Tollgate's tables, those of a fresh migration included, in
/// one transaction. No node serves meanwhile.
/// </summary>
internal sealed class Restore(NpgsqlDataSource database)
{
    /// <param name="progress">Rows so far; nobody knows of how many.</param>
    public async Task<Outcome<Restored>> RunAsync(
        string path,
        Action<int, int> progress,
        CancellationToken cancellationToken
    )
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        var tables = await BillingTable.ListAsync(connection, transaction, cancellationToken);
        if (await FindDifferenceAsync(connection, transaction, path, tables, cancellationToken) is { } refusal)
        {
            return refusal;
        }

        var filled = tables.Select(table => table.Name).Where(name => name != BillingTable.Migrations).ToList();
        await connection.Statement(transaction, $"TRUNCATE {string.Join(", ", filled)}").RunAsync(cancellationToken);
        var rows = await FillAsync(connection, transaction, path, progress, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return new Restored(filled.Count, rows);
    }

    /// <summary>Reads the whole file once before anything is changed.</summary>
    private static async Task<Refusal?> FindDifferenceAsync(
        NpgsqlConnection connection,
        NpgsqlTransaction transaction,
        string path,
        IReadOnlyList<BillingTable> tables,
        CancellationToken cancellationToken
    )
    {
        var known = tables.Select(table => table.Name).ToHashSet(StringComparer.Ordinal);
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var migrations = new List<string>();
        string? open = null;
        await foreach (var line in File.ReadLinesAsync(path, cancellationToken))
        {
            if (open is null && BackupText.ReadCopy(line) is { } copy)
            {
                open = copy.Table;
                seen.Add(open);
            }
            else if (open is not null && line == BackupText.End)
            {
                open = null;
            }
            else if (open is null && BackupText.IsUnknown(line))
            {
                return new NotABackup($"Nobody knows what to do with the line {line}");
            }
            else if (open == BillingTable.Migrations)
            {
                migrations.Add(line.Split('\t')[0]);
            }
        }

        if (seen.Count == 0 || open is not null)
        {
            return new NotABackup(open is null ? "It holds no table of Tollgate's" : $"It ends within {open}");
        }

        var applied = await connection
            .Statement(transaction, $"SELECT \"MigrationId\" FROM {BillingTable.Migrations}")
            .ReadAsync(row => row.GetString(0), cancellationToken);
        return applied.Except(migrations).FirstOrDefault() is { } more
                ? new BackupOfOtherTables($"It does not have the migration {more}, which is applied here")
            : migrations.Except(applied).FirstOrDefault() is { } other
                ? new BackupOfOtherTables($"It has the migration {other}, which is not applied here")
            : known.Except(seen).FirstOrDefault() is { } lacking ? new NotABackup($"It lacks the table {lacking}")
            : null;
    }

    // in the file's order: both writers put tables that others point to first
    private static async Task<int> FillAsync(
        NpgsqlConnection connection,
        NpgsqlTransaction transaction,
        string path,
        Action<int, int> progress,
        CancellationToken cancellationToken
    )
    {
        var rows = 0;
        var open = false;
        TextWriter? into = null;
        await foreach (var line in File.ReadLinesAsync(path, cancellationToken))
        {
            if (open && line == BackupText.End)
            {
                await (into?.DisposeAsync() ?? ValueTask.CompletedTask);
                (open, into) = (false, null);
            }
            else if (open && into is not null)
            {
                await into.WriteAsync($"{line}\n");
                progress(++rows, 0);
            }
            else if (!open && BackupText.ReadCopy(line) is { } copy)
            {
                open = true;
                into =
                    copy.Table == BillingTable.Migrations
                        ? null
                        : await connection.BeginTextImportAsync(line.TrimEnd(';'), cancellationToken);
            }
            else if (!open && BackupText.IsSequence(line))
            {
                await connection.Statement(transaction, line).RunAsync(cancellationToken);
            }
        }

        return rows;
    }
}
