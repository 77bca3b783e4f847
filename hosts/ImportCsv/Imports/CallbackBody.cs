using System.Text.Json;
using System.Text.Json.Serialization;
using ImportCsv.Importers;

namespace ImportCsv.Imports;

/// <summary>What an importer's callback gets of a finished import, and where its rows are.</summary>
internal sealed record CallbackBody(
    [property: JsonPropertyName("event")] string Event,
    [property: JsonPropertyName("import_id")] Guid ImportId,
    [property: JsonPropertyName("importer_key")] string ImporterKey,
    [property: JsonPropertyName("status")] string Status,
    [property: JsonPropertyName("rows")] int Rows,
    [property: JsonPropertyName("valid_rows")] int ValidRows,
    [property: JsonPropertyName("error_count")] int ErrorCount,
    [property: JsonPropertyName("result_url")] Uri ResultUrl
)
{
    public static CallbackBody Of(Import import, Importer importer, Uri appUrl) =>
        new(
            "import.completed",
            import.Id,
            importer.Key,
            JsonNamingPolicy.SnakeCaseLower.ConvertName(import.State.ToString()),
            import.Rows,
            import.ValidRows,
            import.ErrorCount,
            HandOverRows.AddressOf(import, importer, appUrl)
        );
}
