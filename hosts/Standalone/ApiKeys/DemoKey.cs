using Microsoft.EntityFrameworkCore;
using Standalone.Storage;
using Tollgate.Startup;

namespace Standalone.ApiKeys;

/// <summary>A key that everybody knows, with every scope. In the private database of Development only.</summary>
internal sealed class DemoKey(IDbContextFactory<StandaloneDb> contexts, TimeProvider machineTime) : IStartupStep
{
    public const string Secret = "tgsk_demo";

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var key = ApiKey.Of(Secret, "demo", ApiScope.All, machineTime.GetUtcNow());
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        if (!await db.Set<ApiKey>().AnyAsync(one => one.Hash == key.Hash, cancellationToken))
        {
            db.Add(key);
            await db.SaveChangesAsync(cancellationToken);
        }
    }
}
