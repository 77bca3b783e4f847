using System.Diagnostics;
using Npgsql;
using NpgsqlTypes;
using Tollgate.ImportCsvTesting;

namespace Tollgate.ImportLoad;

/// <summary>The baseline: the same bytes by one binary COPY into a table, unread, unchecked, unseen.</summary>
internal static class PlainCopy
{
    public static async Task<TimeSpan> RunAsync(string connectionString, int rows)
    {
        using var bytes = new MemoryStream();
        using (var file = new ContactFile(rows))
        {
            await file.CopyToAsync(bytes);
        }

        var table = $"plain_{Guid.NewGuid():N}";
        await using var connection = new NpgsqlConnection(connectionString);
        await connection.OpenAsync();
        await using var make = new NpgsqlCommand($"CREATE TABLE {table} (line int PRIMARY KEY, csv text)", connection);
        await make.ExecuteNonQueryAsync();
        var started = Stopwatch.GetTimestamp();
        await CopyAsync(connection, table, bytes);
        var length = Stopwatch.GetElapsedTime(started);
        make.CommandText = $"DROP TABLE {table}";
        await make.ExecuteNonQueryAsync();
        return length;
    }

    private static async Task CopyAsync(NpgsqlConnection connection, string table, MemoryStream bytes)
    {
        ReadOnlyMemory<byte> all = bytes.GetBuffer().AsMemory(0, (int)bytes.Length);
        await using var copy = await connection.BeginBinaryImportAsync(
            $"COPY {table} (line, csv) FROM STDIN (FORMAT BINARY)"
        );
        for (var line = 1; all.Length > 0; line++)
        {
            var row = all[..(all.Span.IndexOf((byte)'\n') + 1)];
            all = all[row.Length..];
            await copy.StartRowAsync();
            await copy.WriteAsync(line, NpgsqlDbType.Integer);
            await copy.WriteAsync(row, NpgsqlDbType.Text);
        }

        await copy.CompleteAsync();
    }
}
