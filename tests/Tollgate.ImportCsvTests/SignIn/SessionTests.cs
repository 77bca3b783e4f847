using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;

namespace Tollgate.ImportCsvTests.SignIn;

/// <summary>What was given out at a sign-in holds no longer than its owner wants.</summary>
public sealed class SessionTests
{
    private const string Newer = "some-newer-words";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(EitherHost.Names), MemberType = typeof(EitherHost))]
    public async Task A_cookie_that_somebody_kept_is_nothing_after_its_owner_logged_out(string name)
    {
        await using var host = await EitherHost.StartAsync(name);
        using var client = await host.SignInAsync();
        var kept = await host.CookieAsync();
        Assert.Equal(HttpStatusCode.OK, await host.MeAsync(kept));

        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/auth/logout");
        request.Headers.Add("Cookie", kept);
        using var owner = host.Product.Stranger(handler =>
        {
            handler.UseCookies = false;
            return handler;
        });
        Assert.Equal(HttpStatusCode.NoContent, (await owner.SendAsync(request, Token)).StatusCode);

        Assert.Equal(HttpStatusCode.Unauthorized, await host.MeAsync(kept));
        Assert.Equal(HttpStatusCode.OK, (await client.GetAsync("/api/me", Token)).StatusCode);
    }

    [Theory]
    [MemberData(nameof(EitherHost.Names), MemberType = typeof(EitherHost))]
    public async Task A_new_password_ends_every_session_but_the_one_that_set_it(string name)
    {
        await using var host = await EitherHost.StartAsync(name);
        var kept = await host.CookieAsync();
        using var client = await host.SignInAsync();
        var change = new { current_password = EitherHost.Password, new_password = Newer };
        var changed = await client.PostAsJsonAsync("/api/me/password", change, Token);

        Assert.Equal(HttpStatusCode.NoContent, changed.StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, await host.MeAsync(kept));
        Assert.Equal(HttpStatusCode.OK, (await client.GetAsync("/api/me", Token)).StatusCode);
        await RunningProduct.RefusedAsync(await host.LogInAsync(client, host.Owner), 401, "wrong_password");
        using var anew = await host.SignInAsync(password: Newer);
    }

    [Theory]
    [MemberData(nameof(EitherHost.Names), MemberType = typeof(EitherHost))]
    public async Task A_session_stands_in_the_database_by_a_hash_and_ends_with_its_time(string name)
    {
        await using var host = await EitherHost.StartAsync(name);
        var kept = await host.CookieAsync();
        var row = await host.Product.QueryAsync<string>("SELECT session::text FROM sign_in.sessions session");
        Assert.DoesNotContain(kept.Split('=')[1], row!, StringComparison.Ordinal);

        await host.Product.QueryAsync<object>("UPDATE sign_in.sessions SET expires_at = clock_timestamp()");
        Assert.Equal(HttpStatusCode.Unauthorized, await host.MeAsync(kept));
    }

    [Theory]
    [InlineData("http://localhost:8000", false)]
    [InlineData("https://app.example.com", true)]
    public async Task The_cookie_is_no_scripts_and_goes_by_TLS_where_the_app_does(string app, bool isSecure)
    {
        await using var host = await EitherHost.StartAsync("hydra", $"--Tollgate:AppUrl={app}");
        using var client = host.Product.Stranger();
        var answer = await host.LogInAsync(client, host.Owner);
        var cookie = SetCookie.Parse(answer);

        Assert.True(cookie.IsHttpOnly);
        Assert.Equal("lax", cookie.SameSite);
        Assert.Equal(isSecure, cookie.IsSecure);
    }

    [Fact]
    public async Task A_bearer_token_ends_with_its_log_out()
    {
        await using var host = await EitherHost.StartAsync("hydra");
        using var client = host.Product.Stranger();
        var login = await client.PostAsJsonAsync(
            "/api/auth/login",
            new { email = host.Owner, password = EitherHost.Password },
            Token
        );
        Assert.False(login.Headers.Contains("Set-Cookie"));
        var token = (await login.Content.ReadFromJsonAsync<JsonElement>(Token)).GetProperty("access_token");
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token.GetString());
        Assert.Equal(HttpStatusCode.OK, (await client.GetAsync("/api/me", Token)).StatusCode);

        var ended = await client.PostAsync("/api/auth/logout", content: null, Token);

        Assert.Equal(HttpStatusCode.NoContent, ended.StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, (await client.GetAsync("/api/me", Token)).StatusCode);
    }

    [Fact]
    public async Task While_the_database_is_away_whoever_was_signed_in_still_is()
    {
        await using var proxy = await CuttableProxy.StartAsync();
        await using var hydra = await HydraHost.StartBehindAsync(proxy);
        using var owner = await hydra.SignInAsync();
        using var stranger = hydra.Stranger();
        Assert.Equal(HttpStatusCode.OK, (await owner.GetAsync("/", Token)).StatusCode);
        await proxy.CutAsync();

        Assert.Equal(HttpStatusCode.OK, (await owner.GetAsync("/", Token)).StatusCode);
        Assert.Equal(HttpStatusCode.Redirect, (await stranger.GetAsync("/", Token)).StatusCode);
        proxy.Repair();
    }

    private sealed record SetCookie(bool IsHttpOnly, string? SameSite, bool IsSecure)
    {
        public static SetCookie Parse(HttpResponseMessage answer)
        {
            var parts = answer.Headers.GetValues("Set-Cookie").Single().Split("; ").Skip(1).ToList();
            return new SetCookie(
                parts.Contains("httponly", StringComparer.OrdinalIgnoreCase),
                parts
                    .SingleOrDefault(part => part.StartsWith("samesite=", StringComparison.OrdinalIgnoreCase))
                    ?.Split('=')[1],
                parts.Contains("secure", StringComparer.OrdinalIgnoreCase)
            );
        }
    }
}
