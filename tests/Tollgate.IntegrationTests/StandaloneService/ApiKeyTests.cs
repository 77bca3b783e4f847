using System.Net;
using System.Net.Http.Json;
using Microsoft.Extensions.Time.Testing;
using Standalone.ApiKeys;

namespace Tollgate.IntegrationTests.StandaloneService;

/// <summary>Who may call the service: keys that are hashed, scoped, and rotated by command.</summary>
public sealed class ApiKeyTests : IAsyncLifetime
{
    private ServiceHost service = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => service = await ServiceHost.StartAsync();

    public ValueTask DisposeAsync() => service.DisposeAsync();

    [Fact]
    public async Task Without_a_key_that_holds_every_call_is_refused_and_says_what_to_send()
    {
        using var nobody = new HttpClient { BaseAddress = service.Address };
        using var wrong = service.Caller("tgsk_wrong");
        foreach (var caller in (HttpClient[])[nobody, wrong])
        {
            await RunningProduct.RefusedAsync(
                await caller.GetAsync(ServiceHost.Of("acme", "status"), Token),
                401,
                "api_key_required"
            );
            await RunningProduct.RefusedAsync(
                await caller.PostAsJsonAsync(ServiceHost.Of("acme", "reserve"), new { meter = "render" }, Token),
                401,
                "api_key_required"
            );
        }

        Assert.Equal(0, await service.QueryAsync<long>("SELECT count(*) FROM billing.accounts"));
    }

    [Theory]
    [InlineData("read", "GET", "status", null)]
    [InlineData("read", "POST", "reserve", "usage")]
    [InlineData("read", "POST", "checkout", "billing")]
    [InlineData("read", "POST", "portal", "billing")]
    [InlineData("usage", "POST", "check", "read")]
    [InlineData("usage", "GET", "status", "read")]
    [InlineData("billing", "PUT", "", "accounts")]
    [InlineData("billing", "DELETE", "", "accounts")]
    public async Task A_key_does_what_its_scope_says_and_nothing_else(
        string scope,
        string method,
        string what,
        string? wanted
    )
    {
        var made = await service.JsonCommandAsync("keys", "create", "--name", "one", "--scope", scope);
        using var caller = service.Caller(made.GetProperty("secret").GetString()!);
        using var request = new HttpRequestMessage(new HttpMethod(method), ServiceHost.Of("acme", what));
        using var answer = await caller.SendAsync(request, Token);

        if (wanted is null)
        {
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
            return;
        }

        var problem = await RunningProduct.RefusedAsync(answer, 403, "scope_missing");
        Assert.Equal(wanted, problem.GetProperty("scope").GetString());
    }

    [Fact]
    public async Task The_secret_is_kept_nowhere()
    {
        var made = await service.JsonCommandAsync("keys", "create", "--name", "one");
        var secret = made.GetProperty("secret").GetString()!;

        Assert.Equal(
            0,
            await service.QueryAsync<long>(
                $"SELECT count(*) FROM standalone.api_keys key WHERE key::text LIKE '%{secret}%'"
            )
        );
        Assert.DoesNotContain(secret, (await service.CommandAsync("keys", "list")).Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_rotated_key_goes_on_for_the_overlap_and_a_revoked_one_for_ten_seconds_at_most()
    {
        var clock = new FakeTimeProvider(TimeProvider.System.GetUtcNow());
        var keys = new KnownKeys(service.Database, clock);
        var made = await service.JsonCommandAsync("keys", "create", "--name", "one", "--scope", "usage");
        var (id, secret) = (made.GetProperty("id").GetString()!, made.GetProperty("secret").GetString()!);
        var rotated = await service.JsonCommandAsync("keys", "rotate", id, "--overlap-hours", "2");
        var other = rotated.GetProperty("secret").GetString()!;

        clock.Advance(TimeSpan.FromMinutes(119));
        Assert.Equal("one", (await keys.FindAsync(secret, Token))?.Name);
        Assert.Equal(["usage"], (await keys.FindAsync(other, Token))!.Scopes);
        clock.Advance(TimeSpan.FromMinutes(2));
        Assert.Null(await keys.FindAsync(secret, Token));
        Assert.NotNull(await keys.FindAsync(other, Token));

        await service.JsonCommandAsync("keys", "revoke", rotated.GetProperty("id").GetString()!);
        clock.Advance(TimeSpan.FromSeconds(9));
        Assert.NotNull(await keys.FindAsync(other, Token));
        clock.Advance(TimeSpan.FromSeconds(2));
        Assert.Null(await keys.FindAsync(other, Token));
    }

    [Fact]
    public async Task A_command_that_names_no_key_says_so_and_fails()
    {
        var (code, output) = await service.CommandAsync("keys", "rotate", "key_nothing");

        Assert.Equal(1, code);
        Assert.Contains("api_key_not_found", output, StringComparison.Ordinal);
        Assert.Equal(2, (await service.CommandAsync("keys", "create", "--name", "x", "--scope", "all")).Code);
        Assert.Equal(2, (await service.CommandAsync("keys", "create", "--name", "x", "--days", "0")).Code);
    }
}
