using Tollgate.Sandbox.Tests.Support;

namespace Tollgate.IntegrationTests.Library;

/// <summary>The library as packages, in a host that has a <c>Program</c> of its own.</summary>
public sealed class PackageTests
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

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Development_restores_as_a_package_and_the_hosts_own_Program_is_the_only_one()
    {
        var folder = Directory.CreateTempSubdirectory("guest-").FullName;
        try
        {
            foreach (
                var library in (string[])
                    ["Tollgate", "Tollgate.Hosting", "Tollgate.Commands", "Tollgate.Sandbox", "Tollgate.Development"]
            )
            {
                var project = Path.Combine(Repository.Root, "src", library);
                await DotnetAsync(folder, "pack", project, "--no-build", "-c", Configuration, "-o", folder);
            }

            await WriteAsync(
                folder,
                "nuget.config",
                $"""
                <configuration>
                  <packageSources><clear/><add key="here" value="{folder}"/></packageSources>
                  <fallbackPackageFolders>
                    <clear/><add key="machine" value="{MachinePackages}"/>
                  </fallbackPackageFolders>
                </configuration>
                """
            );
            await WriteAsync(
                folder,
                "Guest.csproj",
                """
                <Project Sdk="Microsoft.NET.Sdk.Web">
                  <PropertyGroup>
                    <TargetFramework>net10.0</TargetFramework>
                    <ImplicitUsings>enable</ImplicitUsings>
                    <Nullable>enable</Nullable>
                    <NuGetAudit>false</NuGetAudit>
                  </PropertyGroup>
                  <ItemGroup>
                    <PackageReference Include="Tollgate.Commands" Version="1.0.0" />
                    <PackageReference Include="Tollgate.Development" Version="1.0.0" />
                  </ItemGroup>
                </Project>
                """
            );
            await WriteAsync(folder, "Program.cs", Guest);

            // the host hands over no arguments, and a command is run by them all the same
            var said = await DotnetAsync(folder, "run", "--project", folder, "--", "doctor", "--help");

            Assert.StartsWith("SandboxServer", said.Output.TrimStart(), StringComparison.Ordinal);
            Assert.Contains("The whole pre-live list.", said.Output, StringComparison.Ordinal);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static string Configuration => new DirectoryInfo(AppContext.BaseDirectory).Parent!.Name;

    // what this checkout was built with is there, so that no registry is asked
    private static string MachinePackages =>
        Environment.GetEnvironmentVariable("NUGET_PACKAGES")
        ?? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages");

    private static Task WriteAsync(string folder, string file, string text) =>
        File.WriteAllTextAsync(Path.Combine(folder, file), text, Token);

    private static async Task<Ended> DotnetAsync(string folder, params string[] arguments)
    {
        var environment = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            // Packages of this test are unpacked beside it, not among those of the machine.
            ["NUGET_PACKAGES"] = Path.Combine(folder, "packages"),
            ["DOTNET_CLI_TELEMETRY_OPTOUT"] = "1",
            ["MSBUILDDISABLENODEREUSE"] = "1",
        };
        var ended = await Command.RunAsync("dotnet", arguments, folder, environment, Token);
        Assert.True(ended.Code == 0, ended.All);
        return ended;
    }
}
