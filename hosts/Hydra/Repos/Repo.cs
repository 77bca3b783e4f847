using Hydra.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Hydra.Repos;

/// <summary>A repository that a tenant has connected; while it is, it is active.</summary>
public sealed record Repo
{
    public required Guid Id { get; init; }

    public required string OrganizationId { get; init; }

    /// <summary>As its host writes it: <c>acme/web</c>.</summary>
    public required string Name { get; init; }

    public required DateTimeOffset ConnectedAt { get; init; }
}

/// <summary>Somebody whose code Hydra works on. They take a seat while one of their repos is connected.</summary>
public sealed record Developer
{
    public required Guid Id { get; init; }

    public required string OrganizationId { get; init; }

    public required string Name { get; init; }
}

/// <summary>A developer works on a connected repo. Gone with either.</summary>
public sealed record Contribution
{
    public required Guid DeveloperId { get; init; }

    public required Guid RepoId { get; init; }
}

internal sealed class RepoMapping : IEntityTypeConfiguration<Repo>
{
    public const int LongestName = 200;

    public void Configure(EntityTypeBuilder<Repo> builder)
    {
        builder.ToTable("Repos");
        builder.Property(repo => repo.Name).HasMaxLength(LongestName);
        builder.HasOne<Organization>().WithMany().HasForeignKey(repo => repo.OrganizationId);
        builder.HasIndex(repo => new { repo.OrganizationId, repo.Name }).IsUnique();
    }
}

internal sealed class DeveloperMapping : IEntityTypeConfiguration<Developer>
{
    public const int LongestName = 100;

    public void Configure(EntityTypeBuilder<Developer> builder)
    {
        builder.ToTable("Developers");
        builder.Property(developer => developer.Name).HasMaxLength(LongestName);
        builder.HasOne<Organization>().WithMany().HasForeignKey(developer => developer.OrganizationId);
        builder.HasIndex(developer => new { developer.OrganizationId, developer.Name }).IsUnique();
    }
}

internal sealed class ContributionMapping : IEntityTypeConfiguration<Contribution>
{
    public void Configure(EntityTypeBuilder<Contribution> builder)
    {
        builder.ToTable("Contributions");
        builder.HasKey(contribution => new { contribution.DeveloperId, contribution.RepoId });
        builder.HasOne<Developer>().WithMany().HasForeignKey(contribution => contribution.DeveloperId);
        builder.HasOne<Repo>().WithMany().HasForeignKey(contribution => contribution.RepoId);
    }
}
