using Microsoft.AspNetCore.DataProtection.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore;

namespace Tollgate.Storage;

/// <summary>
/// Tollgate's tables, in their own schema <c>billing</c> of the host's database. Each capability brings the mapping of
/// its rows beside them. EF Core owns the migrations and the mapped tables; accounts, inbox, outbox, meters and leases
/// are written by SQL that stands with their capability.
/// </summary>
internal sealed class TollgateDb(DbContextOptions<TollgateDb> options) : DbContext(options), IDataProtectionKeyContext
{
    public const string Schema = "billing";

    DbSet<DataProtectionKey> IDataProtectionKeyContext.DataProtectionKeys => Set<DataProtectionKey>();

    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder) =>
        configurationBuilder.Properties<AccountId>().HaveConversion<AccountIdConverter>();

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        modelBuilder.HasDefaultSchema(Schema);
        modelBuilder.ApplyConfigurationsFromAssembly(typeof(TollgateDb).Assembly);
        SnakeCaseNames.Apply(modelBuilder);
    }
}
