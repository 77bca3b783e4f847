using System.Text.Json;
using ImportCsv.Csv;
using ImportCsv.Importers;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace ImportCsv.Imports;

/// <summary>
/// One file that came in. While it is <see cref="ImportState.Receiving"/> nobody sees it; it becomes one of the others
/// in the commit that counts it, or is deleted with its rows.
/// </summary>
public sealed record Import
{
    public required Guid Id { get; init; }

    public required Guid ImporterId { get; init; }

    public required string UserId { get; init; }

    /// <summary>The same key is the same import of this importer.</summary>
    public required string IdempotencyKey { get; init; }

    public required string FileName { get; init; }

    public required ImportState State { get; init; }

    /// <summary>Billing time.</summary>
    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>Machine time of the last sign of life of whoever receives it.</summary>
    public required DateTimeOffset TouchedAt { get; init; }

    /// <summary>Keys of the columns, in the order of the cells.</summary>
    public required string[] Columns { get; init; }

    public int Rows { get; init; }

    public int ValidRows { get; init; }

    public int ErrorCount { get; init; }

    /// <summary>The first hundred.</summary>
    public IReadOnlyList<RowError> Errors { get; init; } = [];

    public string Encoding { get; init; } = "";

    public string Delimiter { get; init; } = "";

    /// <summary>What was read that no CSV should have.</summary>
    public IReadOnlyList<CsvNote> Notes { get; init; } = [];

    /// <summary>Of what was sent, so that its key is not taken for another file; empty where none was made.</summary>
    public string Fingerprint { get; init; } = "";
}

/// <summary>What has become of an import.</summary>
public enum ImportState
{
    Receiving,
    Completed,
    CompletedWithErrors,
}

/// <summary>Why a row was not taken.</summary>
/// <param name="Line">Of the file, from 1.</param>
/// <param name="Column">Key of the column; null when it is the row as a whole.</param>
public sealed record RowError(int Line, string? Column, string Code, string Message, string? Value);

/// <summary>Rows that were taken, some hundreds at a time, as the result shows them.</summary>
public sealed record ImportPiece
{
    public required Guid ImportId { get; init; }

    /// <summary>Of the file, from 1: the first row's.</summary>
    public required int Line { get; init; }

    public required int Rows { get; init; }

    /// <summary>Whole rows of CSV with the columns of the import, between commas.</summary>
    public required string Csv { get; init; }
}

/// <summary>What a user imported in a month of the calendar, in UTC (decision U4).</summary>
public sealed record UsageRecord
{
    public required string UserId { get; init; }

    public required DateOnly Month { get; init; }

    public required int Imports { get; init; }

    public required long Rows { get; init; }

    public required int MaxRowsInSingleImport { get; init; }
}

internal sealed class ImportMapping
    : IEntityTypeConfiguration<Import>,
        IEntityTypeConfiguration<ImportPiece>,
        IEntityTypeConfiguration<UsageRecord>
{
    public void Configure(EntityTypeBuilder<Import> builder)
    {
        builder.ToTable("imports");
        builder.HasIndex(import => new { import.ImporterId, import.IdempotencyKey }).IsUnique();
        builder.HasIndex(import => new { import.UserId, import.StartedAt });
        builder.HasOne<Importer>().WithMany().HasForeignKey(import => import.ImporterId);
        builder.Property(import => import.State).HasConversion<StateConverter>();
        builder
            .Property(import => import.Errors)
            .HasConversion<ListConverter<RowError>, ListComparer<RowError>>()
            .HasColumnType("jsonb");
        builder
            .Property(import => import.Notes)
            .HasConversion<ListConverter<CsvNote>, ListComparer<CsvNote>>()
            .HasColumnType("jsonb");
    }

    public void Configure(EntityTypeBuilder<ImportPiece> builder)
    {
        builder.ToTable("import_pieces");
        builder.HasKey(piece => new { piece.ImportId, piece.Line });
        builder.HasOne<Import>().WithMany().HasForeignKey(piece => piece.ImportId);
    }

    public void Configure(EntityTypeBuilder<UsageRecord> builder)
    {
        builder.ToTable("usage_records");
        builder.HasKey(record => new { record.UserId, record.Month });
        builder.HasOne<IdentityUser>().WithMany().HasForeignKey(record => record.UserId);
    }

    private sealed class StateConverter()
        : ValueConverter<ImportState, string>(
            state => JsonNamingPolicy.SnakeCaseLower.ConvertName(state.ToString()),
            text => Enum.Parse<ImportState>(text.Replace("_", "", StringComparison.Ordinal), true)
        );

    private sealed class ListConverter<T>()
        : ValueConverter<IReadOnlyList<T>, string>(
            list => JsonSerializer.Serialize(list, JsonSerializerOptions.Default),
            text => JsonSerializer.Deserialize<T[]>(text, JsonSerializerOptions.Default)!
        );

    private sealed class ListComparer<T>()
        : ValueComparer<IReadOnlyList<T>>(
            (one, other) => one!.SequenceEqual(other!),
            list => list.Count,
            list => list.ToArray()
        );
}
