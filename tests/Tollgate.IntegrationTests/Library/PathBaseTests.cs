using System.Net;
using System.Net.Http.Json;
using Microsoft.AspNetCore.Builder;
using Tollgate.Hosting;
using Tollgate.IntegrationTests.Hydra;
using Tollgate.Status;

namespace Tollgate.IntegrationTests.Library;

/// <summary>
/// A host below a path of its site, behind nginx with TLS that hands the path on, or takes it off.
/// </summary>
public sealed class PathBaseTests
{
    private static readonly Uri Site = new("https://site.test");

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Everything_that_leads_to_the_host_leads_below_its_path(bool takesOff)
    {
        await using var app = await LibraryApp.StartAsync(
            Some.Catalog,
            services => services.AddHostEdge(),
            routes => routes.MapPost("/fix", () => "fixed").Metered("fix"),
            options =>
            {
                options.AppUrl = new Uri("https://site.test/app");
                options.KnownProxies = TlsProxy.Address;
            }
        );
        await using var proxy = await TlsProxy.StartAsync(app.Address, "/app", takesOff);
        using var browser = proxy.Client(Site);

        Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync("/app/tollgate/tollgate.js", Token)).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync("/app/api/billing/status", Token)).StatusCode);

        HttpResponseMessage used;
        do
        {
            used = await browser.PostAsync("/app/fix", content: null, Token);
        } while (used.IsSuccessStatusCode);
        var refusal = await RunningProduct.RefusedAsync(used, 402, "free_tier_limit_reached");
        Assert.Equal("https://site.test/app/billing/upgrade", refusal.GetProperty("upgrade_url").GetString());

        using var opened = await browser.PostAsJsonAsync(
            "/app/api/billing/checkout",
            new { price_id = "team_monthly", seat_count = 2 },
            Token
        );
        var page = (await RunningProduct.Json(opened)).GetProperty("checkout_url").GetString()!;
        var session = await app.Stripe.GetAsync($"/v1/checkout/sessions/{page.Split('/').Last()}");
        Assert.StartsWith(
            "https://site.test/app/billing/success?session_id=",
            session.GetProperty("success_url").GetString(),
            StringComparison.Ordinal
        );
        var hooks = await app.Stripe.GetAsync("/v1/webhook_endpoints");
        Assert.Equal(
            "https://site.test/app/api/webhooks/stripe",
            hooks.GetProperty("data")[0].GetProperty("url").GetString()
        );
    }

    [Fact]
    public async Task Who_is_not_signed_in_is_led_to_the_sign_in_page_below_the_path_and_back()
    {
        await using var hydra = await HydraHost.StartAsync("--Tollgate:AppUrl=https://site.test/app");
        using var stranger = hydra.Stranger();

        foreach (var path in (string[])["/app/settings/billing?from=mail", "/settings/billing?from=mail"])
        {
            using var answer = await stranger.GetAsync(path, Token);
            Assert.Equal(
                "/app/sign-in?return=%2Fapp%2Fsettings%2Fbilling%3Ffrom%3Dmail",
                answer.Headers.Location?.OriginalString
            );
        }
    }
}
