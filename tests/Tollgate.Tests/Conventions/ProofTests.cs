using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Tollgate.Tests.Conventions;

/// <summary>Every test that a document or the doctor names exists.</summary>
public sealed class ProofTests
{
    private const string Document = "docs/hydra.md";
    private static readonly string[] Documents = [Document, "docs/importcsv.md"];
    private const string Heading = "## What holds it";
    private const string Missing = "not yet";

    // [`LifecycleTests.A_failed_renewal`](../tests/X/LifecycleTests.cs), or the sentence of a test of the pages
    private static readonly Regex Link = Pattern(
        @"\[`?(?<name>[^\]`]+)`?\]\(\.\./(?<path>[^)]+(Tests\.cs|\.test\.ts))\)"
    );

    private static readonly Regex Ticket = Pattern(@"^\| (?<number>\d\d) ");

    private static readonly Regex NamedTest = Pattern(@"""(?<name>\w+Tests\.\w+)""");

    private static readonly Regex Sentence = Pattern(@"\btest\((?<quote>['""])(?<name>.+?)\k<quote>,");

    [Fact]
    public void Every_test_that_the_documents_of_the_products_link_to_exists() =>
        SourceTree.Holds(file => LinksToTests(file, SourceTree.Files), file => Documents.Contains(file.Path));

    [Fact]
    public void Every_row_says_what_holds_it_or_that_nothing_does_yet() =>
        SourceTree.Holds(SaysWhatHoldsIt, file => Documents.Contains(file.Path));

    [Fact]
    public void All_24_tickets_have_their_row()
    {
        var document = SourceTree.Files.Single(file => file.Path == Document);

        Assert.Equal(
            Enumerable.Range(1, 24).Select(ticket => $"{ticket:00}"),
            Rows(document)
                .Select(row => Ticket.Match(row.Text).Groups["number"].Value)
                .Where(number => number.Length > 0)
        );
    }

    [Fact]
    public void Every_test_that_a_hosts_evidence_names_exists()
    {
        var tests = SourceTree.Files.Where(IsOfTests).SelectMany(TestsOf).ToHashSet(StringComparer.Ordinal);
        var named = SourceTree
            .Files.Where(file => file.IsUnder("hosts") && file.Path.EndsWith("Evidence.cs", StringComparison.Ordinal))
            .SelectMany(file => NamedTest.Matches(file.Text).Select(match => match.Groups["name"].Value))
            .ToList();

        Assert.NotEmpty(named);
        Assert.Empty(named.Except(tests));
    }

    [Theory]
    [InlineData("[`ATests.Holds`](../tests/ATests.cs)", 0)]
    [InlineData("[ATests.Also_holds](../tests/ATests.cs), [a page is 'shown'](../web/a.test.ts)", 0)]
    [InlineData("[`ATests.Help`](../tests/ATests.cs)", 1)]
    [InlineData("[`ATests.Held`](../tests/ATests.cs)", 1)]
    [InlineData("[`ATests.Holds`](../tests/BTests.cs)", 1)]
    [InlineData("[a page is](../web/a.test.ts)", 1)]
    public void Test_that_does_not_exist_is_found(string text, int faults)
    {
        SourceFile[] tree =
        [
            new(
                "tests/ATests.cs",
                "class ATests { [Fact] void Holds() {} [Theory] void Also_holds() {} void Help() {} }"
            ),
            new("web/a.test.ts", """test("a page is 'shown'", async () => {});"""),
        ];

        Assert.Equal(faults, LinksToTests(new SourceFile(Document, text), tree).Count());
    }

    [Theory]
    [InlineData("[ATests.Holds](../tests/ATests.cs)", 0)]
    [InlineData("not yet", 0)]
    [InlineData("", 1)]
    [InlineData("of course", 1)]
    public void Row_that_nothing_holds_is_found(string cell, int faults) =>
        Assert.Equal(
            faults,
            SaysWhatHoldsIt(new SourceFile(Document, $"| a | |\n{Heading}\n| Ticket | |\n|---|---|\n| 01 | {cell} |"))
                .Count()
        );

    private static IEnumerable<string> LinksToTests(SourceFile document, IReadOnlyList<SourceFile> tree) =>
        from link in Link.Matches(document.Text)
        let linked = tree.SingleOrDefault(file => file.Path == link.Groups["path"].Value)
        where linked is null || !TestsOf(linked).Contains(link.Groups["name"].Value)
        select document.Fault(document.LineAt(link.Index), $"no such test: {link.Groups["name"].Value}");

    private static IEnumerable<string> SaysWhatHoldsIt(SourceFile document) =>
        from row in Rows(document)
        let proof = Cells(row.Text)[^1]
        where !Link.IsMatch(proof) && !proof.StartsWith(Missing, StringComparison.Ordinal)
        select document.Fault(row.Line, "a row that nothing holds");

    /// <summary>The rows of the tables below the heading, without their own headings.</summary>
    private static IEnumerable<(int Line, string Text)> Rows(SourceFile document) =>
        from line in document.Lines.Index().SkipWhile(line => line.Item != Heading)
        where line.Item.StartsWith('|') && !IsRule(line.Item)
        where !IsRule(document.Lines.ElementAtOrDefault(line.Index + 1) ?? string.Empty)
        select (line.Index + 1, line.Item);

    private static bool IsRule(string line) => line.StartsWith("|---", StringComparison.Ordinal);

    private static string[] Cells(string row) => row.Trim('|').Split('|', StringSplitOptions.TrimEntries);

    private static IEnumerable<string> TestsOf(SourceFile file) =>
        file.IsCSharp
            ? from method in file.Syntax.DescendantNodes().OfType<MethodDeclarationSyntax>()
            where method.AttributeLists.SelectMany(list => list.Attributes).Any(IsFactOrTheory)
            select $"{((TypeDeclarationSyntax)method.Parent!).Identifier}.{method.Identifier}"
            : Sentence.Matches(file.Text).Select(match => match.Groups["name"].Value);

    private static bool IsFactOrTheory(AttributeSyntax attribute) => attribute.Name.ToString() is "Fact" or "Theory";

    private static bool IsOfTests(SourceFile file) =>
        file.IsUnder("tests") && file.Path.EndsWith("Tests.cs", StringComparison.Ordinal);

    private static Regex Pattern(string pattern) =>
        new(pattern, RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(10));
}
