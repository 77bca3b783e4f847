using System.Text.RegularExpressions;

namespace Tollgate.Tests.Conventions;

/// <summary>Documents lead to files that are there.</summary>
public sealed class LinkTests
{
    private static readonly Regex Link = new(
        @"\]\((?<path>[^)#\s:]+)(#[^)]*)?\)",
        RegexOptions.ExplicitCapture,
        TimeSpan.FromSeconds(10)
    );

    [Fact]
    public void Every_link_of_a_document_leads_to_a_file_or_a_folder() =>
        SourceTree.Holds(LeadsNowhere, file => file.Path.EndsWith(".md", StringComparison.Ordinal));

    [Theory]
    [InlineData("[map](map.md#folders) and [code](../src/Tollgate) and [out](https://example.com/a)", 0)]
    [InlineData("[map](no-map.md)", 1)]
    [InlineData("[code](../src/NoSuchProject)", 1)]
    public void Link_that_leads_nowhere_is_found(string text, int faults) =>
        Assert.Equal(faults, LeadsNowhere(new SourceFile("docs/a.md", text)).Count());

    private static IEnumerable<string> LeadsNowhere(SourceFile file) =>
        from line in file.Lines.Index()
        from Match match in Link.Matches(line.Item)
        let path = match.Groups["path"].Value
        let target = Path.Combine(SourceTree.Root, Path.GetDirectoryName(file.Path)!, path)
        where !Path.Exists(target)
        select file.Fault(line.Index + 1, $"{path} is not there");
}
