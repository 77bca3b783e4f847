namespace Tollgate.Load.Measuring;

/// <summary>What a contender stands for in the table.</summary>
internal enum Role
{
    Ours,

    /// <summary>What somebody would write instead, or another package.</summary>
    Other,

    /// <summary>The least work that gives the same durability: an upper bound.</summary>
    Probe,
}

/// <summary>One way to do what a path does.</summary>
/// <param name="process">That which answers.</param>
internal abstract class Contender(string name, Role role, int process)
{
    public string Name => name;

    public Role Role => role;

    public int Process => process;

    /// <summary>
    /// Bytes that an operation allocates, where only a run of its own can say; null where each run does, or none can.
    /// </summary>
    public virtual Task<double?> CountAllocationsAsync(TimeSpan length, CancellationToken cancellationToken) =>
        Task.FromResult<double?>(null);

    /// <summary>Runs for that long and checks afterwards that what it answered is what the database holds.</summary>
    /// <exception cref="InexactException">It is not.</exception>
    public abstract Task<Measurement> RunAsync(TimeSpan length, CancellationToken cancellationToken);
}

/// <summary>A run answered something else than the database holds.</summary>
internal sealed class InexactException(string message) : InvalidOperationException(message);
