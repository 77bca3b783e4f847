using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Tollgate.Tests.Conventions;

/// <summary>Lower knows nothing of higher, and folders of one level do not see each other.</summary>
public sealed class LayeringTests
{
    // the root's values lie below all of these, its registration above all: the root may see everything
    private static readonly string[][] Levels =
    [
        ["Stripe", "Storage"],
        ["Catalog"],
        ["Accounts", "Effects", "Deadlines"],
        ["Subscriptions"],
        ["Access", "Usage", "Checkout", "Changes", "Webhooks"],
        ["Notifications", "Reconciliation"],
        ["Administration"],
    ];

    [Fact]
    public void Folders_of_the_library_see_only_lower_ones() =>
        SourceTree.Holds(FoldersSeeLower, file => file.IsCSharp && file.IsUnder("src/Tollgate"));

    [Fact]
    public void Sandbox_knows_nothing_of_the_library() =>
        SourceTree.Holds(SandboxIsApart, file => file.IsUnder("src/Tollgate.Sandbox") && IsCodeOrProject(file));

    [Fact]
    public void Library_knows_nothing_of_the_Sandbox_or_of_Development() =>
        SourceTree.Holds(LibraryIsApart, file => file.IsUnder("src/Tollgate") && IsCodeOrProject(file));

    [Theory]
    [InlineData("Catalog/A.cs", "using Tollgate.Stripe;", 0)]
    [InlineData("Catalog/A.cs", "using Tollgate.Catalog;", 0)]
    [InlineData("Money.cs", "using Tollgate.Administration;", 0)]
    [InlineData("Storage/Migrations/A.cs", "using Tollgate.Storage;", 0)]
    [InlineData("Catalog/A.cs", "using Tollgate.Usage;", 1)]
    [InlineData("Catalog/A.cs", "using Tollgate.Effects;", 1)]
    [InlineData("Catalog/A.cs", "using static Tollgate.Usage.Window;", 1)]
    [InlineData("Catalog/A.cs", "using W = Tollgate.Usage.Window;", 1)]
    [InlineData("Catalog/A.cs", "namespace Tollgate.Catalog; class A { Usage.Window w; }", 1)]
    [InlineData("Catalog/A.cs", "namespace Tollgate.Catalog; class A { int i = Tollgate.Usage.Window.Size; }", 1)]
    [InlineData("Misc/A.cs", "", 1)]
    public void Look_upwards_or_sideways_is_found(string path, string text, int faults) =>
        Assert.Equal(faults, FoldersSeeLower(new SourceFile("src/Tollgate/" + path, text)).Count());

    [Theory]
    [InlineData("A.cs", "using Tollgate.Sandbox.Clocks;", 0)]
    [InlineData("A.cs", "using Tollgate.Catalog;", 1)]
    [InlineData("A.cs", "using Tollgate;", 1)]
    [InlineData("Tollgate.Sandbox.csproj", "<ProjectReference Include=\"../Tollgate/Tollgate.csproj\" />", 1)]
    public void Sandbox_that_uses_the_library_is_found(string path, string text, int faults) =>
        Assert.Equal(faults, SandboxIsApart(new SourceFile("src/Tollgate.Sandbox/" + path, text)).Count());

    [Theory]
    [InlineData("A.cs", "using Tollgate.Catalog;", 0)]
    [InlineData("A.cs", "using Tollgate.Sandbox;", 1)]
    [InlineData("A.cs", "using Tollgate.Development.Postgres;", 1)]
    [InlineData("Tollgate.csproj", "<ProjectReference Include=\"../Tollgate.Sandbox/Tollgate.Sandbox.csproj\" />", 1)]
    public void Library_that_uses_the_Sandbox_is_found(string path, string text, int faults) =>
        Assert.Equal(faults, LibraryIsApart(new SourceFile("src/Tollgate/" + path, text)).Count());

    private static IEnumerable<string> FoldersSeeLower(SourceFile file)
    {
        if (file.Segments is not ["src", "Tollgate", var folder, _, ..])
            return [];
        var level = LevelOf(folder);
        if (level < 0)
            return
            [
                file.Fault(1, $"folder {folder} has no level: place it in {nameof(LayeringTests)}.{nameof(Levels)}"),
            ];
        return from name in NamesOfFolders(file)
            where name.Folder != folder && LevelOf(name.Folder) >= level
            select file.Fault(name.At, $"{folder} does not see {name.Folder}: only lower levels");
    }

    private static IEnumerable<string> SandboxIsApart(SourceFile file) =>
        file.IsCSharp
            ? Usings(file)
                .Where(name => IsOrIsIn(name.Name, "Tollgate") && !IsOrIsIn(name.Name, "Tollgate.Sandbox"))
                .Select(name => file.Fault(name.At, $"the Sandbox does not see {name.Name}"))
            : ProjectReferences(file);

    private static IEnumerable<string> LibraryIsApart(SourceFile file) =>
        file.IsCSharp
            ? Usings(file)
                .Where(name => IsOrIsIn(name.Name, "Tollgate.Sandbox") || IsOrIsIn(name.Name, "Tollgate.Development"))
                .Select(name => file.Fault(name.At, $"the library does not see {name.Name}"))
            : ProjectReferences(file);

    private static IEnumerable<string> ProjectReferences(SourceFile file) =>
        file
            .Lines.Index()
            .Where(line => line.Item.Contains("<ProjectReference", StringComparison.Ordinal))
            .Select(line => file.Fault(line.Index + 1, "stands alone: no project reference"));

    private static IEnumerable<(string Name, SyntaxNode At)> Usings(SourceFile file) =>
        from directive in file.Syntax.DescendantNodes().OfType<UsingDirectiveSyntax>()
        select (directive.NamespaceOrType.ToString(), (SyntaxNode)directive);

    private static IEnumerable<(string Folder, SyntaxNode At)> NamesOfFolders(SourceFile file)
    {
        foreach (var node in file.Syntax.DescendantNodes())
        {
            if (node is not (QualifiedNameSyntax or MemberAccessExpressionSyntax))
                continue;
            if (node.Parent is BaseNamespaceDeclarationSyntax)
                continue;
            var parts = node.ToString().Split('.');
            // Tollgate.Usage, at its shortest only; or Usage.Window where a type stands
            if (parts is ["Tollgate", var folder] && LevelOf(folder) >= 0)
                yield return (folder, node);
            else if (node is QualifiedNameSyntax && parts is [var first, _] && LevelOf(first) >= 0)
                yield return (first, node);
        }
    }

    private static bool IsCodeOrProject(SourceFile file) =>
        file.IsCSharp || file.Path.EndsWith(".csproj", StringComparison.Ordinal);

    private static bool IsOrIsIn(string name, string space) =>
        name == space || name.StartsWith(space + ".", StringComparison.Ordinal);

    private static int LevelOf(string folder) => Array.FindIndex(Levels, level => level.Contains(folder));
}
