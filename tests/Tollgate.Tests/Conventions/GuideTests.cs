using System.Text.RegularExpressions;

namespace Tollgate.Tests.Conventions;

/// <summary>
/// Each C# and SQL block of docs/guide is the whole text of a file that is compiled or run; add-billing.md is typed
/// into an app of its own.
/// </summary>
public sealed class GuideTests
{
    private const string TypedElsewhere = "docs/guide/add-billing.md";

    private static readonly Regex Block = new(
        @"(?:^`(?<name>[^`\n]+)`:\n\n)?^```(?<language>csharp|sql)\n(?<text>.*?)^```",
        RegexOptions.ExplicitCapture | RegexOptions.Singleline | RegexOptions.Multiline,
        TimeSpan.FromSeconds(10)
    );

    [Fact]
    public void Every_block_of_a_guide_is_the_text_of_a_file() =>
        SourceTree.Holds(
            page => DiffersFromItsFile(page, SourceTree.Files),
            file =>
                file.Path.StartsWith("docs/guide/", StringComparison.Ordinal)
                && file.Path.EndsWith(".md", StringComparison.Ordinal)
                && file.Path != TypedElsewhere
        );

    [Theory]
    [InlineData("`MyApp/A.cs`:\n\n```csharp\nclass A;\n```", 0)]
    [InlineData("```json\n{}\n```", 0)]
    [InlineData("`MyApp/A.cs`:\n\n```csharp\nclass B;\n```", 1)]
    [InlineData("`MyApp/B.cs`:\n\n```csharp\nclass A;\n```", 1)]
    [InlineData("So:\n\n```csharp\nclass A;\n```", 1)]
    public void Block_without_its_file_is_found(string text, int faults) =>
        Assert.Equal(
            faults,
            DiffersFromItsFile(
                    new SourceFile("docs/guide/a.md", text + "\n"),
                    [new SourceFile("tests/MyApp/A.cs", "class A;\n")]
                )
                .Count()
        );

    private static IEnumerable<string> DiffersFromItsFile(SourceFile page, IReadOnlyList<SourceFile> files) =>
        from Match block in Block.Matches(page.Text)
        let name = block.Groups["name"].Value
        let file = files.SingleOrDefault(file =>
            name.Length > 0
            && file.Path.StartsWith("tests/MyApp", StringComparison.Ordinal)
            && file.Path.EndsWith($"/{name}", StringComparison.Ordinal)
        )
        where file?.Text != block.Groups["text"].Value
        select page.Fault(
            page.LineAt(block.Index),
            file is null ? $"a block of no file of tests/MyApp*: '{name}'" : $"it is not the text of {file.Path}"
        );
}
