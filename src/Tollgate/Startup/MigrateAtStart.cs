using Tollgate.Storage;

namespace Tollgate.Startup;

/// <summary>
/// Brings the database to this version before the host serves, or, where the host is configured not to, refuses to
/// serve on one that is not.
/// </summary>
internal sealed class MigrateAtStart(MigrateDatabase migrations, TollgateOptions options, StartupProgress progress)
    : IStartupStep
{
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var status = await migrations.ReadStatusAsync(cancellationToken);
        if (options.MigrateAtStart)
        {
            if (status.Missing.Count > 0)
            {
                progress.Report($"Migrating the database ({status.Missing.Count} to apply)");
            }

            await migrations.RunAsync(cancellationToken);
        }
        else if (status.Missing is [var first, ..])
        {
            throw new StartupException(
                $"The database lacks {first}{(status.Missing.Count > 1 ? $" and {status.Missing.Count - 1} more" : "")}"
                    + ": run `migrate up` or what `migrate script` prints; Tollgate__MigrateAtStart=false forbids the "
                    + "start to do it."
            );
        }
    }
}
