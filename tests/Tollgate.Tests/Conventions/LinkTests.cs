using System.Text.RegularExpressions;

namespace Tollgate.Tests.Conventions;

/// <summary>Documents lead to files that are there, and to headings that are in them.</summary>
public sealed class LinkTests
{
    private static readonly Regex Link = new(
        @"\]\((?<path>[^)#\s:]*)(#(?<anchor>[^)\s]*))?\)",
        RegexOptions.ExplicitCapture,
        TimeSpan.FromSeconds(10)
    );

    private static readonly Regex NoAnchorLetter = new(@"[^\w\- ]", RegexOptions.None, TimeSpan.FromSeconds(10));

    [Fact]
    public void Every_link_of_a_document_leads_to_a_file_or_a_folder() =>
        SourceTree.Holds(LeadsNowhere, file => file.Path.EndsWith(".md", StringComparison.Ordinal));

    [Fact]
    public void Every_page_of_docs_stands_in_the_table_of_contents()
    {
        var contents = File.ReadAllText(Path.Combine(SourceTree.Root, "docs", "toc.yml"));
        var pages = SourceTree
            .Files.Select(file => file.Path)
            .Where(path =>
                path.StartsWith("docs/", StringComparison.Ordinal) && path.EndsWith(".md", StringComparison.Ordinal)
            )
            .Select(path => path["docs/".Length..]);
        Assert.All(pages, page => Assert.Contains($"href: {page}\n", contents, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("[map](map.md#folders) and [code](../src/Tollgate) and [out](https://example.com/a#b)", 0)]
    [InlineData("# A b, `c`\n\n[here](#a-b-c) and [there](map.md#from-a-click-to-access)", 0)]
    [InlineData("[map](no-map.md)", 1)]
    [InlineData("[code](../src/NoSuchProject)", 1)]
    [InlineData("[map](map.md#no-such-heading)", 1)]
    [InlineData("# A\n\n[here](#b)", 1)]
    public void Link_that_leads_nowhere_is_found(string text, int faults) =>
        Assert.Equal(faults, LeadsNowhere(new SourceFile("docs/a.md", text)).Count());

    private static IEnumerable<string> LeadsNowhere(SourceFile file) =>
        from line in file.Lines.Index()
        from Match match in Link.Matches(line.Item)
        let path = match.Groups["path"].Value
        let anchor = match.Groups["anchor"].Value
        let target = path.Length == 0 ? file : Find(file, path)
        let exists = target is not null || Path.Exists(Full(file, path))
        where !exists || (anchor.Length > 0 && target is not null && !Anchors(target).Contains(anchor))
        select file.Fault(line.Index + 1, exists ? $"{path} has no heading {anchor}" : $"{path} is not there");

    private static string Full(SourceFile file, string path) =>
        Path.GetFullPath(Path.Combine(SourceTree.Root, Path.GetDirectoryName(file.Path)!, path));

    private static SourceFile? Find(SourceFile file, string path) =>
        path.EndsWith(".md", StringComparison.Ordinal) && Full(file, path) is var full && File.Exists(full)
            ? new SourceFile(Path.GetRelativePath(SourceTree.Root, full), File.ReadAllText(full))
            : null;

    // as GitHub and docfx name them
    private static HashSet<string> Anchors(SourceFile file) =>
        [
            .. file
                .Lines.Where(line => line.StartsWith('#'))
                .Select(line => line.TrimStart('#').Trim().ToLowerInvariant())
                .Select(title => NoAnchorLetter.Replace(title, "").Replace(' ', '-')),
        ];
}
