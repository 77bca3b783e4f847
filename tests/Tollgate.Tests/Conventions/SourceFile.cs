using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Tollgate.Tests.Conventions;

/// <summary>A text of the checkout; checks are pure functions from one to the faults in it.</summary>
/// <param name="Path">From the checkout's root, with slashes.</param>
internal sealed record SourceFile(string Path, string Text)
{
    private readonly Lazy<SyntaxNode> root = new(() => CSharpSyntaxTree.ParseText(Text).GetRoot());

    /// <summary>Only for C#.</summary>
    public SyntaxNode Syntax => root.Value;

    public string[] Lines => Text.Split('\n');

    public string[] Segments => Path.Split('/');

    public bool IsCSharp => Path.EndsWith(".cs", StringComparison.Ordinal);

    /// <summary>Migrations are written by a tool.</summary>
    public bool IsGenerated => Segments.Intersect(["Migrations", "Compiled"]).Any();

    /// <summary>What a template is made of is somebody else's app, wherever it lies.</summary>
    public bool IsUnder(params string[] folders) =>
        !Path.StartsWith("src/Tollgate.Templates/content/", StringComparison.Ordinal)
        && Array.Exists(folders, folder => Path.StartsWith(folder + "/", StringComparison.Ordinal));

    public string Fault(SyntaxNode at, string message) =>
        Fault(at.SyntaxTree.GetLineSpan(at.Span).StartLinePosition.Line + 1, message);

    public string Fault(int line, string message) => $"{Path}:{line}: {message}";

    /// <summary>The line, from 1, of a character's position.</summary>
    public int LineAt(int position) => Text.AsSpan(0, position).Count('\n') + 1;
}
