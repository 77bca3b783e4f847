using Microsoft.EntityFrameworkCore;

namespace Tollgate.Storage;

/// <summary>
/// Tollgate's tables, in their own schema <c>billing</c> of the host's database. EF Core owns the migrations and the
/// tables mapped here; inbox, outbox, meters and leases are written by SQL that stands with their capability.
/// </summary>
public sealed partial class TollgateDb(DbContextOptions<TollgateDb> options) : DbContext(options)
{
    public const string Schema = "billing";

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        modelBuilder.HasDefaultSchema(Schema);
        SnakeCaseNames.Apply(modelBuilder);
    }
}
