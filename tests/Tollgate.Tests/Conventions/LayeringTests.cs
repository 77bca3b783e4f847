using Hydra;
using ImportCsv;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Standalone;
using Tollgate.Catalog;
using Tollgate.Sandbox;

namespace Tollgate.Tests.Conventions;

/// <summary>Lower levels use no higher ones, and folders of one level do not use each other.</summary>
public sealed class LayeringTests
{
    private static readonly Layers OfLibrary = new([
        new("Telemetry"),
        new("Stripe", "Storage"),
        new("Startup", "Http"),
        new("Catalog"),
        new("Settings"),
        new("Alerts"),
        new("Accounts", "Deadlines"),
        new("Inbox", "Outbox"),
        new("Subscriptions"),
        new("Access", "Usage", "Checkout", "Changes", "Webhooks"),
        new("Notifications", "Reconciliation", "Status"),
        new("Lifecycle", "Insight"),
        new("Api"),
    ]);

    private static readonly Layers OfSandbox = new([
        new("Engine"),
        new("Wire"),
        new(
            "Account",
            "Catalog",
            "Checkout",
            "Customers",
            "Discounts",
            "Entitlements",
            "Invoices",
            "Payments",
            "Portal",
            "Schedules",
            "Search",
            "Subscriptions",
            "Tax",
            "TestClocks"
        )
        {
            // Stripe's objects refer to each other
            SeesItself = true,
        },
        new("Events"),
        new("Chaos"),
        new("Listen", "Seeding"),
        new("Server"),
        new("Pages"),
    ]);

    private static readonly Layers OfHydra = new([
        new("Storage"),
        new("Tenants"),
        new("Repos", "Workflows"),
        new("Gated", "Pages"),
    ]);

    private static readonly Layers OfImportCsv = new([
        new("Storage", "Csv", "PlanLimits"),
        new("Users"),
        new("Importers"),
        new("Imports"),
        new("Cloud", "Pages"),
    ]);

    private static readonly Layers OfStandalone = new([
        new("Storage"),
        new("ApiKeys", "Webhooks"),
        new("Accounts"),
        new("Usage"),
    ]);

    private static readonly Layers OfSnippets = new(
        [new("Low"), new("High", "Side"), new("Open", "Wide") { SeesItself = true }],
        "Low.Known -> High"
    );

    [Fact]
    public void Folders_of_the_library_see_only_lower_ones() =>
        Holds(OfLibrary.Faults(CompiledTypes.Of(typeof(PlanCatalog).Assembly, "Tollgate")));

    [Fact]
    public void Folders_of_the_Sandbox_see_only_lower_ones() =>
        Holds(OfSandbox.Faults(CompiledTypes.Of(typeof(SandboxServer).Assembly, "Tollgate.Sandbox")));

    [Fact]
    public void Folders_of_Hydra_see_only_lower_ones() =>
        Holds(OfHydra.Faults(CompiledTypes.Of(typeof(HydraApp).Assembly, "Hydra")));

    [Fact]
    public void Folders_of_ImportCSV_see_only_lower_ones() =>
        Holds(OfImportCsv.Faults(CompiledTypes.Of(typeof(ImportCsvApp).Assembly, "ImportCsv")));

    [Fact]
    public void Folders_of_Standalone_see_only_lower_ones() =>
        Holds(OfStandalone.Faults(CompiledTypes.Of(typeof(StandaloneApp).Assembly, "Standalone")));

    [Theory]
    [InlineData("src/Tollgate/Tollgate.csproj")]
    [InlineData("src/Tollgate.Sandbox/Tollgate.Sandbox.csproj")]
    public void Library_and_Sandbox_stand_alone(string project) =>
        SourceTree.Holds(ProjectReferences, file => file.Path == project);

    [Theory]
    [InlineData("namespace My.High { class A { Low.L l; } }", "")]
    [InlineData("namespace My { class A { High.H h; } }", "")]
    [InlineData("namespace My.Open { class A { Wide.W w; } }", "")]
    [InlineData("namespace My.Low { class A { High.H h; } }", "Low.A uses High.H")]
    [InlineData("namespace My.Low { class A { object F() => () => typeof(High.H); } }", "Low.A uses High.H")]
    [InlineData("namespace My.Low { class A { object F() => new Box<High.H>(); } }", "Low.A uses High.H")]
    [InlineData("namespace My.Low { class A { object F() => Box.Of<High.H>(); } }", "Low.A uses High.H")]
    [InlineData(
        """
            namespace My.Low
            {
                class A
                {
                    async System.Threading.Tasks.Task F()
                    {
                        await System.Threading.Tasks.Task.Yield();
                        High.H.Do();
                    }
                }
            }
            """,
        "Low.A uses High.H"
    )]
    [InlineData("namespace My.Side { class A { High.H h; } }", "Side.A uses High.H")]
    [InlineData("namespace My.Low { class A { Root r; } }", "Low.A uses Root, which uses High.H")]
    [InlineData("namespace My.Misc { class A { High.H h; } }", "Misc.A: folder Misc has no level")]
    public void Use_upwards_or_sideways_is_found(string snippet, string fault) =>
        Assert.Equal(
            fault.Length == 0 ? [] : [fault],
            OfSnippets.Faults(Compile(snippet + "namespace My.Low { class Known { High.H h; } }"))
        );

    [Fact]
    public void Exception_that_is_not_needed_is_a_fault() =>
        Assert.Equal(["no exception any more: Low.Known -> High"], OfSnippets.Faults(Compile("")));

    private static void Holds(IEnumerable<string> faults)
    {
        var all = faults.ToList();
        Assert.True(all.Count == 0, $"{all.Count} faults:\n{string.Join('\n', all)}");
    }

    private static IEnumerable<string> ProjectReferences(SourceFile file) =>
        file
            .Lines.Index()
            .Where(line => line.Item.Contains("<ProjectReference", StringComparison.Ordinal))
            .Select(line => file.Fault(line.Index + 1, "stands alone: no project reference"));

    private static CompiledTypes Compile(string snippet)
    {
        const string Others = """
            namespace My { class Root { Between b; } class Between { High.H h; } }
            namespace My { class Box<T> { } class Box { public static object Of<T>() => null; } }
            namespace My.Low { class L { } }
            namespace My.High { class H { Low.L l; public static void Do() { } } }
            namespace My.Wide { class W { Low.L l; } }
            """;
        // the loader knows an assembly again by its name
        var name = $"Snippet{Guid.NewGuid():N}";
        var compilation = CSharpCompilation.Create(
            name,
            [CSharpSyntaxTree.ParseText(Others), CSharpSyntaxTree.ParseText(snippet)],
            [MetadataReference.CreateFromFile(typeof(object).Assembly.Location)],
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary)
        );
        var folder = Directory.CreateTempSubdirectory("layers-");
        try
        {
            var made = compilation.Emit(Path.Combine(folder.FullName, name + ".dll"));
            Assert.True(made.Success, string.Join('\n', made.Diagnostics));
            return CompiledTypes.OfFolder(folder.FullName, "My");
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
