using ImportCsv.Csv;
using ImportCsv.Importers;
using ImportCsv.PlanLimits;
using Tollgate;

namespace ImportCsv.Imports;

/// <summary>
/// Reads a file as it comes, checks each row and stores the good ones, in memory that does not grow with the file.
/// </summary>
internal sealed class TakeRows(
    ImportStore store,
    PlainNames names,
    IConfiguration configuration,
    TimeProvider machineTime
)
{
    private const long UsualMegabytes = 1000;
    private const int UsualPatienceSeconds = 120;
    private const int RowsAtATime = 1000;
    private const int BytesAtATime = 256 * 1024;

    /// <summary>Shorter than a unit is held, so that nobody passes the limit by taking their time.</summary>
    public static readonly TimeSpan LongestUpload = TimeSpan.FromMinutes(14);

    /// <summary>Of a file.</summary>
    public long BytesMax { get; } = configuration.GetValue("ImportCsv:FileMegabytesMax", UsualMegabytes) * 1_000_000;

    /// <summary>
    /// How long a thousand rows, or 256 KB of them, may be on their way. Shorter than the silence by which an import is
    /// known to be abandoned, so one that still comes in is none.
    /// </summary>
    private readonly TimeSpan patience = TimeSpan.FromSeconds(
        configuration.GetValue("ImportCsv:PatienceSeconds", UsualPatienceSeconds)
    );

    /// <summary>The import as it is when all of the file is read, and shown to nobody yet.</summary>
    public async Task<Outcome<Import>> RunAsync(
        Import import,
        Importer importer,
        UploadForm form,
        ImportTerms terms,
        CancellationToken cancellationToken
    )
    {
        using var late = new CancellationTokenSource(patience, machineTime);
        using var tooLong = new CancellationTokenSource(LongestUpload, machineTime);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(
            late.Token,
            tooLong.Token,
            cancellationToken
        );
        try
        {
            return await ReadAsync(import, importer, form, terms, late, either.Token);
        }
        catch (OperationCanceledException) when (late.IsCancellationRequested || tooLong.IsCancellationRequested)
        {
            return new UploadTooSlow();
        }
    }

    private async Task<Outcome<Import>> ReadAsync(
        Import import,
        Importer importer,
        UploadForm form,
        ImportTerms terms,
        CancellationTokenSource late,
        CancellationToken cancellationToken
    )
    {
        using var fingerprint = new Fingerprint(form);
        var characters = new CsvCharacters(form.File, BytesMax, fingerprint.Add);
        var rows = new CsvRows(characters, form.Delimiter ?? importer.Delimiter);
        if (!await rows.ReadAsync(cancellationToken))
        {
            return rows.Refusal ?? new CsvMalformed(1, "the file is empty.");
        }

        var columns = importer.Columns;
        var header = HeaderOf(rows);
        var plain = await names.ReadAsync(ColumnPlan.NamesOf(columns, header), cancellationToken);
        var plan = ColumnPlan.Of(columns, header, form.HasHeader, form.Mapping, plain);
        if (plan.Refusal is { } unmapped)
        {
            return unmapped;
        }

        var check = new CheckRows(columns, plan.Value!);
        var isThere = !form.HasHeader || await rows.ReadAsync(cancellationToken);
        var refusal = isThere ? await StoreAsync(import.Id, rows, check, terms, late, cancellationToken) : null;
        return (refusal ?? rows.Refusal ?? await form.FindMoreAsync(cancellationToken)) is { } refused
            ? refused
            : Finished(import, check) with
            {
                Encoding = characters.Encoding,
                Delimiter = rows.Delimiter.ToString(),
                Notes = rows.Notes,
                Fingerprint = fingerprint.Text,
            };
    }

    private async Task<Refusal?> StoreAsync(
        Guid import,
        CsvRows rows,
        CheckRows check,
        ImportTerms terms,
        CancellationTokenSource late,
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
            // rows that are no good count as a sign of life, too
            if (!isThere || check.Rows % RowsAtATime == 0 || piece.Length >= BytesAtATime)
            {
                if (!await store.AddAsync(import, firstLine, piece, cancellationToken))
                {
                    return new ImporterNotFound();
                }

                piece.Clear();
                late.CancelAfter(patience);
            }
        }

        return null;
    }

    private static string[] HeaderOf(CsvRows rows)
    {
        var header = new string[rows.Count];
        for (var at = 0; at < header.Length; at++)
        {
            header[at] = Blank.Trim(rows[at]).ToString();
        }

        return header;
    }

    private static Import Finished(Import import, CheckRows check) =>
        import with
        {
            State = check.ErrorCount == 0 ? ImportState.Completed : ImportState.CompletedWithErrors,
            Rows = check.Rows,
            ValidRows = check.ValidRows,
            ErrorCount = check.ErrorCount,
            Errors = [.. check.Errors],
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

/// <summary>Whoever sends it does so too slowly, or not any more.</summary>
internal sealed record UploadTooSlow()
    : Refusal("upload_too_slow", 408, "The file comes too slowly.", "Try again where the network is better.");
