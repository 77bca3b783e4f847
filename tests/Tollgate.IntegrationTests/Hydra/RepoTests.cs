using System.Net;
using System.Net.Http.Json;
using System.Text.Json;

namespace Tollgate.IntegrationTests.Hydra;

/// <summary>Connected repos, Team's limit of them, and the seats that their developers take.</summary>
public sealed class RepoTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Free_connects_as_many_repos_as_it_likes_and_the_same_one_once()
    {
        await using var hydra = await HydraHost.StartAsync();
        using var member = await hydra.SignInAsync("member@acme.test");

        await ConnectAsync(member, 8);
        Assert.Equal(HttpStatusCode.OK, (await ConnectAsync(member, "acme/one-0")).StatusCode);

        var list = await ListAsync(member);
        Assert.Equal(9, list.GetProperty("repos").GetArrayLength());
        Assert.Equal(JsonValueKind.Null, list.GetProperty("limit").ValueKind);
    }

    [Fact]
    public async Task Team_connects_five_and_the_sixth_is_refused_with_what_lifts_the_limit()
    {
        await using var hydra = await HydraHost.StartAsync();
        using var owner = await hydra.SignInAsync();
        await hydra.BuyAsync(owner);
        await hydra.TierBecomesAsync("team");
        await ConnectAsync(owner, 4);

        var refused = await ConnectAsync(owner, "acme/sixth");
        var problem = await HydraHost.Json(refused);

        Assert.Equal(402, (int)refused.StatusCode);
        Assert.Equal(
            ("feature_not_available", "unlimited_repos", "team", 5, 5),
            (
                problem.GetProperty("code").GetString(),
                problem.GetProperty("feature").GetString(),
                problem.GetProperty("plan").GetString(),
                problem.GetProperty("connected_repos").GetInt32(),
                problem.GetProperty("repo_limit").GetInt32()
            )
        );
        Assert.Equal("business", problem.GetProperty("plans_with_feature")[0].GetString());

        var first = (await ListAsync(owner)).GetProperty("repos")[0].GetProperty("id").GetString();
        Assert.Equal(HttpStatusCode.NoContent, (await owner.DeleteAsync($"/api/repos/{first}", Token)).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await ConnectAsync(owner, "acme/sixth")).StatusCode);
    }

    [Fact]
    public async Task Twenty_posts_at_once_with_one_repo_left_connect_exactly_one()
    {
        await using var hydra = await HydraHost.StartAsync();
        using var owner = await hydra.SignInAsync();
        await hydra.BuyAsync(owner);
        await hydra.TierBecomesAsync("team");
        await ConnectAsync(owner, 3);

        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(i => ConnectAsync(owner, $"acme/at-once-{i}")));

        Assert.Equal(1, answers.Count(answer => answer.StatusCode == HttpStatusCode.OK));
        Assert.Equal(19, answers.Count(answer => answer.StatusCode == HttpStatusCode.PaymentRequired));
        Assert.Equal(5, (await ListAsync(owner)).GetProperty("repos").GetArrayLength());
    }

    [Fact]
    public async Task A_tenant_with_more_repos_than_the_plan_reads_both_numbers_at_checkout()
    {
        await using var hydra = await HydraHost.StartAsync();
        using var owner = await hydra.SignInAsync();
        await ConnectAsync(owner, 6);

        var refused = await CheckoutAsync(owner, "team_annual", seats: 3);
        var problem = await HydraHost.Json(refused);

        Assert.Equal(HttpStatusCode.Conflict, refused.StatusCode);
        Assert.Equal(
            ("repo_limit_exceeded", 7, 5),
            (
                problem.GetProperty("code").GetString(),
                problem.GetProperty("connected_repos").GetInt32(),
                problem.GetProperty("repo_limit").GetInt32()
            )
        );
        Assert.Null(await hydra.TenantAsync<string>("stripe_customer_id"));
        Assert.Equal(HttpStatusCode.OK, (await CheckoutAsync(owner, "business_monthly", seats: 3)).StatusCode);
    }

    [Fact]
    public async Task A_tenant_over_the_limit_keeps_what_it_has_and_connects_no_more()
    {
        await using var hydra = await HydraHost.StartAsync();
        using var owner = await hydra.SignInAsync();
        var checkout = await HydraHost.Json(await CheckoutAsync(owner, "team_monthly", seats: 3));
        await ConnectAsync(owner, 6);
        await hydra.Stripe.PayCheckoutAsync(checkout.GetProperty("checkout_url").GetString()!, "4242424242424242");
        await hydra.TierBecomesAsync("team");

        Assert.Equal(HttpStatusCode.PaymentRequired, (await ConnectAsync(owner, "acme/more")).StatusCode);

        var list = await ListAsync(owner);
        Assert.Equal((7, 5), (list.GetProperty("repos").GetArrayLength(), list.GetProperty("limit").GetInt32()));
    }

    [Fact]
    public async Task A_developer_takes_a_seat_while_one_of_their_repos_is_connected()
    {
        await using var hydra = await HydraHost.StartAsync();
        using var owner = await hydra.SignInAsync();
        Assert.Equal(2, await SeatsInUseAsync(owner));
        var repo = await IdOfAsync(await ConnectAsync(owner, "acme/api"));

        await AddDeveloperAsync(owner, "alan", repo: null);
        Assert.Equal(2, await SeatsInUseAsync(owner));
        await AddDeveloperAsync(owner, "alan", repo);
        await AddDeveloperAsync(owner, "alan", repo);
        Assert.Equal(3, await SeatsInUseAsync(owner));
        await AddDeveloperAsync(owner, "ada", repo); // works on acme/web already
        Assert.Equal(3, await SeatsInUseAsync(owner));

        await owner.DeleteAsync($"/api/repos/{repo}", Token);
        Assert.Equal(2, await SeatsInUseAsync(owner));
        var developers = await owner.GetFromJsonAsync<JsonElement>("/api/developers", Token);
        Assert.Equal(
            ["ada True", "alan False", "grace True"],
            developers
                .GetProperty("developers")
                .EnumerateArray()
                .Select(one => $"{one.GetProperty("name").GetString()} {one.GetProperty("active").GetBoolean()}")
        );
    }

    [Fact]
    public async Task Active_developers_are_the_least_seats_that_can_be_bought()
    {
        await using var hydra = await HydraHost.StartAsync();
        using var owner = await hydra.SignInAsync();
        var repo = await IdOfAsync(await ConnectAsync(owner, "acme/api"));
        await AddDeveloperAsync(owner, "alan", repo);
        await AddDeveloperAsync(owner, "barbara", repo);

        var refused = await CheckoutAsync(owner, "team_monthly", seats: 3);

        Assert.Equal(HttpStatusCode.Conflict, refused.StatusCode);
        Assert.Equal(4, (await HydraHost.Json(refused)).GetProperty("active").GetInt32());
        Assert.Equal(HttpStatusCode.OK, (await CheckoutAsync(owner, "team_monthly", seats: 4)).StatusCode);
    }

    [Fact]
    [Trait("abuse", "X15")]
    [Trait("abuse", "X43")]
    public async Task Repos_and_developers_of_another_tenant_are_not_there()
    {
        await using var hydra = await HydraHost.StartAsync();
        using var acme = await hydra.SignInAsync();
        using var globex = await hydra.SignInAsync("owner@globex.test");
        var repo = (await ListAsync(acme)).GetProperty("repos")[0].GetProperty("id").GetString();
        var ada = (await acme.GetFromJsonAsync<JsonElement>("/api/developers", Token))
            .GetProperty("developers")[0]
            .GetProperty("id")
            .GetString();

        Assert.Equal((404, "repo_not_found"), await RefusedAsync(globex.DeleteAsync($"/api/repos/{repo}", Token)));
        Assert.Equal(
            (404, "developer_not_found"),
            await RefusedAsync(globex.DeleteAsync($"/api/developers/{ada}", Token))
        );
        Assert.Equal((404, "repo_not_found"), await RefusedAsync(AddDeveloperAsync(globex, "spy", repo)));
        Assert.DoesNotContain("acme", await globex.GetStringAsync("/api/repos", Token), StringComparison.Ordinal);
        Assert.Equal(1, (await ListAsync(acme)).GetProperty("repos")[0].GetProperty("developers").GetInt32() - 1);
    }

    [Theory]
    [Trait("abuse", "X25")]
    [InlineData("/api/repos", """{"name":"no-owner"}""")]
    [InlineData("/api/repos", """{"name":"a/b","organization_id":"globex"}""")]
    [InlineData("/api/repos", """{"name":null}""")]
    [InlineData("/api/developers", """{"name":"two words"}""")]
    [InlineData("/api/developers", """{"name":"eve","is_admin":true}""")]
    [InlineData("/api/developers", """{"name":"eve","repo_id":"not-an-id"}""")]
    public async Task Bad_input_is_refused_and_nothing_written(string path, string body)
    {
        await using var hydra = await HydraHost.StartAsync();
        using var owner = await hydra.SignInAsync();
        using var content = new StringContent(body, System.Text.Encoding.UTF8, "application/json");

        Assert.Equal((400, "invalid_request"), await RefusedAsync(owner.PostAsync(path, content, Token)));
        Assert.Equal(1, (await ListAsync(owner)).GetProperty("repos").GetArrayLength());
    }

    private static async Task ConnectAsync(HttpClient client, int count)
    {
        for (var i = 0; i < count; i++)
        {
            Assert.Equal(HttpStatusCode.OK, (await ConnectAsync(client, $"acme/one-{i}")).StatusCode);
        }
    }

    private static Task<HttpResponseMessage> ConnectAsync(HttpClient client, string name) =>
        client.PostAsJsonAsync("/api/repos", new { name }, Token);

    private static Task<HttpResponseMessage> AddDeveloperAsync(HttpClient client, string name, string? repo) =>
        client.PostAsJsonAsync("/api/developers", new { name, repo_id = repo }, Token);

    private static Task<HttpResponseMessage> CheckoutAsync(HttpClient client, string price, int seats) =>
        client.PostAsJsonAsync("/api/billing/checkout", new { price_id = price, seat_count = seats }, Token);

    private static Task<JsonElement> ListAsync(HttpClient client) =>
        client.GetFromJsonAsync<JsonElement>("/api/repos", Token);

    private static async Task<string> IdOfAsync(HttpResponseMessage answer) =>
        (await HydraHost.Json(answer)).GetProperty("id").GetString()!;

    private static async Task<int> SeatsInUseAsync(HttpClient client) =>
        (await client.GetFromJsonAsync<JsonElement>("/api/billing/status", Token))
            .GetProperty("seats_in_use")
            .GetInt32();

    private static async Task<(int Status, string? Code)> RefusedAsync(Task<HttpResponseMessage> asked)
    {
        var answer = await asked;
        return ((int)answer.StatusCode, (await HydraHost.Json(answer)).GetProperty("code").GetString());
    }
}
