namespace Tollgate;

/// <summary>
/// Work that is done before the host serves, in the order in which the steps were registered: start what Development
/// brings, migrate, seed.
/// </summary>
public interface IStartupStep
{
    /// <exception cref="StartupException">The start cannot go on; the message is shown as one line.</exception>
    Task RunAsync(CancellationToken cancellationToken);
}
