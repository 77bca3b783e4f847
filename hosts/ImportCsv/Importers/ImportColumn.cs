namespace ImportCsv.Importers;

/// <summary>One column that an importer takes, with what its values must be like.</summary>
/// <param name="Key">What the row calls it: <c>email</c>.</param>
/// <param name="Label">What people call it.</param>
/// <param name="Required">No row goes without it.</param>
/// <param name="Unique">No two rows of one import have the same.</param>
/// <param name="Values">What is legal, for <see cref="ColumnType.Select"/>.</param>
/// <param name="Pattern">A regular expression that the whole value matches, without back-references.</param>
/// <param name="Min">Least number; of a text, least length.</param>
/// <param name="Max">Greatest number; of a text, greatest length.</param>
/// <param name="Example">Shown to people.</param>
public sealed record ImportColumn(
    string Key,
    string Label,
    ColumnType Type = ColumnType.Text,
    bool Required = false,
    bool Unique = false,
    IReadOnlyList<string>? Values = null,
    string? Pattern = null,
    decimal? Min = null,
    decimal? Max = null,
    string? Example = null
);

/// <summary>What a column's values are.</summary>
public enum ColumnType
{
    Text,
    Number,
    Integer,

    /// <summary>As in ISO 8601: <c>2026-11-21</c>, or with a time.</summary>
    Date,
    Boolean,
    Email,
    Url,
    Select,
}
