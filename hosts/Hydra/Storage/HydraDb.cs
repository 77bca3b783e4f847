using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Identity.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore;

namespace Hydra.Storage;

/// <summary>Hydra's own tables: who signs in, to which tenant they belong, what was run. Schema <c>hydra</c>.</summary>
public sealed class HydraDb(DbContextOptions<HydraDb> options) : IdentityDbContext<IdentityUser>(options)
{
    public const string Schema = "hydra";

    public DbSet<Organization> Organizations => Set<Organization>();

    public DbSet<Membership> Memberships => Set<Membership>();

    protected override void OnModelCreating(ModelBuilder builder)
    {
        base.OnModelCreating(builder);
        builder.HasDefaultSchema(Schema);
        builder.ApplyConfigurationsFromAssembly(typeof(HydraDb).Assembly);
        builder.Entity<Membership>().HasKey(membership => membership.UserId);
        builder.Entity<Membership>().HasOne<IdentityUser>().WithOne().HasForeignKey<Membership>(m => m.UserId);
        builder.Entity<Membership>().HasOne<Organization>().WithMany().HasForeignKey(m => m.OrganizationId);
    }
}

/// <summary>A tenant. Its id is also its billing account's.</summary>
public sealed record Organization
{
    public required string Id { get; init; }

    public required string Name { get; init; }
}

/// <summary>A user belongs to one tenant, in one role.</summary>
public sealed record Membership
{
    public required string UserId { get; init; }

    public required string OrganizationId { get; init; }

    /// <summary>An owner may spend money; a member may not.</summary>
    public required bool IsOwner { get; init; }
}
