using Hydra;
using ImportCsv;
using Microsoft.AspNetCore.Builder;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Tollgate.Catalog;
using Tollgate.Commands;
using Tollgate.Commands.Catalogs;

namespace Tollgate.Tests.Catalog;

/// <summary>
/// The ids of a catalog as constants. That those of the hosts compile, their build shows; what is generated for
/// TypeScript is checked with @tollgate/client.
/// </summary>
public sealed class CatalogTypesTests
{
    // ids that would clash with their class, with what every class has, or with each other
    private static readonly PlanCatalog Awkward = new(
        "A <b> & \"c\" */",
        [new Plan("plans", "Plans\nand more"), new Plan("equals", "*/"), new Plan("to_string", "<x>")],
        [new Meter("meters", "Meters", "meters", "group", WindowLength.CalendarMonth)],
        ["features", "a1", "a_1", "get_type", "class", "base_2_1x"]
    );

    public static TheoryData<string, string, string?, string> Kept =>
        new()
        {
            { "hydra", "csharp", "Hydra", "hosts/Hydra/HydraIds.g.cs" },
            { "importcsv", "csharp", "ImportCsv.Cloud", "hosts/ImportCsv/Cloud/ImportCsvIds.g.cs" },
            { "hydra", "typescript", null, "src/Tollgate.Client/src/hydra-catalog.ts" },
        };

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(Kept))]
    public async Task What_is_kept_in_the_checkout_is_as_the_catalog_is(
        string host,
        string language,
        string? space,
        string file
    )
    {
        await using var app = host == "hydra" ? HydraApp.Create([]) : ImportCsvApp.Create(["--IMPORTCSV_CLOUD=true"]);
        string[] named = space is null ? [] : ["--namespace", space];
        var path = Path.Combine(Conventions.SourceTree.Root, file);

        var (code, said) = await RunAsync(app, ["--language", language, "--output", path, "--check", .. named]);

        Assert.True(code == 0, said);
    }

    [Fact]
    public async Task A_file_is_written_once_checked_and_written_anew_when_the_catalog_changed()
    {
        var folder = Directory.CreateTempSubdirectory("catalog-");
        try
        {
            await using var app = HydraApp.Create([]);
            var path = Path.Combine(folder.FullName, "Ids.g.cs");
            string[] args = ["--language", "csharp", "--output", path];

            Assert.Equal(1, (await RunAsync(app, [.. args, "--check"])).Code);
            Assert.False(File.Exists(path));
            Assert.Equal(0, (await RunAsync(app, args)).Code);
            var written = await File.ReadAllTextAsync(path, Token);
            Assert.Equal(0, (await RunAsync(app, [.. args, "--check"])).Code);

            await File.WriteAllTextAsync(path, written.Replace("\n", "\r\n", StringComparison.Ordinal), Token);
            Assert.Equal(0, (await RunAsync(app, [.. args, "--check"])).Code);

            var former = written.Replace("jira", "jiro", StringComparison.Ordinal);
            await File.WriteAllTextAsync(path, former, Token);
            var (code, said) = await RunAsync(app, [.. args, "--check"]);
            Assert.Equal(1, code);
            Assert.Contains("is not as the catalog is", said, StringComparison.Ordinal);
            Assert.Equal(former, await File.ReadAllTextAsync(path, Token));
            Assert.Equal(0, (await RunAsync(app, args)).Code);
            Assert.Equal(written, await File.ReadAllTextAsync(path, Token));

            await File.WriteAllTextAsync(path, "// by hand", Token);
            Assert.Equal(1, (await RunAsync(app, args)).Code);
            Assert.Equal("// by hand", await File.ReadAllTextAsync(path, Token));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public void Awkward_ids_and_names_compile_without_a_warning_and_no_two_are_alike()
    {
        var text = CSharpConstants.Write(CatalogConstants.Of(Awkward), "Acme.Ids");
        var compilation = CSharpCompilation.Create(
            "Ids",
            [
                CSharpSyntaxTree.ParseText(
                    text,
                    new CSharpParseOptions(documentationMode: DocumentationMode.Diagnose),
                    cancellationToken: Token
                ),
            ],
            [MetadataReference.CreateFromFile(typeof(object).Assembly.Location)],
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary)
        );

        Assert.Empty(compilation.GetDiagnostics(Token));
        var features = compilation.GetTypeByMetadataName("Acme.Ids.Features")!;
        Assert.Equal(
            [
                ("Features_", "features"),
                ("A1", "a1"),
                ("A_1", "a_1"),
                ("GetType_", "get_type"),
                ("Class", "class"),
                ("Base_2_1x", "base_2_1x"),
            ],
            features.GetMembers().OfType<IFieldSymbol>().Select(field => (field.Name, (string)field.ConstantValue!))
        );
        Assert.Equal(
            ["Plans_", "Equals_", "ToString_"],
            compilation.GetTypeByMetadataName("Acme.Ids.Plans")!.GetMembers().Select(field => field.Name)
        );
    }

    [Fact]
    public void TypeScript_has_an_object_and_a_union_of_each_kind_and_no_name_ends_its_comment()
    {
        var text = TypeScriptConstants.Write(CatalogConstants.Of(Awkward));

        Assert.Contains(
            """
            /** The meters of A <b> & "c" * /. */
            export const meters = {
              /** Meters. */
              meters: 'meters',
            } as const;

            /** The id of a meter. */
            export type MeterId = (typeof meters)[keyof typeof meters];
            """,
            text,
            StringComparison.Ordinal
        );
        Assert.Contains("  /** * /. */\n  equals: 'equals',\n", text, StringComparison.Ordinal);
        Assert.Contains("  /** Plans and more. */\n", text, StringComparison.Ordinal);
    }

    private static async Task<(int Code, string Said)> RunAsync(WebApplication app, string[] args)
    {
        await using var output = new StringWriter();
        await using var error = new StringWriter();
        var code = await HostCommands.RunAsync(app, ["catalog", "types", .. args], output, error, Token);
        return (code, $"{output}{error}");
    }
}
