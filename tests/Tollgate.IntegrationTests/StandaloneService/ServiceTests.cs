using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Tollgate.IntegrationTests.StandaloneService;

/// <summary>What an app in any language asks of the service: accounts, checks, units, plans.</summary>
public sealed class ServiceTests : IAsyncLifetime
{
    private ServiceHost service = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => service = await ServiceHost.StartAsync();

    public ValueTask DisposeAsync() => service.DisposeAsync();

    [Fact]
    public async Task A_meter_is_held_counted_given_back_and_ends_at_the_plans_limit()
    {
        foreach (var run in (string[])["a", "b", "b", "c"])
        {
            await service.PostAsync("ann", "reserve", new { meter = "render", key = run });
        }

        var full = await RunningProduct.RefusedAsync(
            await service.TryAsync("ann", "reserve", new { meter = "render" }),
            402,
            "free_tier_limit_reached"
        );
        Assert.Equal(3, full.GetProperty("limit").GetInt32());
        var checkedFull = await CheckAsync("render");
        Assert.False(checkedFull.GetProperty("allowed").GetBoolean());
        Assert.Equal(full.ToString(), checkedFull.GetProperty("problem").ToString());

        await service.PostAsync("ann", "commit", new { meter = "render", key = "a" });
        await service.PostAsync("ann", "commit", new { meter = "render", key = "a" });
        await service.PostAsync("ann", "release", new { meter = "render", key = "b" });

        var use = (await CheckAsync("render")).GetProperty("use");
        Assert.Equal(
            (1, 1, 1),
            (
                use.GetProperty("used").GetInt32(),
                use.GetProperty("reserved").GetInt32(),
                use.GetProperty("remaining").GetInt32()
            )
        );
    }

    [Fact]
    public async Task What_the_catalog_does_not_know_is_named()
    {
        await RefusedAsync("reserve", new { meter = "renderr" }, 400, "unknown_meter");
        await RefusedAsync("check", new { meter = "renderr" }, 400, "unknown_meter");
        await RefusedAsync("check", new { feature = "watermarkk" }, 400, "unknown_feature");
        await RefusedAsync("check", new { }, 400, "invalid_request");
        await RefusedAsync("check", new { meter = "render", feature = "watermark" }, 400, "invalid_request");
        await RefusedAsync("commit", new { meter = "render", key = "never" }, 404, "run_not_reserved");
        await RefusedAsync("release", new { meter = "render", key = "never" }, 404, "run_not_reserved");
        await RefusedAsync("reserve", new { meter = "render", key = "" }, 400, "invalid_request");
        await RefusedAsync("checkout", new { price_id = "no", seat_count = 1 }, 400, "unknown_price");
    }

    [Fact]
    public async Task A_plan_is_bought_opens_its_feature_and_is_closed_with_its_account()
    {
        await service.OpenAsync("acme");
        var denied = await service.PostAsync("acme", "check", new { feature = "watermark" });
        Assert.Equal("subscription_required", denied.GetProperty("problem").GetProperty("code").GetString());

        await service.BuyAsync("acme");

        var allowed = await service.PostAsync("acme", "check", new { feature = "watermark" });
        Assert.True(allowed.GetProperty("allowed").GetBoolean());
        Assert.Equal(JsonValueKind.Null, allowed.GetProperty("problem").ValueKind);
        Assert.StartsWith(
            service.Sandbox.BaseAddress.AbsoluteUri,
            (await service.PostAsync("acme", "portal", new { })).GetProperty("portal_url").GetString(),
            StringComparison.Ordinal
        );

        using var closed = await service.Server.DeleteAsync(ServiceHost.Of("acme", ""), Token);
        Assert.Equal(HttpStatusCode.NoContent, closed.StatusCode);
        Assert.Equal(
            "canceled",
            (await service.Stripe.GetAsync("/v1/subscriptions?status=all"))
                .GetProperty("data")[0]
                .GetProperty("status")
                .GetString()
        );
        using var again = await service.Server.PutAsJsonAsync(
            ServiceHost.Of("acme", ""),
            new { name = "Acme", billing_email = "ann@acme.test" },
            Token
        );
        await RunningProduct.RefusedAsync(again, 409, "account_closed");
        await RefusedAsync("reserve", new { meter = "render" }, 409, "account_closed", "acme");
    }

