using Microsoft.EntityFrameworkCore;
using Tollgate.Commands;

namespace Standalone.Storage;

/// <summary>The service's tables, as its commands open them.</summary>
internal static class CommandStorage
{
    public static Task<StandaloneDb> OpenAsync(this CommandRun run, CancellationToken cancellationToken) =>
        run.Get<IDbContextFactory<StandaloneDb>>().CreateDbContextAsync(cancellationToken);
}
