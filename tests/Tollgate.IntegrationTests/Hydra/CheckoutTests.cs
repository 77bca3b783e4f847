using System.Net;
using System.Net.Http.Json;
using System.Text;

namespace Tollgate.IntegrationTests.Hydra;

public sealed class CheckoutTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [Trait("abuse", "X22")]
    [Trait("abuse", "X23")]
    [Trait("abuse", "X25")]
    [InlineData("""{"price_id":"team_monthly","seat_count":0}""", 400, "seat_count_out_of_range")]
    [InlineData("""{"price_id":"team_monthly","seat_count":-1}""", 400, "seat_count_out_of_range")]
    [InlineData("""{"price_id":"team_monthly","seat_count":501}""", 400, "seat_count_out_of_range")]
    [InlineData("""{"price_id":"team_monthly","seat_count":1.5}""", 400, "seat_count_out_of_range")]
    [InlineData("""{"price_id":"team_monthly","seat_count":"5"}""", 400, "seat_count_out_of_range")]
    [InlineData("""{"price_id":"team_monthly","seat_count":1e9}""", 400, "seat_count_out_of_range")]
    [InlineData("""{"price_id":"team_monthly","seat_count":null}""", 400, "seat_count_out_of_range")]
    [InlineData("""{"price_id":"team_monthly"}""", 400, "seat_count_out_of_range")]
    [InlineData("""{"price_id":"team_monthly","seat_count":1}""", 409, "seats_below_active")]
    [InlineData("""{"price_id":"team_weekly","seat_count":3}""", 400, "unknown_price")]
    [InlineData("""{"price_id":"","seat_count":3}""", 400, "unknown_price")]
    [InlineData("""{"price_id":"enterprise","seat_count":3}""", 409, "plan_sold_by_people")]
    [InlineData("""{"price_id":"team_monthly","seat_count":3,"plan_tier":"business"}""", 400, "invalid_request")]
    [InlineData(
        """{"price_id":"team_monthly","seat_count":3,"success_url":"https://evil.test"}""",
        400,
        "invalid_request"
    )]
    [InlineData("not json", 400, "invalid_request")]
    [InlineData("null", 400, "invalid_request")]
    public async Task Bad_input_is_refused_with_a_stable_code(string body, int status, string code)
    {
        await using var hydra = await HydraHost.StartAsync();
        using var owner = await hydra.SignInAsync();
        var content = new StringContent(body, Encoding.UTF8, "application/json");

        var answer = await owner.PostAsync("/api/billing/checkout", content, Token);
        var problem = await HydraHost.Json(answer);

        Assert.Equal((status, code), ((int)answer.StatusCode, problem.GetProperty("code").GetString()));
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
        Assert.Null(await hydra.TenantAsync<string>("stripe_customer_id"));
        if (code == "seat_count_out_of_range")
        {
            Assert.Equal(
                (1, 500),
                (problem.GetProperty("minimum").GetInt32(), problem.GetProperty("maximum").GetInt32())
            );
        }
    }

    [Theory]
    [InlineData("price_team_annual", 192_00)]
    [InlineData("business_monthly", 40_00)]
    public async Task A_price_may_be_named_by_its_alias_with_or_without_prefix(string price, int unitAmount)
    {
        await using var hydra = await HydraHost.StartAsync();
        using var owner = await hydra.SignInAsync();

        var session = await SessionAsync(hydra, await CheckoutAsync(owner, price, 4));

        Assert.Equal(4 * unitAmount, session.GetProperty("amount_total").GetInt32());
        Assert.Equal("subscription", session.GetProperty("mode").GetString());
    }

    [Fact]
    [Trait("abuse", "X16")]
    public async Task A_member_is_sent_to_an_owner_and_a_stranger_to_sign_in()
    {
        await using var hydra = await HydraHost.StartAsync();
        using var member = await hydra.SignInAsync("member@acme.test");
        using var stranger = hydra.Anonymous();

        Assert.Equal((HttpStatusCode.Forbidden, "billing_admin_required"), await RefusedAsync(member));
        var answer = await stranger.PostAsJsonAsync(
            "/api/billing/checkout",
            new { price_id = "team_monthly", seat_count = 3 },
            Token
        );
        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
        Assert.Null(await hydra.TenantAsync<string>("stripe_customer_id"));
    }

    [Fact]
    [Trait("abuse", "X18")]
    public async Task Another_sites_page_cannot_act_in_the_callers_name()
    {
        await using var hydra = await HydraHost.StartAsync();
        using var owner = await hydra.SignInAsync();
        owner.DefaultRequestHeaders.Add("Origin", "https://evil.test");

        Assert.Equal((HttpStatusCode.Forbidden, "cross_site_request"), await RefusedAsync(owner));
    }

    [Fact]
    [Trait("fault", "F63")]
    public async Task Clicks_at_once_end_with_one_customer_and_one_session()
    {
        await using var hydra = await HydraHost.StartAsync();
        using var owner = await hydra.SignInAsync();

        var urls = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => CheckoutAsync(owner, "team_monthly", 3)));

        Assert.Single(urls.Distinct());
        Assert.Single((await hydra.Stripe.GetAsync("/v1/customers")).GetProperty("data").EnumerateArray());
        Assert.Single((await hydra.Stripe.GetAsync("/v1/checkout/sessions")).GetProperty("data").EnumerateArray());
    }

    [Fact]
    [Trait("decision", "M3")]
    public async Task Another_choice_expires_the_former_session()
    {
        await using var hydra = await HydraHost.StartAsync();
        using var owner = await hydra.SignInAsync();
        var first = await CheckoutAsync(owner, "team_monthly", 3);
        var second = await CheckoutAsync(owner, "business_annual", 5);

        Assert.Equal("expired", (await SessionAsync(hydra, first)).GetProperty("status").GetString());
        Assert.Equal("open", (await SessionAsync(hydra, second)).GetProperty("status").GetString());
        Assert.Single((await hydra.Stripe.GetAsync("/v1/customers")).GetProperty("data").EnumerateArray());
    }

    [Fact]
    [Trait("decision", "S11")]
    public async Task A_second_checkout_while_subscribed_is_409_with_the_way_to_go()
    {
        await using var hydra = await HydraHost.StartAsync();
        using var owner = await hydra.SignInAsync();
        await hydra.BuyAsync(owner);
        await hydra.TierBecomesAsync("team");

        Assert.Equal((HttpStatusCode.Conflict, "already_subscribed"), await RefusedAsync(owner));
    }

    [Fact]
    [Trait("fault", "F64")]
    public async Task A_paid_session_whose_events_are_not_in_yet_is_no_reason_to_sell_another()
    {
        await using var hydra = await HydraHost.StartAsync();
        using var owner = await hydra.SignInAsync();
        await hydra.Stripe.MuteAsync();
        await hydra.BuyAsync(owner, seats: 3);

        var other = await owner.PostAsJsonAsync(
            "/api/billing/checkout",
            new { price_id = "team_monthly", seat_count = 7 },
            Token
        );

        Assert.Equal(HttpStatusCode.Conflict, other.StatusCode);
        Assert.Single((await hydra.Stripe.GetAsync("/v1/subscriptions")).GetProperty("data").EnumerateArray());
    }

    [Fact]
    [Trait("abuse", "X14")]
    public async Task Only_the_tenants_own_session_is_found()
    {
        await using var hydra = await HydraHost.StartAsync();
        using var acme = await hydra.SignInAsync();
        using var globex = await hydra.SignInAsync("owner@globex.test");
        var session = await hydra.BuyAsync(acme);

        async Task<int> AskAsync(HttpClient who, string id) =>
            (int)(await who.GetAsync($"/api/billing/success?session_id={Uri.EscapeDataString(id)}", Token)).StatusCode;

        Assert.Equal(200, await AskAsync(acme, session));
        Assert.Equal(404, await AskAsync(globex, session));
        Assert.Equal(404, await AskAsync(acme, "cs_test_aaaaaaaaaaaaaaaaaaaa"));
        Assert.Equal(404, await AskAsync(acme, "{CHECKOUT_SESSION_ID}"));
        Assert.Equal(400, await AskAsync(acme, "../v1/customers"));
        Assert.Equal(400, await AskAsync(acme, new string('a', 2000)));
        Assert.Equal(400, await AskAsync(acme, string.Empty));
        Assert.Null(await hydra.TenantAsync<string>("stripe_subscription_id", "globex"));
    }

    [Fact]
    public async Task The_kill_switch_sells_nothing_and_blocks_nobody()
    {
        await using var hydra = await HydraHost.StartAsync("--BILLING_ENABLED=false");
        using var owner = await hydra.SignInAsync();

        Assert.Equal((HttpStatusCode.ServiceUnavailable, "billing_disabled"), await RefusedAsync(owner));
        for (var i = 0; i < 7; i++)
        {
            Assert.Equal(
                HttpStatusCode.OK,
                (await owner.PostAsync("/api/workflows/fix/runs", content: null, Token)).StatusCode
            );
        }

        Assert.Equal(7, await hydra.TenantAsync<int>("free_tier_fixes_used"));
        var status = await HydraHost.Json(await owner.GetAsync("/api/billing/status", Token));
        Assert.Equal(
            (false, "free"),
            (status.GetProperty("billing_enabled").GetBoolean(), status.GetProperty("tier").GetString())
        );
    }

    private static async Task<string> CheckoutAsync(HttpClient client, string price, int seats)
    {
        var answer = await client.PostAsJsonAsync(
            "/api/billing/checkout",
            new { price_id = price, seat_count = seats },
            Token
        );
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return (await HydraHost.Json(answer)).GetProperty("checkout_url").GetString()!;
    }

    private static async Task<(HttpStatusCode Status, string? Code)> RefusedAsync(HttpClient client)
    {
        var answer = await client.PostAsJsonAsync(
            "/api/billing/checkout",
            new { price_id = "team_monthly", seat_count = 3 },
            Token
        );
        return (answer.StatusCode, (await HydraHost.Json(answer)).GetProperty("code").GetString());
    }

    private static Task<System.Text.Json.JsonElement> SessionAsync(HydraHost hydra, string url) =>
        hydra.Stripe.GetAsync($"/v1/checkout/sessions/{url.Split('/').Last()}");
}
