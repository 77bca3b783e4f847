using System.Text.RegularExpressions;

namespace Tollgate.Tests.Deploy;

/// <summary>What a linter of Dockerfiles would say, and what this image must be.</summary>
public sealed partial class DockerfileTests
{
    private static readonly string[] Known =
    [
        "ARG",
        "FROM",
        "COPY",
        "RUN",
        "WORKDIR",
        "ENV",
        "EXPOSE",
        "USER",
        "HEALTHCHECK",
        "ENTRYPOINT",
    ];

    private static string Dockerfile => DeployFiles.Read("Dockerfile");

    [Fact]
    public void The_image_is_pinned_plain_and_not_of_root() => Assert.Equal([], FaultsOf(Dockerfile));

    [Theory]
    [InlineData(":10.0-noble-chiseled", ":latest", "FROM mcr.microsoft.com/dotnet/aspnet:latest is not pinned")]
    [InlineData(":10.0-noble-chiseled", "", "FROM mcr.microsoft.com/dotnet/aspnet is not pinned")]
    [InlineData(":10.0-noble-chiseled", ":10.0", "the last stage has a shell")]
    [InlineData("USER $APP_UID", "USER root", "the last stage runs as root")]
    [InlineData("USER $APP_UID\n", "", "the last stage runs as root")]
    [InlineData("COPY . .", "ADD . .", "ADD is none of those that are used here")]
    [InlineData("--from=build", "--from=biuld", "COPY --from=biuld names no stage")]
    [InlineData("HEALTHCHECK", "# HEALTHCHECK", "the last stage has no HEALTHCHECK")]
    [InlineData("ENTRYPOINT [\"/app/host\"]", "ENTRYPOINT /app/host", "ENTRYPOINT wants a shell, which is not there")]
    [InlineData("COPY --from=build /app .", "RUN true", "the last stage has nothing to RUN with")]
    public void A_fault_is_found(string right, string wrong, string fault) =>
        Assert.Contains(fault, FaultsOf(Dockerfile.Replace(right, wrong, StringComparison.Ordinal)));

    [Fact]
    public void What_the_build_needs_is_not_ignored_and_secrets_are()
    {
        var ignored = File.ReadAllLines(Path.Combine(Conventions.SourceTree.Root, ".dockerignore"));

        Assert.Empty(ignored.Intersect(["src", "hosts", "global.json", "Directory.Build.props", "**"]));
        Assert.Equal(
            [],
            new[] { ".git", "**/.env*", "**/*.pfx", "**/bin", "**/obj", "**/node_modules" }.Except(ignored)
        );
        // the library embeds it; the last line that fits wins
        Assert.InRange(
            Array.IndexOf(ignored, "!docs/reference/catalog.schema.json"),
            Array.IndexOf(ignored, "docs") + 1,
            ignored.Length
        );
    }

    private static IEnumerable<string> FaultsOf(string dockerfile)
    {
        var lines = Instruction()
            .Matches(dockerfile)
            .Select(one => (one.Groups["word"].Value, one.Groups["rest"].Value))
            .ToList();
        var stages = lines.Where(line => line.Item1 == "FROM").Select(line => line.Item2.Split(" AS ")).ToList();
        var last = lines[lines.FindLastIndex(line => line.Item1 == "FROM")..];
        foreach (var (word, _) in lines.Where(line => !Known.Contains(line.Item1)))
        {
            yield return $"{word} is none of those that are used here";
        }

        foreach (var image in stages.Select(stage => stage[0]).Where(image => !DeployFiles.IsPinned(image)))
        {
            yield return $"FROM {image} is not pinned";
        }

        foreach (var (_, rest) in lines.Where(line => line.Item1 == "COPY"))
        {
            if (
                From().Match(rest) is { Success: true } from
                && !stages.Exists(stage => stage[^1] == from.Groups["stage"].Value)
            )
            {
                yield return $"COPY --from={from.Groups["stage"].Value} names no stage";
            }
        }

        foreach (var (word, rest) in last.Where(line => line.Item1 is "ENTRYPOINT" or "HEALTHCHECK"))
        {
            if (!rest.EndsWith(']'))
            {
                yield return $"{word} wants a shell, which is not there";
            }
        }

        if (!last[0].Item2.Contains("-chiseled ", StringComparison.Ordinal))
        {
            yield return "the last stage has a shell";
        }

        if (last.Exists(line => line.Item1 == "RUN"))
        {
            yield return "the last stage has nothing to RUN with";
        }

        if (last.LastOrDefault(line => line.Item1 == "USER").Item2 is null or "root" or "0")
        {
            yield return "the last stage runs as root";
        }

        if (!last.Exists(line => line.Item1 == "HEALTHCHECK"))
        {
            yield return "the last stage has no HEALTHCHECK";
        }
    }

    [GeneratedRegex(
        "^(?<word>[A-Z]+) (?<rest>.+)$",
        RegexOptions.Multiline | RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 10_000
    )]
    private static partial Regex Instruction();

    [GeneratedRegex("--from=(?<stage>[^ ]+)", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex From();
}
