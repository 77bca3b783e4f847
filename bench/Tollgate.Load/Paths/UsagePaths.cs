using System.Globalization;
using Npgsql;
using Tollgate.Load.Measuring;
using Tollgate.Load.Processes;

namespace Tollgate.Load.Paths;

/// <summary>A unit of metered use is reserved with its row, and committed.</summary>
internal static class UsagePaths
{
    /// <summary>Accounts that the tables hold, whether or not a path uses all of them.</summary>
    public const int TenantsMax = 1000;

    /// <summary>Runs of former windows, which the tables hold as they would in production.</summary>
    public const int PastRuns = 100_000;

    private const int ConnectionsMax = 64;
    private const long Held = 100_000;
    private static readonly (int Tenants, int Callers)[] Reserves =
    [
        (1, 1),
        (1, 32),
        (1, 1000),
        (1000, 32),
        (1000, 1000),
    ];
    private static readonly (int Tenants, int Callers)[] Commits = [(1000, 32), (1000, 1000)];

    public static IEnumerable<LoadPath> Of(Rig rig, LoadOptions options)
    {
        foreach (var (tenants, callers) in Reserves)
        {
            yield return new(
                Name("reserve", tenants, callers),
                callers,
                () => ReserveAsync(rig, options, tenants, callers)
            );
        }

        foreach (var (tenants, callers) in Commits)
        {
            yield return new(Name("commit", tenants, callers), callers, () => CommitAsync(rig, tenants, callers));
        }
    }

    private static string Name(string what, int tenants, int callers) =>
        string.Create(CultureInfo.InvariantCulture, $"{what}-{tenants}-{callers}");

    private static async Task<IReadOnlyList<Contender>> ReserveAsync(
        Rig rig,
        LoadOptions options,
        int tenants,
        int callers
    )
    {
        var ours = new OurUsage((await rig.ServicesAsync()).Services, tenants);
        var plain = new PlainUsage(await PlainDatabaseAsync(rig, callers), tenants);
        await ours.CheckLimitAsync(rig.Token);
        List<Contender> contenders =
        [
            new CallContender(
                "UsageMeters",
                Role.Ours,
                rig,
                new CallUse(callers, ours.ReserveAsync, ours.ClearAsync, ours.FindReserveFaultAsync)
            ),
            new CallContender(
                "one statement each",
                Role.Other,
                rig,
                new CallUse(callers, plain.ReserveAsync, plain.ClearAsync, plain.FindReserveFaultAsync)
            ),
        ];
        if (options.Peers && callers > 1)
        {
            var peer = await rig.PeerAsync(NpmPeers.Limiter.Script);
            contenders.Add(new LimiterContender(NpmPeers.Limiter.Package, rig, peer, tenants, callers));
        }

        return contenders;
    }

    private static async Task<IReadOnlyList<Contender>> CommitAsync(Rig rig, int tenants, int callers)
    {
        var ours = new OurUsage((await rig.ServicesAsync()).Services, tenants);
        var plain = new PlainUsage(await PlainDatabaseAsync(rig, callers), tenants);
        return
        [
            new CallContender(
                "UsageMeters",
                Role.Ours,
                rig,
                new CallUse(
                    callers,
                    ours.CommitAsync,
                    token => ours.HoldAsync(Held, token),
                    (made, token) => ours.FindCommitFaultAsync(Held, made, token)
                )
                {
                    Calls = Held,
                }
            ),
            new CallContender(
                "one statement each",
                Role.Other,
                rig,
                new CallUse(
                    callers,
                    plain.CommitAsync,
                    token => plain.HoldAsync(Held, token),
                    (made, token) => plain.FindCommitFaultAsync(Held, made, token)
                )
                {
                    Calls = Held,
                }
            ),
        ];
    }

    private static Task<NpgsqlDataSource> PlainDatabaseAsync(Rig rig, int callers) =>
        rig.PlainDatabaseAsync(Math.Min(callers, ConnectionsMax), PlainUsage.MakeAsync);
}
