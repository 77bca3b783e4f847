using System.Buffers;
using System.Data;
using ImportCsv.Csv;
using Npgsql;

namespace ImportCsv.Imports;

/// <summary>
/// The rows of an import as a CSV file, piece by piece from the database. No connection is held while the reader is
/// waited for, however slowly it reads.
/// </summary>
internal sealed class ResultCsv(NpgsqlDataSource database)
{
    /// <param name="isRaw">False: what a spreadsheet would run as a formula gets an apostrophe before it.</param>
    public IResult Answer(Import import, bool isRaw, HttpContext http)
    {
        http.Response.Headers.CacheControl = "no-store";
        return Results.Stream(
            async body =>
            {
                if (!await WriteAsync(import, body, isRaw, http.RequestAborted))
                {
                    http.Abort(); // better a download that breaks than one that looks complete
                }
            },
            "text/csv; charset=utf-8",
            $"import-{import.Id:N}.csv"
        );
    }

    /// <returns>False when the import was deleted meanwhile: what was written is not all.</returns>
    private async Task<bool> WriteAsync(Import import, Stream body, bool isRaw, CancellationToken cancellationToken)
    {
        await body.WriteAsync(Header(import.Columns), cancellationToken);
        var piece = new ArrayBufferWriter<byte>();
        var guarded = new ArrayBufferWriter<byte>();
        var (line, rows) = (0, 0);
        while (rows < import.ValidRows)
        {
            piece.ResetWrittenCount();
            (line, var more) = await ReadAsync(import.Id, line, piece, cancellationToken);
            if (more == 0)
            {
                return false;
            }

            rows += more;
            if (isRaw)
            {
                await body.WriteAsync(piece.WrittenMemory, cancellationToken);
                continue;
            }

            guarded.ResetWrittenCount();
            FormulaGuard.Write(piece.WrittenSpan, guarded);
            await body.WriteAsync(guarded.WrittenMemory, cancellationToken);
        }

        return true;
    }

    /// <summary>The piece behind that line: its own line, and how many rows it has; none when it is gone.</summary>
    private async Task<(int Line, int Rows)> ReadAsync(
        Guid import,
        int after,
        ArrayBufferWriter<byte> piece,
        CancellationToken cancellationToken
    )
    {
        await using var command = database.CreateCommand(
            """
            SELECT line, rows, csv FROM importcsv.import_pieces WHERE import_id = $1 AND line > $2
            ORDER BY line LIMIT 1
            """
        );
        command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = import });
        command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = after });
        await using var row = await command.ExecuteReaderAsync(CommandBehavior.SequentialAccess, cancellationToken);
        if (!await row.ReadAsync(cancellationToken))
        {
            return (after, 0);
        }

        var (line, rows) = (row.GetInt32(0), row.GetInt32(1));
        await using var csv = await row.GetStreamAsync(2, cancellationToken);
        while (await csv.ReadAsync(piece.GetMemory(), cancellationToken) is > 0 and var read)
        {
            piece.Advance(read);
        }

        return (line, rows);
    }

    private static ReadOnlyMemory<byte> Header(string[] columns)
    {
        var text = new CsvText();
        foreach (var column in columns)
        {
            text.Add(column);
        }

        text.EndRow();
        return text.Written;
    }
}