    [Fact]
    public async Task Seats_that_an_app_reports_bound_what_may_be_bought()
    {
        var file = Path.GetTempFileName();
        var plans = JsonNode.Parse(await File.ReadAllTextAsync(ServiceHost.Plans, Token))!;
        plans["seats"] = new JsonObject { ["most"] = 50 };
        await File.WriteAllTextAsync(file, plans.ToJsonString(), Token);
        await using var selling = await ServiceHost.StartAsync(file);
        File.Delete(file);

        await selling.OpenAsync("acme", seats: 4);
        using var few = await selling.TryAsync("acme", "checkout", new { price_id = "pro_monthly", seat_count = 3 });
        await RunningProduct.RefusedAsync(few, 409, "seats_below_active");
        using var unsaid = await selling.TryAsync("acme", "checkout", new { price_id = "pro_monthly" });
        await RunningProduct.RefusedAsync(unsaid, 400, "seat_count_out_of_range");
        // what is not said stays
        await selling.OpenAsync("acme");
        Assert.Equal(4, (await selling.GetAsync("acme", "status")).GetProperty("seats_in_use").GetInt32());
    }

    [Theory]
    [InlineData("a/b")]
    [InlineData("a%2Fb")]
    [InlineData(" a")]
    public async Task An_id_that_could_be_two_or_none_is_refused(string account)
    {
        using var answer = await service.Server.GetAsync(ServiceHost.Of(account, "status"), Token);
        await RunningProduct.RefusedAsync(answer, 400, "invalid_request");
        Assert.Equal(0, await service.QueryAsync<long>("SELECT count(*) FROM billing.accounts"));
    }

    [Theory]
    [InlineData("ann@example.com")]
    [InlineData("urn:acme:7 b")]
    [InlineData("Zoë?x=1&y#z")]
    public async Task Any_other_id_is_itself(string account)
    {
        await service.PostAsync(account, "reserve", new { meter = "render" });

        Assert.Equal(account, await service.QueryAsync<string>("SELECT account_id FROM billing.accounts"));
    }

    [Fact]
    public async Task People_are_led_to_the_app_and_events_to_the_service()
    {
        await using var beside = await ServiceHost.StartAsync(plans: null, "--Tollgate:AppUrl=http://127.0.0.1:9");
        await beside.OpenAsync("acme");

        var opened = await beside.PostAsync("acme", "checkout", new { price_id = "pro_monthly" });

        var page = opened.GetProperty("checkout_url").GetString()!;
        var session = await beside.Stripe.GetAsync($"/v1/checkout/sessions/{page.Split('/').Last()}");
        Assert.StartsWith(
            "http://127.0.0.1:9/billing/success?",
            session.GetProperty("success_url").GetString(),
            StringComparison.Ordinal
        );
        var hooks = await beside.Stripe.GetAsync("/v1/webhook_endpoints");
        Assert.Equal(
            $"{beside.Address}api/webhooks/stripe",
            hooks.GetProperty("data")[0].GetProperty("url").GetString()
        );
    }

    [Fact]
    public async Task The_document_has_every_call_under_the_account()
    {
        using var nobody = new HttpClient { BaseAddress = service.Address };
        var document = await nobody.GetFromJsonAsync<JsonElement>("/openapi/v1.json", Token);
        var paths = document.GetProperty("paths");
        foreach (
            var what in (string[])
                ["", "/status", "/check", "/reserve", "/commit", "/release", "/checkout", "/portal", "/seats"]
        )
        {
            var operation = paths.GetProperty($"/v1/accounts/{{account}}{what}").EnumerateObject().First().Value;
            Assert.Equal("account", operation.GetProperty("parameters")[0].GetProperty("name").GetString());
            Assert.Equal("""[{"bearer":[]}]""", operation.GetProperty("security").GetRawText());
        }
    }

    private Task<JsonElement> CheckAsync(string meter) => service.PostAsync("ann", "check", new { meter });

    private async Task RefusedAsync(string what, object body, int status, string code, string account = "ann")
    {
        using var answer = await service.TryAsync(account, what, body);
        await RunningProduct.RefusedAsync(answer, status, code);
    }
}
