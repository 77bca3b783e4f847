using Tollgate.Testing;

namespace Tollgate.IntegrationTests.Hydra;

/// <summary>
/// Hydra as it is published: a folder of its own, started from another one, and configured by the environment alone
/// where to listen, as in a container.
/// </summary>
public sealed class ElsewhereTests : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("hydra-published-");

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => folder.Delete(recursive: true);

    [Theory]
    [InlineData("ASPNETCORE_HTTP_PORTS", "{0}")]
    [InlineData("ASPNETCORE_URLS", "http://127.0.0.1:{0}")]
    public async Task Its_pages_and_settings_are_found_and_it_listens_where_the_environment_says(
        string variable,
        string value
    )
    {
        Publish(withPages: true);
        await using var database = await TestDatabase.CreateAsync();
        var port = FreePort.Next();
        var environment = new Dictionary<string, string>
        {
            [variable] = string.Format(System.Globalization.CultureInfo.InvariantCulture, value, port),
            ["ConnectionStrings__Tollgate"] = database.ConnectionString,
            ["Development__SandboxPort"] = "0",
            ["Development__KeepSandbox"] = "false",
        };
        await using var hydra = Start(new Uri($"http://127.0.0.1:{port}"), environment);
        await hydra.ReadyAsync();

        using var client = new HttpClient { BaseAddress = hydra.Address };
        Assert.Contains("<html", await client.GetStringAsync("/sign-in", Token), StringComparison.Ordinal);
        // its appsettings.json silences what ASP.NET Core says of each request
        Assert.DoesNotContain("Microsoft.AspNetCore.Hosting", hydra.Output, StringComparison.Ordinal);
        Assert.Contains($"Open        http://", hydra.Output, StringComparison.Ordinal);
        Assert.Contains($":{port}", hydra.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_its_pages_the_start_fails_by_name()
    {
        Publish(withPages: false);
        await using var database = await TestDatabase.CreateAsync();
        var environment = new Dictionary<string, string>
        {
            ["ConnectionStrings__Tollgate"] = database.ConnectionString,
            ["Development__SandboxPort"] = "0",
            ["Development__KeepSandbox"] = "false",
        };
        await using var hydra = Start(new Uri($"http://127.0.0.1:{FreePort.Next()}"), environment);

        Assert.Equal(1, await hydra.ExitCodeAsync());
        Assert.Contains("has no wwwroot/", Assert.Single(hydra.Errors.Split('\n')), StringComparison.Ordinal);
    }

    private ProductProcess Start(Uri address, Dictionary<string, string> environment) =>
        ProductProcess.StartFrom(folder.FullName, "Hydra", address, environment);

    // what `dotnet publish` makes: the build's output without what only the build's machine has, and the pages
    private void Publish(bool withPages)
    {
        var host = Path.Combine(Repository.Root, "hosts", "Hydra");
        // bin/Debug/net10.0 of this test is that of the host
        var build = Path.GetRelativePath(
            Path.Combine(Repository.Root, "tests", "Tollgate.IntegrationTests"),
            AppContext.BaseDirectory
        );
        Copy(
            Path.Combine(host, build),
            folder.FullName,
            file => !file.Contains(".staticwebassets.", StringComparison.Ordinal)
        );
        if (withPages)
        {
            Copy(Path.Combine(host, "wwwroot"), Path.Combine(folder.FullName, "wwwroot"), _ => true);
        }
    }

    private static void Copy(string from, string to, Func<string, bool> isIncluded)
    {
        foreach (var file in Directory.EnumerateFiles(from, "*", SearchOption.AllDirectories).Where(isIncluded))
        {
            var copy = Path.Combine(to, Path.GetRelativePath(from, file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }
    }
}
