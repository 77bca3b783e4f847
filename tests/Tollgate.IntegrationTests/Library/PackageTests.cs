using Tollgate.IntegrationTests.Deploy;

namespace Tollgate.IntegrationTests.Library;

/// <summary>What <c>dotnet pack</c> makes: packages that say what they are, and that a host is built from.</summary>
[Collection(PublishedHost.Collection)]
public sealed class PackageTests(PackedPackages packages) : IClassFixture<PackedPackages>
{
    private const string Guest = """
        using Tollgate;
        using Tollgate.Catalog;
        using Tollgate.Commands;
        using Tollgate.Hosting;
        using Tollgate.Sandbox;

        var builder = WebApplication.CreateBuilder(args);
        PlanCatalog? none = null;
        builder.AddTollgateDevelopment(none, new DevelopmentOptions("guest", SandboxPort: 0, SignIn: "nobody"));
        builder.Services.AddTollgate(new PlanCatalog("Guest", [new Plan("free", "Free")], [], []));
        builder.Services.AddTollgateCommands();
        Console.WriteLine(typeof(Program).Assembly == typeof(Guests).Assembly ? typeof(SandboxServer).Name : "other");
        return await builder.Build().RunTollgateAsync();

        internal static class Guests;
        """;

    private const string Project = """
        <Project Sdk="Microsoft.NET.Sdk.Web">
          <PropertyGroup>
            <TargetFramework>net10.0</TargetFramework>
            <ImplicitUsings>enable</ImplicitUsings>
            <Nullable>enable</Nullable>
            <NuGetAudit>false</NuGetAudit>
          </PropertyGroup>
          <ItemGroup>
            <PackageReference Include="Tollgate.Commands" Version="*-*" />
            <PackageReference Include="Tollgate.Development" Version="*-*" />
          </ItemGroup>
        </Project>
        """;

    // what only the machine of a build has, and what a host on one of its own would not ask for
    private static readonly Dictionary<string, string[]> Depends = new(StringComparer.Ordinal)
    {
        ["Tollgate"] =
        [
            "MailKit",
            "Microsoft.AspNetCore.DataProtection.EntityFrameworkCore",
            "Microsoft.EntityFrameworkCore.Relational",
            "NJsonSchema",
            "Npgsql",
            "Npgsql.EntityFrameworkCore.PostgreSQL",
            "Polly.Core",
            "StandardWebhooks",
            "Stripe.net",
        ],
        ["Tollgate.Aspire"] = ["Aspire.Hosting"],
        ["Tollgate.Commands"] = ["Spectre.Console", "System.CommandLine", "Tollgate.Hosting"],
        ["Tollgate.Development"] = ["Npgsql", "Scalar.AspNetCore", "Tollgate.Hosting", "Tollgate.Sandbox"],
        ["Tollgate.Hosting"] = ["Microsoft.AspNetCore.DataProtection.EntityFrameworkCore", "Tollgate"],
        ["Tollgate.Sandbox"] = [],
        ["Tollgate.Sandbox.Testing"] = ["Tollgate.Sandbox", "xunit.v3.extensibility.core"],
        ["Tollgate.Templates"] = [],
        ["Tollgate.Telemetry"] =
        [
            "Npgsql.OpenTelemetry",
            "OpenTelemetry.Exporter.OpenTelemetryProtocol",
            "OpenTelemetry.Extensions.Hosting",
            "OpenTelemetry.Instrumentation.AspNetCore",
            "OpenTelemetry.Instrumentation.Http",
            "OpenTelemetry.Instrumentation.Runtime",
        ],
        ["tollgate-sandbox"] = [],
    };

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public void These_packages_are_made_with_these_dependencies_and_no_others()
    {
        Assert.Equal(Depends.Keys.Order(StringComparer.Ordinal), packages.All.Select(package => package.Id));
        Assert.All(packages.All, package => Assert.Equal(Depends[package.Id], package.Depends));
    }

