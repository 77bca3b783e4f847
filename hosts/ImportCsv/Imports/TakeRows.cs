using ImportCsv.Importers;
using ImportCsv.Imports.Csv;
using Tollgate;

namespace ImportCsv.Imports;

/// <summary>
/// Reads a file as it comes, checks each row and stores the good ones, in memory that does not grow with the file.
/// </summary>
internal sealed class TakeRows(ImportStore store, IConfiguration configuration)
{
    private const long UsualMegabytes = 1000;
    private const int RowsAtATime = 1000;
    private const int BytesAtATime = 256 * 1024;

    /// <summary>Of a file.</summary>
    public long MostBytes { get; } = configuration.GetValue("ImportCsv:MostFileMegabytes", UsualMegabytes) * 1_000_000;

    /// <summary>The import as it is when all of the file is read, and shown to nobody yet.</summary>
    public async Task<Outcome<Import>> RunAsync(
        Import import,
        ImportColumn[] columns,
        UploadForm form,
        ImportTerms terms,
        CancellationToken cancellationToken
    )
    {
        var characters = new CsvCharacters(form.File, MostBytes);
        var rows = new CsvRows(characters);
        if (!await rows.ReadAsync(cancellationToken))
        {
            return rows.Refusal ?? new CsvMalformed(1, "the file is empty.");
        }

        var plan = ColumnPlan.Of(columns, HeaderOf(rows), form.HasHeader, form.Mapping);
        if (plan.Refusal is { } unmapped)
        {
            return unmapped;
        }

        var check = new CheckRows(columns, plan.Value!);
        var isThere = !form.HasHeader || await rows.ReadAsync(cancellationToken);
        return isThere && await StoreAsync(import.Id, rows, check, terms, cancellationToken) is { } refusal ? refusal
            : rows.Refusal is { } unreadable ? unreadable
            : Finished(import, check, characters.Encoding, rows.Delimiter);
    }

    private async Task<Refusal?> StoreAsync(
        Guid import,
        CsvRows rows,
        CheckRows check,
        ImportTerms terms,
        CancellationToken cancellationToken
    )
    {
        var piece = new CsvText();
        var firstLine = 0;
        for (var isThere = true; isThere; )
        {
            if (check.Rows == terms.RowsLimit)
            {
                return new RowLimitExceeded(terms.RowsLimit.Value, check.Rows + 1, terms.Tier, terms.UpgradeUrl);
            }

            if (check.Check(rows))
            {
                firstLine = piece.Rows == 0 ? rows.Line : firstLine;
                check.Take(rows, piece);
            }

            isThere = await rows.ReadAsync(cancellationToken);
            var isFull = piece.Rows == RowsAtATime || piece.Length >= BytesAtATime;
            if (piece.Rows > 0 && (isFull || !isThere))
            {
                if (!await store.AddAsync(import, firstLine, piece, cancellationToken))
                {
                    return new ImporterNotFound();
                }

                piece.Clear();
            }
        }

        return null;
    }

    private static string[] HeaderOf(CsvRows rows)
    {
        var header = new string[rows.Count];
        for (var at = 0; at < header.Length; at++)
        {
            header[at] = rows[at].Trim().ToString();
        }

        return header;
    }

    private static Import Finished(Import import, CheckRows check, string encoding, char delimiter) =>
        import with
        {
            State = check.ErrorCount == 0 ? ImportState.Completed : ImportState.CompletedWithErrors,
            Rows = check.Rows,
            ValidRows = check.ValidRows,
            ErrorCount = check.ErrorCount,
            Errors = [.. check.Errors],
            Encoding = encoding,
            Delimiter = delimiter.ToString(),
        };
}

/// <summary>The file has more rows than the plan takes at once.</summary>
/// <param name="Used">Rows that were seen.</param>
internal sealed record RowLimitExceeded(int Limit, int Used, string Tier, Uri? UpgradeUrl)
    : Refusal(
        "row_limit_exceeded",
        402,
        "The file has too many rows.",
        $"This plan takes {Limit} rows an import. Split the file, or choose a bigger plan."
    )
{
    public override IEnumerable<KeyValuePair<string, object?>> Members =>
        [new("limit", Limit), new("used", Used), new("tier", Tier), new("upgrade_url", UpgradeUrl)];
}
