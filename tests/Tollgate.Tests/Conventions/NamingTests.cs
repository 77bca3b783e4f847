using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Tollgate.Tests.Conventions;

/// <summary>Names are of the domain: what a thing is or does, never that it manages or helps.</summary>
public sealed class NamingTests
{
    private static readonly string[] BannedSuffixes =
    [
        "Service",
        "Services",
        "Manager",
        "Helper",
        "Helpers",
        "Util",
        "Utils",
        "Utility",
        "Processor",
        "Provider",
    ];

    private static readonly string[] BannedFolders =
    [
        "Common",
        "Core",
        "Shared",
        "Models",
        "Constants",
        "Interfaces",
        "Services",
        "Managers",
        "Helpers",
        "Utils",
        "Utilities",
        "Processors",
        "Providers",
    ];

    [Fact]
    public void Names_say_what_things_are() => SourceTree.Holds(NamesAreOfTheDomain, IsOurs);

    [Fact]
    public void No_type_is_called_like_a_namespace_segment()
    {
        var segments = SourceTree.Files.Where(IsOurs).SelectMany(NamespaceSegments).ToHashSet(StringComparer.Ordinal);
        SourceTree.Holds(file => TypesDifferFrom(segments, file), IsOurs);
    }

    [Fact]
    public void Namespaces_follow_the_folders() =>
        SourceTree.Holds(NamespaceIsFolder, file => IsOurs(file) && !file.IsGenerated);

    /// <summary>A <c>Program</c> of ours would stand beside the host's own, which its tests name.</summary>
    [Fact]
    public void What_a_host_takes_in_puts_no_type_outside_a_namespace() =>
        SourceTree.Holds(TypesHaveANamespace, file => file.IsCSharp && file.IsUnder("src"));

    [Theory]
    [InlineData("namespace Tollgate; class A;", 0)]
    [InlineData("class A;", 1)]
    [InlineData("return 0;", 1)]
    public void Type_without_a_namespace_is_found(string text, int faults) =>
        Assert.Equal(faults, TypesHaveANamespace(new SourceFile("src/Tollgate/A.cs", text)).Count());

    [Theory]
    [InlineData("src/A.cs", "class SeatQuote;", 0)]
    [InlineData("src/A.cs", "class PriceFormat : IFormatProvider;", 0)]
    [InlineData("src/A.cs", "class InviteTokenProvider : DataProtectorTokenProvider<User>;", 0)]
    [InlineData("src/A.cs", "class SeatService;", 1)]
    [InlineData("src/A.cs", "record SeatHelpers(int I);", 1)]
    [InlineData("src/A.cs", "interface ISeatManager;", 1)]
    [InlineData("src/A.cs", "enum PriceUtil { }", 1)]
    [InlineData("src/A.cs", "class SeatService : Base;", 1)]
    [InlineData("src/Models/A.cs", "class Seat;", 1)]
    public void Name_that_says_nothing_is_found(string path, string text, int faults) =>
        Assert.Equal(faults, NamesAreOfTheDomain(new SourceFile(path, text)).Count());

    [Theory]
    [InlineData("namespace Tollgate.Catalog; class PlanCatalog;", 0)]
    [InlineData("namespace Tollgate.Catalog; class Catalog;", 1)]
    [InlineData("namespace Tollgate.Usage; class Outer { class Tollgate; }", 1)]
    public void Type_called_like_a_namespace_segment_is_found(string text, int faults)
    {
        var file = new SourceFile("src/A.cs", text);
        Assert.Equal(faults, TypesDifferFrom(NamespaceSegments(file).ToHashSet(StringComparer.Ordinal), file).Count());
    }

    [Theory]
    [InlineData("src/Tollgate/Usage/A.cs", "namespace Tollgate.Usage;", 0)]
    [InlineData("src/Tollgate/A.cs", "namespace Tollgate;", 0)]
    [InlineData("hosts/Hydra/Program.cs", "Console.WriteLine();", 0)]
    [InlineData("tests/Tollgate.Tests/Usage/A.cs", "namespace Tollgate.Tests.Usage;", 0)]
    [InlineData("src/Tollgate/Usage/A.cs", "namespace Tollgate.Access;", 1)]
    [InlineData("src/Tollgate/Usage/A.cs", "namespace Tollgate;", 1)]
    public void Namespace_that_leaves_its_folder_is_found(string path, string text, int faults) =>
        Assert.Equal(faults, NamespaceIsFolder(new SourceFile(path, text)).Count());

    private static bool IsOurs(SourceFile file) =>
        file.IsCSharp && file.IsUnder("src", "hosts", "tests", "tools", "bench");

    private static IEnumerable<string> NamesAreOfTheDomain(SourceFile file)
    {
        foreach (var folder in file.Segments.SkipLast(1).Intersect(BannedFolders))
            yield return file.Fault(1, $"a folder called {folder} says nothing of what is in it");
        foreach (var type in Types(file))
        {
            var name = type.Identifier.Text;
            var suffix = Array.Find(BannedSuffixes, banned => name.EndsWith(banned, StringComparison.Ordinal));
            if (suffix is not null && !CarriesOn(type, suffix))
                yield return file.Fault(type, $"{name}: a {suffix} says nothing of what it is or does");
        }
    }

    // what the framework calls so may be called so where it is implemented
    private static bool CarriesOn(BaseTypeDeclarationSyntax type, string suffix) =>
        type.BaseList?.Types.Any(b => b.Type.ToString().Split('<')[0].EndsWith(suffix, StringComparison.Ordinal))
        ?? false;

    private static IEnumerable<string> TypesDifferFrom(HashSet<string> segments, SourceFile file) =>
        from type in Types(file)
        where segments.Contains(type.Identifier.Text)
        select file.Fault(type, $"type {type.Identifier.Text} is called like a namespace");

    private static IEnumerable<string> TypesHaveANamespace(SourceFile file) =>
        from member in ((CompilationUnitSyntax)file.Syntax).Members
        where member is not BaseNamespaceDeclarationSyntax
        select file.Fault(member, "stands outside a namespace, as a host's own Program does");

    private static IEnumerable<string> NamespaceIsFolder(SourceFile file)
    {
        // src/Tollgate/Usage/A.cs -> Tollgate.Usage
        var folder = string.Join('.', file.Segments.Skip(1).SkipLast(1));
        return from declared in file.Syntax.DescendantNodes().OfType<BaseNamespaceDeclarationSyntax>()
            where declared.Name.ToString() != folder
            select file.Fault(declared, $"namespace {declared.Name} lies in the folder of {folder}");
    }

    private static IEnumerable<string> NamespaceSegments(SourceFile file) =>
        file
            .Syntax.DescendantNodes()
            .OfType<BaseNamespaceDeclarationSyntax>()
            .SelectMany(declared => declared.Name.ToString().Split('.'));

    private static IEnumerable<BaseTypeDeclarationSyntax> Types(SourceFile file) =>
        file.Syntax.DescendantNodes().OfType<BaseTypeDeclarationSyntax>();
}
