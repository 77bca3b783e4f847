using System.Diagnostics;
using Tollgate.Load.Processes;

namespace Tollgate.Load.Paths;

/// <summary>npm packages that do the same, each behind a small server of its own in <c>bench/peers</c>.</summary>
internal static class NpmPeers
{
    public static readonly IReadOnlyList<NpmPeer> Webhooks =
    [
        new("@supabase/stripe-sync-engine", "sync-engine"),
        new("@better-auth/stripe", "better-auth"),
    ];

    public static readonly NpmPeer Limiter = new("rate-limiter-flexible", "rate-limiter");

    /// <summary>Installs what the lock file says, unless it is there.</summary>
    public static async Task InstallAsync(CancellationToken cancellationToken)
    {
        var installed = Path.Combine(Repository.Peers, "node_modules", ".package-lock.json");
        var wanted = Path.Combine(Repository.Peers, "package-lock.json");
        if (File.Exists(installed) && File.GetLastWriteTimeUtc(installed) >= File.GetLastWriteTimeUtc(wanted))
        {
            return;
        }

        using var npm = Process.Start(
            new ProcessStartInfo("npm", ["ci", "--no-audit", "--no-fund"]) { WorkingDirectory = Repository.Peers }
        )!;
        await npm.WaitForExitAsync(cancellationToken);
        if (npm.ExitCode != 0)
        {
            throw new InvalidOperationException($"npm ci in {Repository.Peers} ended with {npm.ExitCode}.");
        }
    }
}

/// <param name="Script">Without <c>.mjs</c>.</param>
internal sealed record NpmPeer(string Package, string Script);
