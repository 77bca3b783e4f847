using System.Text.Json.Serialization;

namespace ImportCsv.Imports;

/// <summary>An import as its sender and its owner are told of it.</summary>
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
    DateTimeOffset At
)
{
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
            import.StartedAt
        );
}

internal sealed record ImportList(IEnumerable<ImportAnswer> Imports);

/// <summary>What the file turned out to be.</summary>
internal sealed record Detected(string Encoding, string Delimiter);
