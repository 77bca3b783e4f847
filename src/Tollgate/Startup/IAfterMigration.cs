namespace Tollgate.Startup;

/// <summary>What tables that are new, or new again, must hold before they are used.</summary>
internal interface IAfterMigration
{
    Task RunAsync(CancellationToken cancellationToken);
}
