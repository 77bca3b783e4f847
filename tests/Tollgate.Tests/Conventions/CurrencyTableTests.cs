using System.Text.RegularExpressions;

namespace Tollgate.Tests.Conventions;

/// <summary>The decimals of a currency are in one table, and no other code assumes them.</summary>
public sealed class CurrencyTableTests
{
    private const string Table = "src/Tollgate.Web/src/text/currencies.json";

    // codes that no text names by chance, and what asks the browser or divides by a hundred
    private static readonly Regex SecondTable = new(
        @"\b(xpf|djf|vuv|kmf|omr|tnd)\b|resolvedOptions\(\)\.maximumFractionDigits|(amount|minor)\w* / 100",
        RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture,
        TimeSpan.FromSeconds(10)
    );

    [Fact]
    public void Currencies_are_counted_by_one_table() =>
        SourceTree.Holds(HasNoTable, file => file.IsUnder("src", "hosts") && file.Path != Table && IsCode(file));

    [Theory]
    [InlineData("const digits = ['jpy', 'xpf'];", 1)]
    [InlineData("$\"{minor / 100m:0.00}\"", 1)]
    [InlineData("`$${offer.amount_per_month / 100}`", 1)]
    [InlineData("new Money(20_00, \"huf\").ToText()", 0)]
    public void Second_table_is_found(string text, int faults) =>
        Assert.Equal(faults, HasNoTable(new SourceFile("src/a.ts", text)).Count());

    private static IEnumerable<string> HasNoTable(SourceFile file) =>
        SecondTable.Matches(file.Text).Select(match => file.Fault(file.LineAt(match.Index), $"{match}: see {Table}"));

    private static bool IsCode(SourceFile file) =>
        !file.IsGenerated
        && !file.Path.EndsWith(".test.ts", StringComparison.Ordinal)
        && Path.GetExtension(file.Path) is ".cs" or ".ts" or ".js" or ".json" or ".html";
}
