using Tollgate.Sandbox.Tests.Support;

namespace Tollgate.IntegrationTests.Deploy;

/// <summary>A host in a folder of its own, made there by the very lines of deploy/Dockerfile.</summary>
internal sealed class PublishedHost : IDisposable
{
    /// <summary>Of tests that publish from this checkout: two at once would write the same files.</summary>
    public const string Collection = "publish";

    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(10);
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("published-");

    private PublishedHost() { }

    /// <summary>Where it lies.</summary>
    public string Folder => folder.FullName;

    /// <summary>What the image's ENTRYPOINT is.</summary>
    public string Program => Path.Combine(Folder, "host");

    public static async Task<PublishedHost> PublishAsync(string host, CancellationToken cancellationToken)
    {
        var published = new PublishedHost();
        var lines = (await File.ReadAllLinesAsync(DeployFile("Dockerfile"), cancellationToken))
            .Where(line =>
                line.StartsWith("RUN dotnet publish", StringComparison.Ordinal)
                || line.StartsWith("RUN ln -s \"$HOST\"", StringComparison.Ordinal)
            )
            .Select(line => line["RUN ".Length..].Replace("/app", published.Folder, StringComparison.Ordinal))
            .ToArray();
        Assert.Equal(2, lines.Length);
        // as /app of the image: everybody's to read
        lines = [.. lines, $"chmod a+rx {published.Folder}"];
        // an empty VERSION is git's: what was built for another test is not built again
        var environment = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["HOST"] = host,
            ["VERSION"] = "",
            ["DOTNET_CLI_TELEMETRY_OPTOUT"] = "1",
            // it takes minutes on a busy machine, and changes when code is compiled alone
            ["PublishReadyToRun"] = "false",
            ["MSBUILDDISABLENODEREUSE"] = "1",
        };
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(Longest);
        using var process = Command.Start("/bin/sh", ["-ec", string.Join('\n', lines)], Repository.Root, environment);
        var output = process.StandardOutput.ReadToEndAsync(limit.Token);
        var error = process.StandardError.ReadToEndAsync(limit.Token);
        await process.WaitForExitAsync(limit.Token);
        Assert.True(process.ExitCode == 0, $"{await output}{await error}");
        return published;
    }

    public static string DeployFile(string name) => Path.Combine(Repository.Root, "deploy", name);

    public void Dispose() => folder.Delete(recursive: true);
}
