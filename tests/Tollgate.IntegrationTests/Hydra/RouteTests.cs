using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using Hydra;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Tollgate.Development;

namespace Tollgate.IntegrationTests.Hydra;

public sealed class RouteTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>Routes are made without a word to the database.</summary>
    private const string NoDatabase = "--ConnectionStrings:Tollgate=Host=nowhere.invalid";

    private static IEnumerable<RouteEndpoint> Routes(WebApplication app) =>
        ((IEndpointRouteBuilder)app).DataSources.SelectMany(source => source.Endpoints).OfType<RouteEndpoint>();

    [Fact]
    [Trait("decision", "F2")]
    [Trait("abuse", "X48")]
    public async Task Production_has_no_demo_route_and_nothing_of_development()
    {
        await using var production = HydraApp.Create(["--environment=Production", NoDatabase]);
        await using var development = HydraApp.Create([
            "--environment=Development",
            "--ConnectionStrings:Tollgate=Host=localhost",
            "--Development:DatabaseIsPrivate=true",
        ]);

        Assert.Contains("/api/demo", Routes(development).Select(route => route.RoutePattern.RawText));
        Assert.DoesNotContain("/api/demo", Routes(production).Select(route => route.RoutePattern.RawText));
        Assert.Contains(MailboxPages.Path, Routes(development).Select(route => route.RoutePattern.RawText));
        Assert.Contains(GalleryPages.Path, Routes(development).Select(route => route.RoutePattern.RawText));
        Assert.DoesNotContain(
            Routes(production),
            route => route.RoutePattern.RawText!.StartsWith("/dev", StringComparison.Ordinal)
        );
        Assert.Null(production.Services.GetService<RunningSandbox>());
    }

    [Fact]
    public async Task Every_script_style_and_picture_that_a_page_names_is_served()
    {
        await using var hydra = await HydraHost.StartAsync();

        Assert.Empty(await hydra.MissingFilesAsync());
    }

    [Fact]
    public async Task Every_route_of_the_api_wants_a_signed_in_caller_but_signing_in_and_the_webhook()
    {
        await using var hydra = HydraApp.Create(["--environment=Production", NoDatabase]);
        string[] open =
        [
            "/api/auth/billing-email",
            "/api/auth/confirm/",
            "/api/auth/confirm/again",
            "/api/auth/forgot",
            "/api/auth/join",
            "/api/auth/login",
            "/api/auth/logout",
            "/api/auth/register",
            "/api/auth/reset",
            "/api/webhooks/stripe",
        ];

        var all = Routes(hydra)
            .Where(route => route.RoutePattern.RawText!.StartsWith("/api/", StringComparison.Ordinal))
            .ToList();
        var anonymous = all.Where(route => route.Metadata.GetMetadata<IAllowAnonymous>() is not null)
            .Select(route => route.RoutePattern.RawText!)
            .Order(StringComparer.Ordinal);
        Assert.Equal(open, anonymous);
        var routes = all.Where(route => !open.Contains(route.RoutePattern.RawText)).ToList();

        Assert.True(routes.Count >= 30, $"{routes.Count} routes");
        Assert.All(routes, route => Assert.NotNull(route.Metadata.GetMetadata<IAuthorizeData>()));
        Assert.All(routes, route => Assert.Null(route.Metadata.GetMetadata<IAllowAnonymous>()));
    }

    [Fact]
    public async Task An_endpoint_that_requires_what_is_no_feature_stops_the_start()
    {
        await using var hydra = HydraApp.Create(["--environment=Production", NoDatabase]);
        hydra.MapPost("/gated", () => Results.Ok()).RequireFeature("time_travel");

        Assert.Throws<InvalidOperationException>(() => Routes(hydra).ToList());
    }

    [Fact]
    public async Task A_bearer_token_signs_in_as_the_cookie_does()
    {
        await using var hydra = await HydraHost.StartAsync();
        using var client = hydra.Anonymous();
        var login = await client.PostAsJsonAsync(
            "/api/auth/login",
            new { email = "owner@acme.test", password = HydraHost.Password },
            Token
        );
        var token = (await HydraHost.Json(login)).GetProperty("access_token").GetString();

        Assert.Equal(HttpStatusCode.Unauthorized, (await client.GetAsync("/api/billing/status", Token)).StatusCode);
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        var status = await client.GetAsync("/api/billing/status", Token);
        Assert.Equal(HttpStatusCode.OK, status.StatusCode);
        Assert.Equal("no-store", status.Headers.CacheControl?.ToString());
    }

    [Fact]
    [Trait("abuse", "X43")]
    public async Task One_tenant_sees_nothing_of_another()
    {
        await using var hydra = await HydraHost.StartAsync();
        using var acme = await hydra.SignInAsync();
        using var globex = await hydra.SignInAsync("owner@globex.test");
        await acme.PostAsync("/api/workflows/fix/runs", content: null, Token);
        await hydra.BuyAsync(acme);
        await hydra.TierBecomesAsync("team");

        var status = await HydraHost.Json(await globex.GetAsync("/api/billing/status", Token));
        Assert.Equal("free", status.GetProperty("tier").GetString());
        Assert.Equal(0, status.GetProperty("limits").GetProperty("fixes").GetProperty("used").GetInt32());
        Assert.DoesNotContain(
            "acme",
            await globex.GetStringAsync("/api/me", Token),
            StringComparison.OrdinalIgnoreCase
        );
    }
}
