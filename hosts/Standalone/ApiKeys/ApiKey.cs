using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Standalone.ApiKeys;

/// <summary>
/// What an app's server calls with. Its secret is shown when it is made, and kept nowhere: the hash is, from which
/// nobody gets it back.
/// </summary>
public sealed record ApiKey
{
    private const string SecretPrefix = "tgsk_";
    private const int SecretBytes = 32;

    /// <summary><c>key_...</c>: what commands and logs call it.</summary>
    public required string Id { get; init; }

    /// <summary>Whose it is, for people.</summary>
    public required string Name { get; init; }

    /// <summary>SHA-256 of the secret, in lower-case hex.</summary>
    public required string Hash { get; init; }

    /// <summary>Some of <see cref="ApiScope.All"/>.</summary>
    public required string[] Scopes { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>From then on it opens nothing; null for never. Machine time.</summary>
    public DateTimeOffset? EndsAt { get; init; }

    public bool HoldsAt(DateTimeOffset now) => EndsAt is not { } end || now < end;

    /// <summary>A new key with its secret.</summary>
    public static (ApiKey Key, string Secret) Make(string name, string[] scopes, DateTimeOffset now)
    {
        // 256 random bits want no slow hash
        var secret = SecretPrefix + Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(SecretBytes));
        return (Of(secret, name, scopes, now), secret);
    }

    /// <summary>The key whose secret is this one.</summary>
    public static ApiKey Of(string secret, string name, string[] scopes, DateTimeOffset now) =>
        new()
        {
            Id = $"key_{Guid.NewGuid():N}",
            Name = name,
            Hash = HashOf(secret),
            Scopes = scopes,
            CreatedAt = now,
        };

    public static string HashOf(string secret) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(secret)));
}

internal sealed class ApiKeyMapping : IEntityTypeConfiguration<ApiKey>
{
    public void Configure(EntityTypeBuilder<ApiKey> builder)
    {
        builder.ToTable("api_keys");
        builder.HasKey(key => key.Id);
        builder.HasIndex(key => key.Hash).IsUnique();
    }
}
