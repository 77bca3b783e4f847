using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Tollgate.Catalog;

namespace Tollgate.Tests.Conventions;

/// <summary>An app may use Stripe's own SDK beside the library: the guide's aliases say which type is meant.</summary>
public sealed partial class StripeNetTests
{
    // the library's own view of Stripe is of no use to whoever has the SDK
    private static readonly string[] OwnBoundary = ["Tollgate.Stripe", "Tollgate.Storage"];

    [Fact]
    public void Every_type_that_Stripe_net_calls_alike_has_an_alias_in_the_guide()
    {
        var theirs = typeof(global::Stripe.Plan).Assembly.GetExportedTypes().Where(IsIn("Stripe")).Select(NameOf);
        var ours = typeof(PlanCatalog)
            .Assembly.GetExportedTypes()
            .Where(type => !OwnBoundary.Contains(type.Namespace))
            .ToLookup(NameOf, type => type.FullName);

        var alike = theirs.Distinct().Where(ours.Contains).SelectMany(name => ours[name]);

        Assert.Equal(alike.Order(StringComparer.Ordinal), Aliases().Values.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void With_the_aliases_a_file_that_uses_both_compiles()
    {
        const string both = """
            using Stripe;
            using Tollgate;
            using Tollgate.Catalog;

            public static class Both
            {
                public static Plan Team { get; } = new("team", "Team");
                public static Price Theirs { get; } = new();
                public static Money Ours { get; } = Money.Usd(20_00);
            }
            """;

        Assert.Contains("CS0104", Faults(both));
        Assert.Empty(
            Faults(both, string.Join('\n', Aliases().Select(one => $"global using {one.Key} = {one.Value};")))
        );
    }

    private static List<string> Faults(params string[] sources) =>
        [
            .. CSharpCompilation
                .Create(
                    "both",
                    sources.Select(text => CSharpSyntaxTree.ParseText(text)),
                    ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!)
                        .Split(Path.PathSeparator)
                        .Select(file => MetadataReference.CreateFromFile(file)),
                    new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary)
                )
                .GetDiagnostics()
                .Where(fault => fault.Severity == DiagnosticSeverity.Error)
                .Select(fault => fault.Id)
                .Distinct(),
        ];

    private static Dictionary<string, string> Aliases() =>
        Alias()
            .Matches(File.ReadAllText(Path.Combine(SourceTree.Root, "docs/library.md")))
            .ToDictionary(found => found.Groups["name"].Value, found => found.Groups["type"].Value);

    private static Func<Type, bool> IsIn(string space) => type => type.Namespace == space;

    private static string NameOf(Type type) => type.Name;

    [GeneratedRegex(
        @"^global using (?<name>\w+) = (?<type>[\w.]+);",
        RegexOptions.Multiline | RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 10_000
    )]
    private static partial Regex Alias();
}
