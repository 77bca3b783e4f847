using System.Net;
using System.Net.Http.Json;
using Tollgate.Identity;

namespace Tollgate.ImportCsvTests.SignIn;

/// <summary>Who calls too often is slowed down, and nobody else.</summary>
public sealed class RateTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(EitherHost.Names), MemberType = typeof(EitherHost))]
    public async Task Whoever_guesses_waits_and_the_owner_gets_in_from_elsewhere(string name)
    {
        await using var host = await EitherHost.StartAsync(name);
        using var owner = await host.SignInAsync();
        using var guesser = host.From("127.0.2.1");
        for (var time = 0; time < 5; time++)
        {
            await RunningProduct.RefusedAsync(
                await host.LogInAsync(guesser, host.Owner, "wrong-wrong-wrong"),
                401,
                "wrong_password"
            );
        }

        var refused = await host.LogInAsync(guesser, host.Owner);
        await RunningProduct.RefusedAsync(refused, 429, "too_many_calls");
        Assert.InRange(refused.Headers.RetryAfter!.Delta!.Value.TotalSeconds, 1, 5);
        Assert.Equal(HttpStatusCode.OK, (await owner.GetAsync("/api/me", Token)).StatusCode);
        using var elsewhere = host.From("127.0.3.1");
        Assert.Equal(HttpStatusCode.NoContent, (await host.LogInAsync(elsewhere, host.Owner)).StatusCode);
        Assert.Equal(HttpStatusCode.NoContent, (await host.LogInAsync(guesser, host.Admin)).StatusCode);
    }

    [Theory]
    [MemberData(nameof(EitherHost.Names), MemberType = typeof(EitherHost))]
    public async Task Many_guesses_at_once_are_no_way_round(string name)
    {
        await using var host = await EitherHost.StartAsync(name);
        using var guesser = host.From("127.0.2.1");
        var answers = await Task.WhenAll(
            Enumerable.Range(0, 30).Select(number => host.LogInAsync(guesser, host.Owner, $"wrong-guess-{number:00}"))
        );

        Assert.Equal(5, answers.Count(answer => answer.StatusCode == HttpStatusCode.Unauthorized));
        Assert.Equal(25, answers.Count(answer => answer.StatusCode == HttpStatusCode.TooManyRequests));
    }

    [Theory]
    [MemberData(nameof(EitherHost.Names), MemberType = typeof(EitherHost))]
    public async Task One_address_signs_up_so_often_a_day_and_one_network_somewhat_oftener(string name)
    {
        await using var host = await EitherHost.StartAsync(name, "--SignIn:NetworkSignUpsPerDay=12");
        using var first = host.From("127.0.2.1");
        using var neighbour = host.From("127.0.2.2");
        using var elsewhere = host.From("127.0.3.1");
        var firsts = await SignUpsAsync(first, 30);
        var neighbours = await SignUpsAsync(neighbour, 3);
        var others = await SignUpsAsync(elsewhere, 1);

        Assert.Equal([.. Enumerable.Repeat(200, 10), .. Enumerable.Repeat(429, 20)], firsts);
        Assert.Equal([200, 200, 429], neighbours);
        Assert.Equal([200], others);

        async Task<int[]> SignUpsAsync(HttpClient client, int count)
        {
            var statuses = new List<int>();
            for (var number = 0; number < count; number++)
            {
                statuses.Add((int)(await host.SignUpAsync(client, $"{Guid.NewGuid()}@example.com")).StatusCode);
            }

            return [.. statuses];
        }
    }

    [Fact]
    public async Task Two_nodes_count_together()
    {
        await using var first = await HydraHost.StartAsync("--SignIn:CallsPerMinute=4");
        await using var second = await HydraHost.StartOnAsync(first.ConnectionString, "--SignIn:CallsPerMinute=4");
        // at once: one after another, a slow machine would have earned the next call meanwhile
        var statuses = await Task.WhenAll(Enumerable.Range(0, 6).Select(SignInAsync));

        Assert.Equal([401, 401, 401, 401, 429, 429], statuses.Order());

        async Task<int> SignInAsync(int call)
        {
            using var client = (call % 2 == 0 ? first : second).Stranger();
            var answer = await client.PostAsJsonAsync(
                "/api/auth/login",
                new { email = $"nobody{call}@acme.test", password = "wrong-wrong-wrong" },
                Token
            );
            return (int)answer.StatusCode;
        }
    }

    [Fact]
    public async Task Previews_of_one_account_end_at_their_limit_and_anothers_go_on()
    {
        await using var hydra = await HydraHost.StartAsync("--Tollgate:BillingCallsPerMinute=2");
        using var acme = await hydra.SignInAsync();
        using var globex = await hydra.SignInAsync("owner@globex.test");
        var statuses = new List<int>();
        foreach (
            var (client, path, body) in new (HttpClient, string, object)[]
            {
                (acme, "seats", new { seat_count = 3, preview = true }),
                (acme, "upgrade", new { price_id = "team_monthly", preview = true }),
                (acme, "seats", new { seat_count = 3, preview = true }),
                (globex, "seats", new { seat_count = 3, preview = true }),
            }
        )
        {
            var answer = await client.PostAsJsonAsync($"/api/billing/{path}", body, Token);
            statuses.Add((int)answer.StatusCode);
            Assert.Equal(answer.StatusCode == HttpStatusCode.TooManyRequests, answer.Headers.RetryAfter is not null);
        }

        // none of them has a subscription to change
        Assert.Equal([409, 409, 429, 409], statuses);
    }

    [Fact]
    public async Task Success_pages_of_one_account_end_at_twice_the_limit_and_take_nothing_of_it()
    {
        await using var hydra = await HydraHost.StartAsync("--Tollgate:BillingCallsPerMinute=1");
        using var owner = await hydra.SignInAsync();
        var statuses = new List<int>();
        for (var call = 0; call < 3; call++)
        {
            var asked = await owner.GetAsync("/api/billing/success?session_id=cs_test_aaaaaaaaaaaaaaaaaaaa", Token);
            statuses.Add((int)asked.StatusCode);
        }

        Assert.Equal([404, 404, 429], statuses);
        var bought = new { price_id = "team_monthly", seat_count = 3 };
        var checkout = await owner.PostAsJsonAsync("/api/billing/checkout", bought, Token);
        Assert.Equal(HttpStatusCode.OK, checkout.StatusCode);
    }

    [Fact]
    public async Task Checkouts_of_one_user_end_at_their_limit()
    {
        await using var host = await ImportCsvHost.StartAsync("--Tollgate:BillingCallsPerMinute=1");
        using var client = await host.SignInAsync();
        var first = await client.PostAsJsonAsync("/api/v1/billing/checkout", new { tier = "pro" }, Token);
        var second = await client.PostAsJsonAsync("/api/v1/billing/portal", new { }, Token);

        Assert.Equal(HttpStatusCode.OK, first.StatusCode);
        await RunningProduct.RefusedAsync(second, 429, "too_many_calls");
        Assert.NotNull(second.Headers.RetryAfter);
    }

    [Theory]
    [InlineData("203.0.113.7", "203.0.113.7", "203.0.113.0/24")]
    [InlineData("::ffff:203.0.113.7", "203.0.113.7", "203.0.113.0/24")]
    [InlineData("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64", "2001:db8:1::/48")]
    public void A_customer_of_IPv6_is_one_address_whichever_of_theirs_they_use(
        string address,
        string one,
        string network
    ) => Assert.Equal(new CallerNetwork(one, network), CallerNetwork.Of(IPAddress.Parse(address)));
}
