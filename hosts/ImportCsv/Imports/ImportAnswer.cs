using System.Text.Json.Serialization;
using ImportCsv.Csv;

namespace ImportCsv.Imports;

/// <summary>An import as its sender and its owner see it.</summary>
internal sealed record ImportAnswer(
    Guid Id,
    string ImporterKey,
    string FileName,
    [property: JsonPropertyName("status")] ImportState State,
    int Rows,
    int ValidRows,
    int ErrorCount,
    IReadOnlyList<RowError> Errors,
    string ResultUrl,
    Detected Detected,
    IReadOnlyList<CsvNote> Notes,
    DateTimeOffset At,
    CallbackAnswer? Callback = null
)
{
    public static ImportAnswer Of(ReceivedImport received) =>
        Of(received.Import, received.ImporterKey) with
        {
            Callback = received.Callback is { } callback
                ? new CallbackAnswer(callback.State, callback.Attempts, callback.LastError)
                : null,
        };

    /// <summary>For its sender, who gets nothing about the owner's server.</summary>
    public static ImportAnswer Of(Import import, string importerKey) =>
        new(
            import.Id,
            importerKey,
            import.FileName,
            import.State,
            import.Rows,
            import.ValidRows,
            import.ErrorCount,
            import.Errors,
            $"/api/v1/imports/{import.Id}/result",
            new Detected(import.Encoding, import.Delimiter),
            import.Notes,
            import.StartedAt
        );
}

/// <summary>How far the owner's server was notified of it; null without a callback.</summary>
/// <param name="State"><c>waiting</c>, <c>done</c>, or <c>dead</c> after the last attempt.</param>
/// <param name="LastError">What went wrong the last time; null when nothing did.</param>
internal sealed record CallbackAnswer(string State, int Attempts, string? LastError);

/// <param name="Next">The <c>before</c> of the next call, for older ones; null when there are none.</param>
internal sealed record ImportList(IEnumerable<ImportAnswer> Imports, Guid? Next);

/// <summary>What the file turned out to be.</summary>
internal sealed record Detected(string Encoding, string Delimiter);
