using System.Buffers.Text;
using System.Security.Cryptography;
using Hydra.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Hydra.Tenants;

/// <summary>Who knows its secret may join the tenant, once and until it expires. Only a hash is kept.</summary>
public sealed record Invitation
{
    public static readonly TimeSpan Lifetime = TimeSpan.FromDays(7);

    public required Guid Id { get; init; }

    public required string OrganizationId { get; init; }

    public required string Email { get; init; }

    public required bool IsOwner { get; init; }

    public required byte[] SecretHash { get; init; }

    /// <summary>Machine time.</summary>
    public required DateTimeOffset ExpiresAt { get; init; }

    public static string NewSecret() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));

    public static byte[] HashOf(string secret) => SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(secret));
}

internal sealed class InvitationMapping : IEntityTypeConfiguration<Invitation>
{
    public void Configure(EntityTypeBuilder<Invitation> builder)
    {
        builder.ToTable("Invitations");
        builder.HasOne<Organization>().WithMany().HasForeignKey(invitation => invitation.OrganizationId);
        builder.HasIndex(invitation => invitation.SecretHash).IsUnique();
        builder.HasIndex(invitation => new { invitation.OrganizationId, invitation.Email }).IsUnique();
    }
}
