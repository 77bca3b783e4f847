namespace Tollgate.Development.Postgres;

/// <summary>
/// Who may do what with a cluster: one process at a time starts or stops it; each process that uses it holds a share
/// of the second lock, so that the last one is known even when others were killed.
/// </summary>
internal sealed class ClusterLocks(string directory)
{
    private static readonly TimeSpan Timeout = TimeSpan.FromMinutes(2);

    private string Users => Path.Combine(directory, "users.lock");

    public Task<LockFile> StartOrStopAsync(CancellationToken ct) =>
        LockFile.ExclusiveAsync(Path.Combine(directory, "start.lock"), Timeout, ct);

    /// <summary>Taken under <see cref="StartOrStopAsync"/>, kept while the cluster is used.</summary>
    public LockFile Use() =>
        LockFile.TryShared(Users) ?? throw new InvalidOperationException($"{Users} is held without the start lock");

    /// <summary>Null when somebody uses the cluster. Taken under <see cref="StartOrStopAsync"/>.</summary>
    public LockFile? TryAlone() => LockFile.TryExclusive(Users);
}
