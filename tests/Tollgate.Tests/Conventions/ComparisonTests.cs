using System.Text.RegularExpressions;

namespace Tollgate.Tests.Conventions;

/// <summary>What the comparison says of Tollgate is held by a test that is there, or it is a no.</summary>
public sealed class ComparisonTests
{
    private const int Columns = 10;

    private static readonly Regex Claim = new(
        @"^(no|\[(yes|part)\]\(\.\./(?<test>tests/[^)]+)\).*)$",
        RegexOptions.ExplicitCapture,
        TimeSpan.FromSeconds(10)
    );

    [Fact]
    public void Every_row_of_the_comparison_leads_to_a_test_or_says_no()
    {
        var rows = Rows(File.ReadAllText(Path.Combine(SourceTree.Root, "docs", "comparison.md"))).ToArray();
        Assert.True(rows.Length > 30);
        Assert.All(rows, row => Assert.True(IsHeld(row), row[0]));
    }

    [Theory]
    [InlineData("| a | no | x | x | x | x | x | x | x | x |", true)]
    [InlineData("| a | [yes](../tests/Tollgate.Tests/Tollgate.Tests.csproj) | x | x | x | x | x | x | x | x |", true)]
    [InlineData("| a | yes | x | x | x | x | x | x | x | x |", false)]
    [InlineData("| a | [yes](../tests/NoSuchTests.cs) | x | x | x | x | x | x | x | x |", false)]
    public void Claim_without_a_test_is_found(string row, bool isHeld) =>
        Assert.Equal(isHeld, IsHeld(Assert.Single(Rows(row))));

    private static IEnumerable<string[]> Rows(string text) =>
        text.Split('\n')
            .Where(line => line.StartsWith("| ", StringComparison.Ordinal))
            .Select(line => line.Trim('|').Split(" | ", StringSplitOptions.TrimEntries))
            .Where(cells => cells.Length == Columns && cells[0].Length > 0);

    private static bool IsHeld(string[] row) =>
        Claim.Match(row[1]) is { Success: true } claim
        && (!claim.Groups["test"].Success || Path.Exists(Path.Combine(SourceTree.Root, claim.Groups["test"].Value)));
}
