using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Tollgate.Tests.Conventions;

/// <summary>A test's name states the rule; the rows of the matrix that it proves stand in its traits.</summary>
public sealed class MatrixRowTests
{
    private static readonly Regex RowFirst = Pattern(@"^[A-Z]\d{1,2}[a-z]?_");

    // "| F31 | ..." and "- I24 ..."
    private static readonly Regex FaultRow = Pattern(@"^(\| |- )(?<row>(?<letter>[FXIL])\d\d) ");

    // "- S14 ...", and those that share a paragraph: "**Mail** E1 ... E2 ..."
    private static readonly Regex DecisionRow = Pattern(@"(^- |\*\* |\. )(?<row>[A-Z]\d{1,2}[a-z]?) ");

    private static readonly Dictionary<string, string> TraitOfLetter = new(StringComparer.Ordinal)
    {
        ["F"] = "fault",
        ["X"] = "abuse",
        ["I"] = "invariant",
        ["L"] = "liveness",
    };

    [Fact]
    public void No_name_of_a_test_begins_with_a_row() => SourceTree.Holds(NameStatesTheRule, IsOfTests);

    [Fact]
    public void Every_trait_of_a_test_names_a_row_that_exists()
    {
        var rows = Rows(Document("docs/faults.md"), Document("docs/decisions.md"));
        Assert.Equal(
            ["abuse", "decision", "fault", "invariant", "liveness"],
            rows.Select(row => row.Trait).Distinct().Order()
        );

        SourceTree.Holds(file => TraitsNameRows(file, rows), IsOfTests);
    }

    [Theory]
    [InlineData("void A_failed_renewal_starts_the_grace() {}", 0)]
    [InlineData("void F31_every_order_ends_in_one_state() {}", 1)]
    [InlineData("void S4a_a_failure_starts_the_grace() {}", 1)]
    [InlineData("void F12_W2_what_was_accepted_comes_back() {}", 1)]
    public void Name_that_begins_with_a_row_is_found(string method, int faults) =>
        Assert.Equal(faults, NameStatesTheRule(Class(method)).Count());

    [Theory]
    [InlineData("""[Trait("fault", "F31")] [Trait("decision", "S4")]""", 0)]
    [InlineData("""[Trait("decision", "E2")] [Trait("invariant", "I24")]""", 0)]
    [InlineData("""[Trait("fault", "F32")]""", 1)]
    [InlineData("""[Trait("fault", "S4")]""", 1)]
    [InlineData("""[Trait("row", "F31")]""", 1)]
    public void Trait_that_names_no_row_is_found(string traits, int faults)
    {
        var rows = Rows("| F31 | any order |\n- I24 every change", "- S4 the earliest\n**Mail** E1 one. E2 links.");

        Assert.Equal(faults, TraitsNameRows(Class($"[Fact] {traits} void It_holds() {{}}"), rows).Count());
    }

    private static SourceFile Class(string method) => new("tests/ATests.cs", $"class ATests {{ {method} }}");

    private static IEnumerable<string> NameStatesTheRule(SourceFile file) =>
        from method in file.Syntax.DescendantNodes().OfType<MethodDeclarationSyntax>()
        where RowFirst.IsMatch(method.Identifier.Text)
        select file.Fault(method, $"{method.Identifier}: the row is a trait, the name states the rule");

    private static IEnumerable<string> TraitsNameRows(SourceFile file, HashSet<(string Trait, string Row)> rows) =>
        from attribute in file.Syntax.DescendantNodes().OfType<AttributeSyntax>()
        where attribute.Name.ToString() == "Trait"
        let named = attribute.ArgumentList!.Arguments.Select(Text).ToArray()
        where !rows.Contains((named[0], named[1]))
        select file.Fault(attribute, $"no such row: {named[0]} {named[1]}");

    private static string Text(AttributeArgumentSyntax argument) =>
        argument.Expression is LiteralExpressionSyntax literal
            ? literal.Token.ValueText
            : argument.Expression.ToString();

    private static HashSet<(string Trait, string Row)> Rows(string faults, string decisions) =>
        [
            .. Matches(FaultRow, faults).Select(row => (TraitOfLetter[row.Groups["letter"].Value], RowOf(row))),
            .. Matches(DecisionRow, decisions).Select(row => ("decision", RowOf(row))),
        ];

    private static IEnumerable<Match> Matches(Regex pattern, string text) =>
        text.Split('\n').SelectMany(line => pattern.Matches(line));

    private static string RowOf(Match row) => row.Groups["row"].Value;

    private static string Document(string path) => SourceTree.Files.Single(file => file.Path == path).Text;

    private static bool IsOfTests(SourceFile file) => file.IsCSharp && file.IsUnder("tests");

    private static Regex Pattern(string pattern) =>
        new(pattern, RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(10));
}
