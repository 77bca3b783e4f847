using System.Diagnostics;
using Tollgate.Sandbox.Tests.Support;

namespace Tollgate.Sandbox.Tests;

/// <summary>The Sandbox as a .NET tool, packed and installed without a network.</summary>
public sealed class ToolTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Packed_tool_installs_from_its_folder_and_starts()
    {
        var folder = Directory.CreateTempSubdirectory("sandbox-tool-").FullName;
        try
        {
            var project = Path.Combine(OfficialTools.Folder, "..", "..", "..", "src", "Tollgate.Sandbox.Tool");
            var configuration = new DirectoryInfo(AppContext.BaseDirectory).Parent!.Name;
            await DotnetAsync(folder, "pack", project, "--no-build", "-c", configuration, "-o", folder);
            // A configuration of its own, so that no other source is asked.
            await File.WriteAllTextAsync(
                Path.Combine(folder, "nuget.config"),
                $"""
                <configuration>
                  <packageSources><clear/><add key="here" value="{folder}"/></packageSources>
                </configuration>
                """,
                Token
            );
            var tools = Path.Combine(folder, "tools");
            await DotnetAsync(folder, "tool", "install", "tollgate-sandbox", "--prerelease", "--tool-path", tools);
            var tool = Path.Combine(tools, OperatingSystem.IsWindows() ? "tollgate-sandbox.exe" : "tollgate-sandbox");
            var help = await Command.RunAsync(tool, ["--help"], folder, cancellationToken: Token);
            Assert.StartsWith("Usage: tollgate-sandbox", help.Output, StringComparison.Ordinal);
            using var process = Command.Start(tool, ["--port", "0"], folder);
            try
            {
                var line = await process.StandardOutput.ReadLineAsync(Token);
                Assert.StartsWith("Sandbox, a local Stripe: http://127.0.0.1:", line, StringComparison.Ordinal);
            }
            finally
            {
                await EndAsync(process);
            }
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task DotnetAsync(string folder, params string[] arguments)
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
    }

    private static async Task EndAsync(Process process)
    {
        process.Kill();
        await process.WaitForExitAsync(Token);
    }
}
