using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace ImportCsv.Importers;

/// <summary>An importer that a user embeds: which columns it takes, where it may stand, how it looks.</summary>
public sealed record Importer
{
    public required Guid Id { get; init; }

    public required string UserId { get; init; }

    /// <summary>What an embedding page names it by. Everybody who sees the page knows it.</summary>
    public required string Key { get; init; }

    public required string Name { get; init; }

    public required ImportColumn[] Columns { get; init; }

    /// <summary>Pages of these origins may use it; our own always may.</summary>
    public required string[] AllowedOrigins { get; init; }

    /// <summary>What the user wants; a plan without that choice shows it anyway.</summary>
    public required bool ShowBadge { get; init; }

    /// <summary>Checked and written anew by <see cref="CustomCss"/>; null for none.</summary>
    public string? CustomCss { get; init; }

    /// <summary>Who is notified of finished imports; null for nobody.</summary>
    public string? CallbackUrl { get; init; }

    /// <summary>What stands between the fields of its files; null where each file is to say.</summary>
    public char? Delimiter { get; init; }

    public required string CallbackSecret { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public static string NewKey() => $"imp_{RandomNumberGenerator.GetHexString(24, lowercase: true)}";

    public static string NewSecret() => $"cbs_{RandomNumberGenerator.GetHexString(40, lowercase: true)}";
}

internal sealed class ImporterMapping : IEntityTypeConfiguration<Importer>
{
    public void Configure(EntityTypeBuilder<Importer> builder)
    {
        builder.ToTable("importers");
        builder.HasIndex(importer => importer.Key).IsUnique();
        builder.HasIndex(importer => importer.UserId);
        builder.HasOne<IdentityUser>().WithMany().HasForeignKey(importer => importer.UserId);
        builder
            .Property(importer => importer.Columns)
            .HasConversion<ColumnsConverter, ColumnsComparer>()
            .HasColumnType("jsonb");
    }

    private sealed class ColumnsConverter()
        : ValueConverter<ImportColumn[], string>(
            columns => JsonSerializer.Serialize(columns, JsonSerializerOptions.Default),
            text => JsonSerializer.Deserialize<ImportColumn[]>(text, JsonSerializerOptions.Default)!
        );

    private sealed class ColumnsComparer()
        : ValueComparer<ImportColumn[]>(
            (one, other) => one!.SequenceEqual(other!),
            columns => columns.Length,
            columns => columns.ToArray()
        );
}
