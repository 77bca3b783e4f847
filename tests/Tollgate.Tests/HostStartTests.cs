using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Tollgate.Hosting;

namespace Tollgate.Tests;

/// <summary>Where a host finds its files, where it listens, and which of its pages it misses.</summary>
public sealed class HostStartTests
{
    private const string Usual = "http://localhost:8000";

    [Theory]
    [InlineData(new string[0], Usual)]
    [InlineData(new[] { "--http_ports=8080" }, null)]
    [InlineData(new[] { "--https_ports=8443" }, null)]
    [InlineData(new[] { "--Kestrel:Endpoints:Http:Url=http://localhost:1" }, null)]
    [InlineData(new[] { "--urls=http://localhost:9000" }, "http://localhost:9000")]
    public void It_listens_at_the_usual_address_where_nothing_else_is_said(string[] args, string? urls) =>
        Assert.Equal(urls, HostStart.CreateBuilder(args, Usual).Configuration["urls"]);

    [Fact]
    public void The_content_root_that_is_given_holds()
    {
        var given = Path.GetTempPath().TrimEnd(Path.DirectorySeparatorChar);

        var root = HostStart.CreateBuilder([$"--contentRoot={given}"], Usual).Environment.ContentRootPath;

        Assert.Equal(given, root.TrimEnd(Path.DirectorySeparatorChar));
    }

    [Theory]
    [InlineData("published has wwwroot", "elsewhere", "published has wwwroot")]
    [InlineData("published has wwwroot", "project", "published has wwwroot")]
    [InlineData("build", "project", "project")]
    [InlineData("build", "elsewhere", "build")]
    public void The_content_root_is_the_programs_folder_or_its_project(string program, string current, string root)
    {
        var home = Directory.CreateTempSubdirectory("content-root-");
        Directory.CreateDirectory(Path.Combine(home.FullName, "published has wwwroot", "wwwroot"));
        Directory.CreateDirectory(Path.Combine(home.FullName, "elsewhere", "wwwroot"));
        Directory.CreateDirectory(Path.Combine(home.FullName, "project", "wwwroot"));
        File.WriteAllText(Path.Combine(home.FullName, "project", "Hydra.csproj"), "<Project />");

        var found = HostStart.FindRoot(
            Path.Combine(home.FullName, program),
            Path.Combine(home.FullName, current),
            "Hydra"
        );

        home.Delete(recursive: true);
        Assert.Equal(Path.Combine(home.FullName, root), found);
    }

    [Theory]
    [InlineData(new[] { "/billing/success", "/billing/upgrade", "/settings/billing" }, "")]
    [InlineData(new[] { "/billing/{page}", "/settings/billing" }, "")]
    [InlineData(new[] { "{*path:nonfile}" }, "")]
    [InlineData(new[] { "/billing/upgrade", "/settings/billing" }, "/billing/success")]
    [InlineData(new string[0], "/billing/success /billing/upgrade /settings/billing")]
    public void Pages_that_no_route_answers_are_found(string[] routes, string missing)
    {
        var app = WebApplication.CreateSlimBuilder().Build();
        foreach (var route in routes)
        {
            app.MapGet(route, () => "");
        }

        app.MapPost("/billing/success", () => ""); // no page
        var endpoints = ((IEndpointRouteBuilder)app).DataSources.SelectMany(source => source.Endpoints);

        var found = PagesOfHost.FindMissing(endpoints, new TollgateOptions()).Select(page => page.Path);

        Assert.Equal(missing, string.Join(' ', found));
    }
}
