using System.IO.Compression;
using System.Xml.Linq;
using Tollgate.Sandbox.Tests.Support;

namespace Tollgate.HydraTesting;

/// <summary>
/// The packages of this checkout, as it is built, in a folder of their own; and projects beside the checkout that are
/// restored from them alone. No registry is asked: what the packages depend on is what the checkout was built with.
/// </summary>
public sealed class PackedPackages : IAsyncLifetime
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("packages-");

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private static string Configuration => new DirectoryInfo(AppContext.BaseDirectory).Parent!.Name;

    private static string MachinePackages =>
        Environment.GetEnvironmentVariable("NUGET_PACKAGES")
        ?? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages");

    private string Feed => Path.Combine(folder.FullName, "feed");

    public async ValueTask InitializeAsync()
    {
        // others may pack the same project at the same time: what is written on the way is written here
        string nuspecs = $"-p:NuspecOutputPath={folder.FullName}/nuspec/";
        await RunAsync(Repository.Root, [], ["pack", "--no-build", "-c", Configuration, "-o", Feed, nuspecs]);
        await File.WriteAllTextAsync(
            Path.Combine(folder.FullName, "nuget.config"),
            $"""
            <configuration>
              <packageSources><clear/><add key="here" value="{Feed}"/></packageSources>
              <fallbackPackageFolders><clear/><add key="machine" value="{MachinePackages}"/></fallbackPackageFolders>
            </configuration>
            """,
            Token
        );
    }

    public ValueTask DisposeAsync()
    {
        folder.Delete(recursive: true);
        return ValueTask.CompletedTask;
    }

    /// <summary>Each package (not its symbols): what it says of itself, and what is in it.</summary>
    public IReadOnlyList<PackedPackage> All =>
        [.. Directory.EnumerateFiles(Feed, "*.nupkg").Order(StringComparer.Ordinal).Select(PackedPackage.Read)];

    /// <summary>File names of the symbols' packages.</summary>
    public IReadOnlyList<string> Symbols =>
        [
            .. Directory
                .EnumerateFiles(Feed, "*.snupkg")
                .Select(file => Path.GetFileName(file))
                .Order(StringComparer.Ordinal),
        ];

    /// <summary>The package's file.</summary>
    public string FileOf(string id) =>
        Directory.EnumerateFiles(Feed, $"{id}.*.nupkg").Single(file => PackedPackage.Read(file).Id == id);

    /// <summary>A new folder beside the checkout; what is restored in it comes from the packages.</summary>
    public string NewFolder(string name) => folder.CreateSubdirectory(name).FullName;

    /// <summary>A copy of a folder of the checkout, without what was built in it.</summary>
    public string CopyOf(string path)
    {
        var source = Path.Combine(Repository.Root, path);
        var copy = NewFolder(Path.GetFileName(path));
        foreach (var file in Directory.EnumerateFiles(source, "*", SearchOption.AllDirectories))
        {
            var relative = Path.GetRelativePath(source, file);
            if (relative.Split(Path.DirectorySeparatorChar)[0] is not ("bin" or "obj"))
            {
                var target = Path.Combine(copy, relative);
                Directory.CreateDirectory(Path.GetDirectoryName(target)!);
                File.Copy(file, target);
            }
        }

        return copy;
    }

    /// <summary>Runs <c>dotnet</c> there and expects it to succeed; answers what it wrote.</summary>
    public Task<string> DotnetAsync(string project, params string[] arguments)
    {
        // packages and templates of the tests are unpacked beside them, not among those of the machine
        var apart = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["NUGET_PACKAGES"] = Path.Combine(folder.FullName, "unpacked"),
            ["DOTNET_CLI_HOME"] = Path.Combine(folder.FullName, "home"),
        };
        return RunAsync(project, apart, arguments);
    }

    private static async Task<string> RunAsync(
        string project,
        Dictionary<string, string> environment,
        string[] arguments
    )
    {
        environment["DOTNET_CLI_TELEMETRY_OPTOUT"] = "1";
        environment["MSBUILDDISABLENODEREUSE"] = "1";
        var ended = await Command.RunAsync("dotnet", arguments, project, environment, Token);
        Assert.True(ended.Code == 0, ended.All);
        return ended.Output;
    }
}

/// <summary>A package, read from its file.</summary>
/// <param name="Depends">Ids of the packages that it brings.</param>
/// <param name="Facts">Elements of its description: license, icon, readme, description and the rest.</param>
public sealed record PackedPackage(
    string Id,
    IReadOnlyList<string> Depends,
    IReadOnlyList<string> Files,
    IReadOnlyDictionary<string, string> Facts
)
{
    internal static PackedPackage Read(string file)
    {
        using var archive = ZipFile.OpenRead(file);
        using var stream = archive
            .Entries.Single(entry => entry.Name.EndsWith(".nuspec", StringComparison.Ordinal))
            .Open();
        var about = XDocument.Load(stream).Root!.Elements().Single(element => element.Name.LocalName == "metadata");
        var facts = about
            .Elements()
            .Where(element => !element.HasElements)
            .ToDictionary(element => element.Name.LocalName, element => element.Value, StringComparer.Ordinal);
        return new PackedPackage(
            facts["id"],
            [
                .. about
                    .Descendants()
                    .Where(element => element.Name.LocalName == "dependency")
                    .Select(element => element.Attribute("id")!.Value)
                    .Order(StringComparer.Ordinal),
            ],
            [.. archive.Entries.Select(entry => entry.FullName).Order(StringComparer.Ordinal)],
            facts
        );
    }
}
