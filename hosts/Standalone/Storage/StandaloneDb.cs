using Microsoft.EntityFrameworkCore;
using Tollgate.Storage;

namespace Standalone.Storage;

/// <summary>
/// What the service keeps beside billing: keys of its API, seats that apps report, webhooks. Schema <c>standalone</c>.
/// </summary>
public sealed class StandaloneDb(DbContextOptions<StandaloneDb> options) : DbContext(options)
{
    public const string Schema = "standalone";

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        modelBuilder.HasDefaultSchema(Schema);
        modelBuilder.ApplyConfigurationsFromAssembly(typeof(StandaloneDb).Assembly);
        SnakeCaseNames.Apply(modelBuilder);
    }
}
