using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Tollgate.Tests.Conventions;

/// <summary>Lines, functions and files have a maximum, so that a reader can take each in as a whole.</summary>
public sealed class SizeTests
{
    private const int LineColumnsMax = 120;
    private const int FileLinesMax = 300;
    private const int FunctionLinesMax = 70;

    private static readonly string[] HandWritten = [".cs", ".ts", ".css", ".html", ".sh"];

    [Fact]
    public void Lines_end_at_120_columns() => SourceTree.Holds(LinesAreShort, IsHandWritten);

    [Fact]
    public void Files_end_at_300_lines_or_say_why_not() => SourceTree.Holds(FilesAreShort, IsHandWritten);

    [Fact]
    public void Functions_end_at_70_lines() =>
        SourceTree.Holds(FunctionsAreShort, file => file.IsCSharp && IsHandWritten(file));

    [Theory]
    [InlineData(120, 0)]
    [InlineData(121, 1)]
    public void Long_line_is_found(int columns, int faults) =>
        Assert.Equal(faults, LinesAreShort(new SourceFile("src/A.cs", "\n" + new string('x', columns) + "\n")).Count());

    [Theory]
    [InlineData("using System;", 300, 0)]
    [InlineData("using System;", 301, 1)]
    [InlineData("// One table of states: it reads best whole.", 301, 0)]
    [InlineData("/* One table of states: it reads best whole. */", 301, 0)]
    public void Long_file_is_found(string firstLine, int lines, int faults)
    {
        var text = firstLine + string.Concat(Enumerable.Repeat("\n", lines));
        Assert.Equal(faults, FilesAreShort(new SourceFile("src/A.cs", text)).Count());
    }

    [Theory]
    [InlineData("class A { void F()", 70, 0)]
    [InlineData("class A { void F()", 71, 1)]
    [InlineData("class A { A()", 71, 1)]
    [InlineData("class A { int P { get", 71, 1)]
    [InlineData("void F()", 71, 1)]
    public void Long_function_is_found(string head, int lines, int faults)
    {
        var text = head + "{" + string.Concat(Enumerable.Repeat("\n", lines - 1)) + "} } }";
        Assert.Equal(faults, FunctionsAreShort(new SourceFile("src/A.cs", text)).Count());
    }

    private static bool IsHandWritten(SourceFile file) =>
        !file.IsGenerated && HandWritten.Any(end => file.Path.EndsWith(end, StringComparison.Ordinal));

    private static IEnumerable<string> LinesAreShort(SourceFile file) =>
        from line in file.Lines.Index()
        where line.Item.Length > LineColumnsMax
        select file.Fault(line.Index + 1, $"{line.Item.Length} columns, more than {LineColumnsMax}");

    private static IEnumerable<string> FilesAreShort(SourceFile file)
    {
        var lines = file.Text.AsSpan().Count('\n');
        string[] comments = ["//", "/*", "<!--", "#"];
        if (lines > FileLinesMax && !comments.Any(start => file.Text.StartsWith(start, StringComparison.Ordinal)))
            yield return file.Fault(
                1,
                $"{lines} lines, more than {FileLinesMax}: split it, or say why on the first line"
            );
    }

    private static IEnumerable<string> FunctionsAreShort(SourceFile file) =>
        from node in file.Syntax.DescendantNodes()
        where node is BaseMethodDeclarationSyntax or AccessorDeclarationSyntax or LocalFunctionStatementSyntax
        let span = node.SyntaxTree.GetLineSpan(node.Span)
        let lines = span.EndLinePosition.Line - span.StartLinePosition.Line + 1
        where lines > FunctionLinesMax
        select file.Fault(node, $"a function of {lines} lines, more than {FunctionLinesMax}");
}
