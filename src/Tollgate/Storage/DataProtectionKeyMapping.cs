using Microsoft.AspNetCore.DataProtection.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Tollgate.Storage;

/// <summary>The keys of ASP.NET Core Data Protection, so that all nodes and restarts share sign-ins.</summary>
internal sealed class DataProtectionKeyMapping : IEntityTypeConfiguration<DataProtectionKey>
{
    public void Configure(EntityTypeBuilder<DataProtectionKey> builder)
    {
        builder.ToTable("data_protection_keys");
        builder.Property(key => key.Id).HasConversion<long>().UseIdentityAlwaysColumn();
        builder.Property(key => key.FriendlyName).IsRequired();
        builder.Property(key => key.Xml).IsRequired();
    }
}
