using System.Text.RegularExpressions;

namespace Tollgate.IntegrationTests.Guides;

/// <summary>Each command that a guide has people type is one of the app's, with these options.</summary>
public sealed partial class GuideCommandTests(GuideApp guide) : IClassFixture<GuideApp>
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_command_of_a_guide_is_understood()
    {
        var commands = new List<string>();
        foreach (var page in Directory.EnumerateFiles(Path.Combine(Repository.Root, "docs", "guide"), "*.md"))
        {
            commands.AddRange(
                Typed().Matches(await File.ReadAllTextAsync(page, Token)).Select(match => match.Groups["args"].Value)
            );
        }

        Assert.True(commands.Count >= 10);
        foreach (var command in commands.Distinct(StringComparer.Ordinal))
        {
            var words = command.Split(' ');
            string[] name = [.. words.TakeWhile(word => Word().IsMatch(word))];
            var (code, help) = await guide.Product.CommandAsync([.. name, "--help"]);
            Assert.True(code == 0, $"{command}: {help}");
            Assert.Contains(help.Split('\n'), line => name.All(line.Split(' ').Contains));
            Assert.All(
                words.Where(word => word.StartsWith("--", StringComparison.Ordinal)),
                option => Assert.Contains(option, help, StringComparison.Ordinal)
            );
        }
    }

    [GeneratedRegex(
        "^dotnet (?:run --|MyApp\\.dll) (?<args>.+)$",
        RegexOptions.Multiline | RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 10_000
    )]
    private static partial Regex Typed();

    [GeneratedRegex("^[a-z]+(-[a-z]+)*$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Word();
}