    [Fact]
    public void Each_says_what_it_is_under_which_licence_and_brings_its_documentation()
    {
        foreach (var package in packages.All)
        {
            Assert.Equal(
                ("MIT", "icon.png", "README.md"),
                (package.Facts["license"], package.Facts["icon"], package.Facts["readme"])
            );
            Assert.True(package.Facts["description"].Length > 30, package.Id);
            Assert.Superset(
                new HashSet<string>(["README.md", "icon.png", "LICENSE"], StringComparer.Ordinal),
                package.Files.ToHashSet(StringComparer.Ordinal)
            );
            var versions = package.Facts["version"];
            Assert.Matches(@"^\d+\.\d+\.\d+", versions);
            if (package.Id is not ("tollgate-sandbox" or "Tollgate.Templates"))
            {
                Assert.Equal(
                    [$"lib/net10.0/{package.Id}.dll", $"lib/net10.0/{package.Id}.xml"],
                    package.Files.Where(file => file.StartsWith("lib/", StringComparison.Ordinal))
                );
                Assert.Contains($"{package.Id}.{versions}.snupkg", packages.Symbols);
            }
        }
    }

    [Fact]
    public async Task Development_is_a_package_that_no_publish_holds_and_the_hosts_own_Program_is_the_only_one()
    {
        var guest = packages.NewFolder("Guest");
        await File.WriteAllTextAsync(Path.Combine(guest, "Guest.csproj"), Project, Token);
        await File.WriteAllTextAsync(Path.Combine(guest, "Program.cs"), Guest, Token);

        // the host hands over no arguments, and a command is run by them all the same
        var said = await packages.DotnetAsync(guest, "run", "--", "doctor", "--help");

        Assert.Contains("SandboxServer", said.Split(Environment.NewLine));
        Assert.Contains("The whole pre-live list.", said, StringComparison.Ordinal);

        await packages.DotnetAsync(guest, "publish", "-c", "Debug", "-o", "published", "-p:UseAppHost=false");
        var published = Path.Combine(guest, "published");
        Assert.Empty(DevelopmentIn(published));
        Assert.True(File.Exists(Path.Combine(published, "Tollgate.dll")));
    }

    [Theory]
    [InlineData("Hydra")]
    [InlineData("ImportCsv")]
    [InlineData("Standalone")]
    public async Task A_published_host_holds_neither_Development_nor_the_Sandbox_and_says_so_where_it_should(
        string host
    )
    {
        using var published = await PublishedHost.PublishAsync(host, Token);

        Assert.Empty(DevelopmentIn(published.Folder));
        Assert.DoesNotContain(
            "Tollgate.Development",
            await File.ReadAllTextAsync(Path.Combine(published.Folder, $"{host}.deps.json"), Token),
            StringComparison.Ordinal
        );
        var address = new Uri("http://127.0.0.1:9");
        await using var development = ProductProcess.StartProgram(published.Program, address, Catalog);
        Assert.Equal(1, await development.ExitCodeAsync());
        Assert.StartsWith(
            "The environment is Development, and the package Tollgate.Development is not here:",
            Assert.Single(development.Errors.Split('\n')),
            StringComparison.Ordinal
        );
        await using var production = ProductProcess.StartProgram(
            published.Program,
            address,
            new Dictionary<string, string>(Catalog) { ["ASPNETCORE_ENVIRONMENT"] = "Production" }
        );
        Assert.Equal(1, await production.ExitCodeAsync());
        Assert.Contains("ConnectionStrings__Tollgate is not set", production.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_app_of_the_template_buys_a_plan_in_its_own_test()
    {
        var folder = packages.NewFolder("template");
        await packages.DotnetAsync(folder, "new", "install", packages.FileOf("Tollgate.Templates"));
        await packages.DotnetAsync(folder, "new", "tollgate", "-o", "AcmeShop", "--title", "Acme Shop");
        var app = Path.Combine(folder, "AcmeShop");
        Assert.Contains(
            "\"Acme Shop\"",
            await File.ReadAllTextAsync(Path.Combine(app, "src", "AcmeShop", "Plans.cs"), Token),
            StringComparison.Ordinal
        );

        var said = await packages.DotnetAsync(app, "test");

        Assert.Contains("succeeded: 2", said, StringComparison.Ordinal);
    }

    // Standalone's example lies beside its program
    private static Dictionary<string, string> Catalog => new() { ["Standalone__Catalog"] = "plans.json" };

    private static string[] DevelopmentIn(string folder) =>
        [
            .. Directory
                .EnumerateFiles(folder)
                .Select(file => Path.GetFileName(file))
                .Where(file =>
                    file.StartsWith("Tollgate.Development", StringComparison.Ordinal)
                    || file.StartsWith("Tollgate.Sandbox", StringComparison.Ordinal)
                    || file.StartsWith("Scalar", StringComparison.Ordinal)
                    || file == "appsettings.Development.json"
                ),
        ];
}
