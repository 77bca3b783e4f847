using Tollgate;

namespace ImportCsv.PlanLimits;

/// <summary>What a user may import, and the count of it. There are two: the cloud's, and none.</summary>
internal interface IPlanLimits
{
    /// <summary>Whether a user's month is written down.</summary>
    bool TracksUsage { get; }

    Task<ImportTerms> ReadAsync(string userId, CancellationToken cancellationToken);

    /// <summary>Why the user's importers take no files at all now; null when they do.</summary>
    Task<Refusal?> FindBlockAsync(string userId, CancellationToken cancellationToken);

    /// <summary>Holds a unit for an import before it is processed; null when it is held, else why not.</summary>
    Task<Refusal?> ReserveAsync(string userId, string key, CancellationToken cancellationToken);

    /// <summary>The import is there: it counts, once.</summary>
    Task CommitAsync(string userId, string key, CancellationToken cancellationToken);

    /// <summary>The import failed: it is not counted.</summary>
    Task ReleaseAsync(string userId, string key, CancellationToken cancellationToken);
}

/// <summary>What holds for a user now.</summary>
/// <param name="ImportsLimit">Null is unlimited, as is <paramref name="RowsLimit"/>.</param>
/// <param name="ResetsAt">When the count starts again.</param>
/// <param name="UpgradeUrl">Null where nothing can be bought.</param>
internal sealed record ImportTerms(
    string Tier,
    int ImportsUsed,
    int? ImportsLimit,
    int? RowsLimit,
    DateTimeOffset? ResetsAt,
    Badge Badge,
    bool MayStyle,
    Uri? UpgradeUrl
)
{
    /// <summary>The plan is paused: nothing is taken until it is paid for or cancelled.</summary>
    public bool IsPaused { get; init; }

    public bool CanImport => !IsPaused && (ImportsLimit is not { } limit || ImportsUsed < limit);
}

/// <summary>When an importer's footer says whose it is.</summary>
internal enum Badge
{
    Always,

    /// <summary>As the importer's setting says.</summary>
    AsSet,
    Never,
}

/// <summary>On one's own server nothing is limited, counted or sold.</summary>
internal sealed class NoLimits : IPlanLimits
{
    private static readonly ImportTerms Unlimited = new(
        "self_hosted",
        ImportsUsed: 0,
        ImportsLimit: null,
        RowsLimit: null,
        ResetsAt: null,
        Badge.Never,
        MayStyle: true,
        UpgradeUrl: null
    );

    public bool TracksUsage => false;

    public Task<ImportTerms> ReadAsync(string userId, CancellationToken cancellationToken) =>
        Task.FromResult(Unlimited);

    public Task<Refusal?> FindBlockAsync(string userId, CancellationToken cancellationToken) =>
        Task.FromResult<Refusal?>(null);

    public Task<Refusal?> ReserveAsync(string userId, string key, CancellationToken cancellationToken) =>
        Task.FromResult<Refusal?>(null);

    public Task CommitAsync(string userId, string key, CancellationToken cancellationToken) => Task.CompletedTask;

    public Task ReleaseAsync(string userId, string key, CancellationToken cancellationToken) => Task.CompletedTask;
}
