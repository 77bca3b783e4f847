using System.Reflection;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;

namespace Tollgate.Hosting;

/// <summary>How a host's builder is made, wherever it is started from.</summary>
public static class HostStart
{
    /// <summary>
    /// The builder of a host whose pages and <c>appsettings.json</c> are those of the program, also when it is started
    /// from another folder: the content root is the one that is given (<c>--contentRoot</c>,
    /// <c>ASPNETCORE_CONTENTROOT</c>), else the program's own folder, or the project's under <c>dotnet run</c>.
    /// </summary>
    /// <param name="usualAddress">
    /// Where it listens when nothing says so: neither <c>Urls</c> nor <c>HTTP_PORTS</c>, <c>HTTPS_PORTS</c> or
    /// <c>Kestrel:Endpoints</c>, of the environment or of anything else.
    /// </param>
    public static WebApplicationBuilder CreateBuilder(string[] args, string usualAddress)
    {
        var builder = WebApplication.CreateBuilder(
            new WebApplicationOptions { Args = args, ContentRootPath = GivenRoot(args) ?? FindRoot() }
        );
        var configuration = builder.Configuration;
        if (ListenAddresses.Of(configuration) is [])
        {
            configuration[WebHostDefaults.ServerUrlsKey] = usualAddress;
        }

        return builder;
    }

    /// <summary>Where the program lies, or where its project is being worked on.</summary>
    /// <param name="program">The folder of the executable; a published one has its pages beside it.</param>
    internal static string FindRoot(string program, string current, string project) =>
        Directory.Exists(Path.Combine(program, "wwwroot")) || !File.Exists(Path.Combine(current, $"{project}.csproj"))
            ? program
            : current;

    private static string FindRoot() =>
        FindRoot(
            AppContext.BaseDirectory,
            Directory.GetCurrentDirectory(),
            Assembly.GetEntryAssembly()?.GetName().Name ?? ""
        );

    // as the builder itself would read it; what is given in code would win over that
    private static string? GivenRoot(string[] args) =>
        new ConfigurationBuilder()
            .AddEnvironmentVariables("DOTNET_")
            .AddEnvironmentVariables("ASPNETCORE_")
            .AddCommandLine(args)
            .Build()[HostDefaults.ContentRootKey]
            is { Length: > 0 } given
            ? given
            : null;
}
