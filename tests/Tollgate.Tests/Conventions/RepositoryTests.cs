using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Tollgate.Tests.Conventions;

/// <summary>What may be committed: no secret, no path of one machine, no download host, no unlocked project.</summary>
public sealed class RepositoryTests
{
    private static readonly Regex Secret = Pattern(
        @"\b[sr]k_live_\w{8,}|\b[sr]k_test_[A-Za-z0-9]{24,}|\bwhsec_[A-Za-z0-9]{16,}"
            + @"|\bre_[A-Za-z0-9]{8}_[A-Za-z0-9]{20,}|-----BEGIN [A-Z ]*PRIVATE KEY-----"
    );

    private static readonly Regex MachinePath = Pattern(
        @"(?<![\w.\-/])/(work|root|home/\w+|Users/\w+)/\w|\b[A-Z]:\\+Users\\"
    );

    [Fact]
    public void No_secret_is_committed() => SourceTree.Holds(HoldsNoSecret, _ => true);

    [Fact]
    public void No_path_of_one_machine_is_committed() => SourceTree.Holds(HoldsNoMachinePath, _ => true);

    [Fact]
    public void Lock_files_of_npm_name_no_download_host()
    {
        // the web package brings the first one
        if (SourceTree.Files.Any(IsNpmLock))
            SourceTree.Holds(NamesNoHost, IsNpmLock);
    }

    [Fact]
    public void Every_project_has_a_lock_file()
    {
        var paths = SourceTree.Files.Select(file => file.Path).ToHashSet(StringComparer.Ordinal);
        Assert.Empty(ProjectsWithoutLock(paths));
    }

    [Fact]
    public void Hosts_log_no_line_for_each_request() =>
        SourceTree.Holds(LogsRequests, file => Path.GetFileName(file.Path) == "appsettings.json");

    [Theory]
    [InlineData("""{ "Logging": { "LogLevel": { "Microsoft": "Warning" } } }""", 0)]
    [InlineData("""{ "Logging": { "LogLevel": { "Microsoft.AspNetCore.DataProtection": "Error" } } }""", 1)]
    [InlineData("{}", 1)]
    public void A_host_that_logs_requests_is_found(string text, int faults) =>
        Assert.Equal(faults, LogsRequests(new SourceFile("hosts/A/appsettings.json", text)).Count());

    [Theory]
    [InlineData("sk_test_123", 0)]
    [InlineData("whsec_local", 0)]
    [InlineData("sk_li" + "ve_abcdefgh1234", 1)]
    [InlineData("rk_li" + "ve_abcdefgh1234", 1)]
    [InlineData("whsec" + "_abcdefgh12345678", 1)]
    [InlineData("sk_te" + "st_abcdefgh1234567812345678", 1)]
    [InlineData("-----BEGIN RSA PRIVATE" + " KEY-----", 1)]
    public void Secret_is_found(string text, int faults) =>
        Assert.Equal(faults, HoldsNoSecret(new SourceFile("docs/a.md", text)).Count());

    [Theory]
    [InlineData("the folder /var/lib/tollgate, root's home /root, a route /api/home/x", 0)]
    [InlineData("https://example.test/work/items and ../work/x", 0)]
    [InlineData("cd /wor" + "k/main", 1)]
    [InlineData("cd /roo" + "t/src", 1)]
    [InlineData("cd /hom" + "e/anna/src", 1)]
    [InlineData("cd C:\\Use" + "rs\\anna", 1)]
    public void Path_of_one_machine_is_found(string text, int faults) =>
        Assert.Equal(faults, HoldsNoMachinePath(new SourceFile("docs/a.md", text)).Count());

    [Theory]
    [InlineData("""{ "node_modules/lit": { "version": "3.3.3", "integrity": "sha512-x" } }""", 0)]
    [InlineData("""{ "node_modules/lit": { "resolved": "https://host.test/lit.tgz" } }""", 1)]
    [InlineData("""{ "node_modules/@tollgate/web": { "resolved": "../Tollgate.Web", "link": true } }""", 0)]
    public void Download_host_is_found(string text, int faults) =>
        Assert.Equal(faults, NamesNoHost(new SourceFile("package-lock.json", text)).Count());

    [Fact]
    public void Project_without_a_lock_file_is_found() =>
        Assert.Equal(
            ["src/B/B.csproj"],
            ProjectsWithoutLock(["src/A/A.csproj", "src/A/packages.lock.json", "src/B/B.csproj", "packages.lock.json"])
        );

    private static IEnumerable<string> LogsRequests(SourceFile file)
    {
        if ((string?)JsonNode.Parse(file.Text)?["Logging"]?["LogLevel"]?["Microsoft"] != "Warning")
        {
            yield return $"{file.Path}: Logging:LogLevel:Microsoft is not Warning";
        }
    }

    private static IEnumerable<string> HoldsNoSecret(SourceFile file) =>
        Secret
            .Matches(file.Text)
            // not the whole of it: the message ends in logs
            .Select(match => file.Fault(file.LineAt(match.Index), $"a secret: {match.Value[..8]}..."));

    private static IEnumerable<string> HoldsNoMachinePath(SourceFile file) =>
        MachinePath
            .Matches(file.Text)
            .Select(match => file.Fault(file.LineAt(match.Index), $"a machine's path: {match}"));

    private static IEnumerable<string> NamesNoHost(SourceFile file) =>
        from line in file.Lines.Index()
        where line.Item.Contains("\"resolved\"", StringComparison.Ordinal)
        // a package of ours, in the folder beside
        where !line.Item.Contains("\"resolved\": \"../", StringComparison.Ordinal)
        select file.Fault(
            line.Index + 1,
            "a download host: set omit-lockfile-registry-resolved in .npmrc and lock again"
        );

    private static IEnumerable<string> ProjectsWithoutLock(HashSet<string> paths) =>
        from path in paths
        where path.EndsWith(".csproj", StringComparison.Ordinal)
        // apps of somebody else, who restores the packages that are there
        where !path.StartsWith("samples/", StringComparison.Ordinal)
        where !path.StartsWith("src/Tollgate.Templates/content/", StringComparison.Ordinal)
        where !paths.Contains(path[..(path.LastIndexOf('/') + 1)] + "packages.lock.json")
        select path;

    private static bool IsNpmLock(SourceFile file) => file.Segments[^1] == "package-lock.json";

    private static Regex Pattern(string pattern) =>
        new(pattern, RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(10));
}
