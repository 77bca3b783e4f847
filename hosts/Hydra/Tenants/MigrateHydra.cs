using Microsoft.EntityFrameworkCore;
using Tollgate;

namespace Hydra.Tenants;

/// <summary>Brings Hydra's own tables to this version.</summary>
internal sealed class MigrateHydra(IDbContextFactory<HydraDb> contexts) : IStartupStep
{
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        await db.Database.MigrateAsync(cancellationToken);
    }
}
