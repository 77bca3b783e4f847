using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Tollgate.Tests.Conventions;

/// <summary>Nothing is swallowed, nothing is left for later, nothing is skipped.</summary>
public sealed class HonestyTests
{
    private static readonly TimeSpan MatchTimeout = TimeSpan.FromSeconds(10);
    private static readonly Regex Unfinished = new(
        @"\b(TODO|FIXME|HACK|XXX|NotImplementedException)\b",
        RegexOptions.ExplicitCapture,
        MatchTimeout
    );
    private static readonly Regex SkippedInTypeScript = new(
        @"\b(it|test|describe)\s*\.\s*(skip|only|todo|fails)\b|\bx(it|describe)\s*\(",
        RegexOptions.ExplicitCapture,
        MatchTimeout
    );

    [Fact]
    public void Every_catch_rethrows_or_filters_or_says_why() =>
        SourceTree.Holds(CatchesAnswer, file => file.IsCSharp && file.IsUnder("src", "hosts", "tools", "tests"));

    [Fact]
    public void Nothing_is_left_for_later() => SourceTree.Holds(IsFinished, file => file.IsUnder("src", "hosts"));

    [Fact]
    public void No_test_is_skipped() =>
        SourceTree.Holds(
            RunsAllTests,
            file => IsTest(file) && !file.Path.EndsWith(nameof(HonestyTests) + ".cs", StringComparison.Ordinal)
        );

    [Theory]
    [InlineData("try { } catch { throw; }", 0)]
    [InlineData("try { } catch (E e) { throw new F(e); }", 0)]
    [InlineData("try { } catch (E e) { if (a) throw; return null; }", 0)]
    [InlineData("try { } catch (E e) when (e.Code == 7) { return null; }", 0)]
    [InlineData("try { } catch (E) { /* gone already */ }", 0)]
    [InlineData("try { } catch (E)\n{\n    // gone already\n    return null;\n}", 0)]
    [InlineData("try { } // gone already\ncatch (E) { }", 0)]
    [InlineData("try { } catch { }", 1)]
    [InlineData("try { } catch (E e) { Log(e); }", 1)]
    [InlineData("try { } catch (E e) { Later(() => throw e); }", 1)]
    public void Swallowing_catch_is_found(string text, int faults) =>
        Assert.Equal(faults, CatchesAnswer(new SourceFile("src/A.cs", text)).Count());

    [Theory]
    [InlineData("// to do it twice is harmless; a Hackney address", 0)]
    [InlineData("// TODO: refunds", 1)]
    [InlineData("/* FIXME */", 1)]
    [InlineData("// HACK", 1)]
    [InlineData("throw new NotImplementedException();", 1)]
    public void Work_left_for_later_is_found(string text, int faults) =>
        Assert.Equal(faults, IsFinished(new SourceFile("src/A.cs", text)).Count());

    [Theory]
    [InlineData("tests/A.cs", "class A { [Fact] void F() => list.Skip(1); }", 0)]
    [InlineData("tests/A.cs", "class A { [Fact(Skip = \"later\")] void F() {} }", 1)]
    [InlineData("tests/A.cs", "class A { [Theory(SkipUnless = nameof(X))] void F() {} }", 1)]
    [InlineData("tests/A.cs", "class A { [Fact] void F() => Assert.SkipWhen(true, \"later\"); }", 1)]
    [InlineData("src/Tollgate.Web/a.test.ts", "it('adds', () => list.skip(1))", 0)]
    [InlineData("src/Tollgate.Web/a.test.ts", "it.skip('adds', () => {})", 1)]
    [InlineData("src/Tollgate.Web/a.test.ts", "describe.only('adds', () => {})", 1)]
    public void Skipped_test_is_found(string path, string text, int faults) =>
        Assert.Equal(faults, RunsAllTests(new SourceFile(path, text)).Count());

    private static IEnumerable<string> CatchesAnswer(SourceFile file) =>
        from clause in file.Syntax.DescendantNodes().OfType<CatchClauseSyntax>()
        where clause.Filter is null && !Throws(clause.Block) && !HasComment(clause)
        select file.Fault(clause, "a catch that neither rethrows nor filters wants a comment that says why");

    // not in a lambda or local function: that one throws later, or never
    private static bool Throws(BlockSyntax block) =>
        block
            .DescendantNodes(node => node is not (AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax))
            .Any(node => node is ThrowStatementSyntax or ThrowExpressionSyntax);

    // inside the clause, or at the end of the line before it
    private static bool HasComment(CatchClauseSyntax clause) =>
        clause
            .DescendantTrivia()
            .Concat(clause.GetFirstToken().GetPreviousToken().TrailingTrivia)
            .Any(trivia => trivia.Kind() is SyntaxKind.SingleLineCommentTrivia or SyntaxKind.MultiLineCommentTrivia);

    private static IEnumerable<string> IsFinished(SourceFile file) =>
        Unfinished
            .Matches(file.Text)
            .Select(match => file.Fault(file.LineAt(match.Index), $"{match.Value}: build it or drop it"));

    private static IEnumerable<string> RunsAllTests(SourceFile file) =>
        file.IsCSharp
            ? from node in file.Syntax.DescendantNodes()
            where IsSkip(node)
            select file.Fault(node, "no test is skipped: make it run or delete it")
            : SkippedInTypeScript
                .Matches(file.Text)
                .Select(match => file.Fault(file.LineAt(match.Index), $"no test is skipped: {match.Value}"));

    private static bool IsSkip(SyntaxNode node) =>
        node switch
        {
            AttributeArgumentSyntax { NameEquals.Name.Identifier.Text: "Skip" or "SkipWhen" or "SkipUnless" } => true,
            MemberAccessExpressionSyntax { Expression: IdentifierNameSyntax { Identifier.Text: "Assert" } } call =>
                call.Name.Identifier.Text.StartsWith("Skip", StringComparison.Ordinal),
            _ => false,
        };

    private static bool IsTest(SourceFile file) =>
        file.IsCSharp && file.IsUnder("tests") || file.Path.EndsWith(".test.ts", StringComparison.Ordinal);
}
