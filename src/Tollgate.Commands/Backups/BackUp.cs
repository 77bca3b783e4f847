using System.Data;
using Npgsql;
using Tollgate.Settings;
using Tollgate.Storage;

namespace Tollgate.Commands.Backups;

/// <param name="By"><c>pg_dump</c>, or <c>copy</c> where this machine has none that reads the server.</param>
internal sealed record Backup(string File, string By, long Bytes);

/// <summary>
/// Writes all rows of Tollgate's tables, as of one moment, into a file that <see cref="Restore"/> and <c>psql</c> read.
/// It holds names, addresses and the keys of the sign-ins: only its owner may read it.
/// </summary>
internal sealed class BackUp(NpgsqlDataSource database, HostSettings settings)
{
    /// <param name="progress">Tables done, and how many there are.</param>
    /// <param name="mayUsePgDump">False for the copy alone.</param>
    /// <exception cref="IOException">The file is there already, or cannot be written.</exception>
    public async Task<Backup> RunAsync(
        string path,
        bool mayUsePgDump,
        Action<int, int> progress,
        CancellationToken cancellationToken
    )
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        await using var file = new FileStream(path, options);
        try
        {
            var by = await WriteAsync(file, mayUsePgDump, progress, cancellationToken);
            await file.FlushAsync(cancellationToken);
            return new Backup(path, by, file.Length);
        }
        catch
        {
            File.Delete(path); // half a backup is none
            throw;
        }
    }

    private async Task<string> WriteAsync(
        FileStream file,
        bool mayUsePgDump,
        Action<int, int> progress,
        CancellationToken cancellationToken
    )
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        // the data source does not show the password; a host with a source of its own is copied
        var connectionString = HostSettings.Database.Read(settings.Configuration);
        if (
            mayUsePgDump
            && connectionString is { Length: > 0 }
            && await PgDump.FindAsync(connection.PostgreSqlVersion.Major, cancellationToken) is { } dump
        )
        {
            await dump.RunAsync(connectionString, file, cancellationToken);
            return "pg_dump";
        }

        await CopyAsync(connection, file, progress, cancellationToken);
        return "copy";
    }

    private static async Task CopyAsync(
        NpgsqlConnection connection,
        FileStream file,
        Action<int, int> progress,
        CancellationToken cancellationToken
    )
    {
        await using var moment = await connection.BeginTransactionAsync(
            IsolationLevel.RepeatableRead,
            cancellationToken
        );
        await using var text = new StreamWriter(file, leaveOpen: true) { NewLine = "\n" };
        var tables = await BillingTable.ListAsync(connection, moment, cancellationToken);
        foreach (var (done, table) in tables.Index())
        {
            progress(done, tables.Count);
            await text.WriteLineAsync(BackupText.CopyLine(table.Name, table.Columns));
            using (
                var rows = await connection.BeginTextExportAsync(
                    $"COPY (SELECT {table.Columns} FROM {table.Name}) TO STDOUT",
                    cancellationToken
                )
            )
            {
                while (await rows.ReadLineAsync(cancellationToken) is { } row)
                {
                    await text.WriteLineAsync(row.AsMemory(), cancellationToken);
                }
            }

            await text.WriteLineAsync(BackupText.End);
        }

        var sequences = await connection
            .Statement(
                moment,
                """
                SELECT format('SELECT pg_catalog.setval(%L, %s, %s);', 'billing.' || sequencename,
                    COALESCE(last_value, start_value), CASE WHEN last_value IS NULL THEN 'false' ELSE 'true' END)
                FROM pg_sequences WHERE schemaname = 'billing' ORDER BY sequencename
                """
            )
            .ReadAsync(row => row.GetString(0), cancellationToken);
        foreach (var sequence in sequences)
        {
            await text.WriteLineAsync(sequence);
        }
    }
}
