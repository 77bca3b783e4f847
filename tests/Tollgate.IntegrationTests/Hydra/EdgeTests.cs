using System.Net;
using System.Net.Http.Json;

namespace Tollgate.IntegrationTests.Hydra;

/// <summary>What the internet meets first: proxies, TLS, headers, names of hosts.</summary>
public sealed class EdgeTests
{
    private static readonly Uri Site = new("https://app.hydra.test");

    private static readonly string[] InProduction =
    [
        "--environment=Production",
        "--Tollgate:AppUrl=https://app.hydra.test",
        "--Tollgate:ApiUrl=https://api.hydra.test",
        $"--Tollgate:KnownProxies={TlsProxy.Address}",
        "--STRIPE_API_BASE=http://127.0.0.1:1",
        "--STRIPE_SECRET_KEY=" + "sk_test_" + "edge",
        "--STRIPE_PUBLISHABLE_KEY=pk_test_edge",
        "--STRIPE_WEBHOOK_SECRET=" + "whsec_" + "edge_of_hydra",
        "--STRIPE_PORTAL_CONFIG_ID=bpc_edge",
        "--STRIPE_TEAM_MONTHLY_PRICE_ID=price_edge1",
        "--STRIPE_TEAM_ANNUAL_PRICE_ID=price_edge2",
        "--STRIPE_BUSINESS_MONTHLY_PRICE_ID=price_edge3",
        "--STRIPE_BUSINESS_ANNUAL_PRICE_ID=price_edge4",
        "--RESEND_API_KEY=re_of_the_edge",
        "--RESEND_API_BASE=http://127.0.0.1:1",
        "--MAIL_FROM=Hydra <billing@hydra.test>",
    ];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Behind_a_known_proxy_with_tls_cookies_are_secure_and_browsers_stay_with_https()
    {
        await using var hydra = await HydraHost.StartAsync(InProduction);
        await using var proxy = await TlsProxy.StartAsync(hydra.Address);
        using var browser = proxy.Client(Site);

        using var signedIn = await SignInAsync(browser);

        Assert.Equal(HttpStatusCode.NoContent, signedIn.StatusCode);
        var cookie = Assert.Single(signedIn.Headers.GetValues("Set-Cookie"));
        Assert.Contains("; secure", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.Equal("max-age=31536000", signedIn.Headers.GetValues("Strict-Transport-Security").Single());
    }

    [Fact]
    [Trait("abuse", "X11")]
    public async Task Forwarded_headers_of_anybody_else_are_not_believed()
    {
        await using var hydra = await HydraHost.StartAsync(InProduction);
        using var stranger = hydra.Anonymous();
        stranger.DefaultRequestHeaders.Add("X-Forwarded-Proto", "https");
        stranger.DefaultRequestHeaders.Add("X-Forwarded-Host", "evil.test");
        stranger.DefaultRequestHeaders.Host = Site.Host;

        using var answer = await stranger.GetAsync("/sign-in", Token);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.False(answer.Headers.Contains("Strict-Transport-Security")); // it is plain http
    }

    [Fact]
    public async Task Only_the_products_own_names_are_served_in_production_and_a_node_answers_by_its_address()
    {
        await using var hydra = await HydraHost.StartAsync(InProduction);
        (string, HttpStatusCode)[] names =
        [
            ("evil.test", HttpStatusCode.BadRequest),
            ("app.hydra.test", HttpStatusCode.OK),
            ("api.hydra.test", HttpStatusCode.OK),
            ("127.0.0.1", HttpStatusCode.OK),
        ];
        foreach (var (name, status) in names)
        {
            using var client = hydra.Anonymous();
            client.DefaultRequestHeaders.Host = name;
            using var answer = await client.GetAsync("/health/live", Token);
            Assert.Equal(status, answer.StatusCode);
            AssertHeaders(answer);
        }
    }

    [Fact]
    public async Task Every_answer_has_the_security_headers_and_none_names_the_server()
    {
        await using var hydra = await HydraHost.StartAsync();
        using var client = hydra.Anonymous();
        (HttpMethod, string, int)[] calls =
        [
            (HttpMethod.Get, "/health/live", 200),
            (HttpMethod.Get, "/health/ready", 200),
            (HttpMethod.Get, "/sign-in", 200),
            (HttpMethod.Get, "/no/such/page", 404),
            (HttpMethod.Get, "/api/billing/status", 401),
            (HttpMethod.Get, "/api/webhooks/stripe", 405),
            (HttpMethod.Post, "/api/webhooks/stripe", 415),
        ];
        foreach (var (method, path, status) in calls)
        {
            using var answer = await client.SendAsync(new HttpRequestMessage(method, path), Token);
            Assert.Equal(status, (int)answer.StatusCode);
            AssertHeaders(answer);
        }
    }

    [Theory]
    [InlineData("--Tollgate:KnownProxies=everybody", "Tollgate__KnownProxies")]
    [InlineData("--FORWARDEDHEADERS_ENABLED=true", "ASPNETCORE_FORWARDEDHEADERS_ENABLED")]
    public async Task What_would_believe_anybody_stops_the_start_by_name(string setting, string named)
    {
        var failure = await Assert.ThrowsAsync<StartupException>(() =>
            HydraHost.StartAsync([.. InProduction, setting])
        );
        Assert.Contains(named, failure.Message, StringComparison.Ordinal);
    }

    private static Task<HttpResponseMessage> SignInAsync(HttpClient client) =>
        client.PostAsJsonAsync(
            "/api/auth/login?useCookies=true",
            new { email = "owner@acme.test", password = HydraHost.Password },
            Token
        );

    private static void AssertHeaders(HttpResponseMessage answer)
    {
        Assert.Contains("frame-ancestors 'none'", answer.Headers.GetValues("Content-Security-Policy").Single());
        Assert.Equal("nosniff", answer.Headers.GetValues("X-Content-Type-Options").Single());
        Assert.Equal("same-origin", answer.Headers.GetValues("Referrer-Policy").Single());
        Assert.Empty(answer.Headers.Server);
    }
}
