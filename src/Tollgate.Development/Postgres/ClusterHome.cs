using System.Runtime.Versioning;

namespace Tollgate.Development.Postgres;

/// <summary>
/// The folder that really holds a cluster: the one asked for, or one below <c>/var/lib/tollgate</c> when the server's
/// user cannot reach that (root's own home is closed to everybody). The folder asked for then says where in a file
/// <c>moved-to</c>; without that file whatever lies there was abandoned and starts afresh.
/// </summary>
[SupportedOSPlatform("linux")]
internal static class ClusterHome
{
    private const string Fallback = "/var/lib/tollgate";

    private const UnixFileMode OpenToAll =
        UnixFileMode.UserRead
        | UnixFileMode.UserWrite
        | UnixFileMode.UserExecute
        | UnixFileMode.GroupRead
        | UnixFileMode.GroupExecute
        | UnixFileMode.OtherRead
        | UnixFileMode.OtherExecute;

    /// <summary>Where the data is, or null when the folder holds none; makes nothing.</summary>
    public static string? Find(string asked)
    {
        var marker = MarkerOf(asked);
        if (File.Exists(marker))
            return File.ReadAllText(marker).Trim();
        return Directory.Exists(asked) ? asked : null;
    }

    /// <summary>Makes the folder. Called under the cluster's start lock.</summary>
    public static async Task<string> PrepareAsync(string asked, ServerAccount account, CancellationToken ct)
    {
        MakeOpen(asked);
        var marker = MarkerOf(asked);
        if (File.Exists(marker))
        {
            var moved = (await File.ReadAllTextAsync(marker, ct)).Trim();
            MakeOpen(moved);
            return moved;
        }
        if (await account.CanReachAsync(asked, ct))
            return asked;

        var home = Path.Combine(Fallback, ClusterFiles.HashOf(asked));
        MakeOpen(Fallback);
        await RemoveAbandonedAsync(home, ct);
        MakeOpen(home);
        if (!await account.CanReachAsync(home, ct))
            throw new DevelopmentException(
                $"PostgreSQL runs as '{account.Name}', who can reach neither '{asked}' nor '{home}': set TOLLGATE_DATA"
            );
        await File.WriteAllTextAsync(marker, home + "\n", ct);
        return home;
    }

    /// <summary>Where npm's programs go when their own folder is out of the server's reach.</summary>
    public static string ReachableBinaries()
    {
        var folder = Path.Combine(Fallback, "postgres-binaries");
        MakeOpen(Fallback);
        MakeOpen(folder);
        return folder;
    }

    /// <summary>A folder that every user can enter, whatever our umask is; one that exists is left as it is.</summary>
    public static void MakeOpen(string path)
    {
        if (Directory.Exists(path))
            return;
        try
        {
            Directory.CreateDirectory(path);
            File.SetUnixFileMode(path, OpenToAll);
        }
        catch (UnauthorizedAccessException)
        {
            throw new DevelopmentException($"'{path}' cannot be made here: set TOLLGATE_DATA to a folder of your own");
        }
    }

    private static async Task RemoveAbandonedAsync(string home, CancellationToken ct)
    {
        if (!Directory.Exists(home))
            return;
        await Postmaster.StopAsync(new ClusterFiles(home), ct);
        Directory.Delete(home, recursive: true);
    }

    private static string MarkerOf(string asked) => Path.Combine(asked, "moved-to");
}
