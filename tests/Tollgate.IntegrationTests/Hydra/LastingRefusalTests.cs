using System.Net.Http.Json;
using System.Text.Json;
using Tollgate.Sandbox.Chaos;

namespace Tollgate.IntegrationTests.Hydra;

/// <summary>
/// What Stripe refuses for good is never reported as something that passes, and operators are alerted.
/// </summary>
public sealed class LastingRefusalTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("prices")]
    [InlineData("products")]
    public async Task A_price_or_product_that_was_archived_by_hand_is_reported_as_lasting_alerted_once_and_repaired(
        string what
    )
    {
        await using var hydra = await HydraHost.StartAsync();
        using var owner = await hydra.SignInAsync();
        using var globex = await hydra.SignInAsync("owner@globex.test");
        var path = await PathAsync(hydra, what);
        await hydra.Stripe.PostAsync(path, ("active", "false"));

        foreach (var client in new[] { owner, globex, owner })
        {
            var (status, problem) = await BuyAsync(client);
            Assert.Equal((502, "stripe_refused"), (status, problem.GetProperty("code").GetString()));
            Assert.Contains(
                "Trying again does not help",
                problem.GetProperty("detail").GetString(),
                StringComparison.Ordinal
            );
        }

        Assert.Equal("checkout of team_monthly: invalid_request line_items[0][price]", await OpenAsync(hydra));
        Assert.Equal(200, (await BuyAsync(globex, "business_monthly")).Status);
        Assert.NotNull(await OpenAsync(hydra));

        await hydra.Stripe.PostAsync(path, ("active", "true"));
        Assert.Equal(200, (await BuyAsync(owner)).Status);
        Assert.Null(await OpenAsync(hydra));
    }

    [Fact]
    public async Task A_key_that_may_not_is_reported_as_lasting_and_alerted_for_checkout_and_portal()
    {
        await using var hydra = await HydraHost.StartAsync();
        using var owner = await Changing.SubscribedAsync(hydra, "team_monthly");
        hydra.Sandbox.Chaos.Add(new ChaosRule(Fault.Forbid) { Path = "/v1/billing_portal/*" });

        await Changing.RefusedAsync(owner, "portal", new { }, 502, "stripe_refused");

        Assert.Equal("portal: permission_denied", await OpenAsync(hydra));
        hydra.Sandbox.Chaos.Reset(seed: 1);
        await Changing.PortalAsync(owner);
        Assert.Null(await OpenAsync(hydra));
    }

    [Theory]
    [InlineData("seats", """{ "seat_count": 5, "preview": true }""", "preview of seats")]
    [InlineData("upgrade", """{ "price_id": "business_monthly", "preview": true }""", "preview of business_monthly")]
    [InlineData(
        "upgrade",
        """{ "price_id": "team_annual", "preview": true, "effective": "period_end" }""",
        "preview of a change at the period's end"
    )]
    public async Task A_change_that_stripe_refuses_for_good_is_alerted_until_it_is_done(
        string what,
        string body,
        string doing
    )
    {
        await using var hydra = await HydraHost.StartAsync();
        using var owner = await Changing.SubscribedAsync(hydra, "team_monthly");
        var wish = JsonDocument.Parse(body).RootElement;
        hydra.Sandbox.Chaos.Add(new ChaosRule(Fault.Forbid) { Path = "/v1/invoices/create_preview" });

        await Changing.RefusedAsync(owner, what, wish, 502, "stripe_refused");

        Assert.Equal($"{doing}: permission_denied", await OpenAsync(hydra));
        hydra.Sandbox.Chaos.Reset(seed: 1);
        await Changing.PreviewAsync(owner, what, wish);
        Assert.Null(await OpenAsync(hydra));
    }

    [Fact]
    public async Task A_change_that_is_taken_back_ends_no_alert_of_one_that_cannot_be_arranged()
    {
        await using var hydra = await HydraHost.StartAsync();
        using var owner = await Changing.SubscribedAsync(hydra, "team_monthly");
        using var globex = await hydra.SignInAsync("owner@globex.test");
        await hydra.BuyAsync(globex);
        await hydra.TierBecomesAsync("team", "globex");
        var wish = new
        {
            price_id = "team_annual",
            preview = false,
            effective = "period_end",
        };
        Assert.Equal(System.Net.HttpStatusCode.OK, await Changing.ApplyAsync(globex, "upgrade", wish));
        hydra.Sandbox.Chaos.Add(new ChaosRule(Fault.Forbid) { Path = "/v1/subscription_schedules", Method = "POST" });
        await Changing.RefusedAsync(owner, "upgrade", wish, 502, "stripe_refused");

        (await globex.DeleteAsync("/api/billing/upgrade", Token)).EnsureSuccessStatusCode();

        Assert.Equal("change at the period's end: permission_denied", await OpenAsync(hydra));
        hydra.Sandbox.Chaos.Reset(seed: 1);
        Assert.Equal(System.Net.HttpStatusCode.OK, await Changing.ApplyAsync(owner, "upgrade", wish));
        Assert.Null(await OpenAsync(hydra));
    }

    [Fact]
    public async Task A_quoted_change_that_stripe_refuses_for_good_is_alerted_until_it_is_done()
    {
        await using var hydra = await HydraHost.StartAsync();
        using var owner = await Changing.SubscribedAsync(hydra, "team_monthly");
        var preview = await Changing.PreviewAsync(owner, "seats", new { seat_count = 5, preview = true });
        hydra.Sandbox.Chaos.Add(new ChaosRule(Fault.Forbid) { Path = "/v1/subscriptions/*", Method = "POST" });

        await Changing.RefusedAsync(owner, "seats", Changing.SeatsOf(preview, 5), 502, "stripe_refused");

        Assert.Equal("change of seats: permission_denied", await OpenAsync(hydra));
        hydra.Sandbox.Chaos.Reset(seed: 1);
        Assert.Equal(
            System.Net.HttpStatusCode.OK,
            await Changing.ApplyAsync(owner, "seats", Changing.SeatsOf(preview, 5))
        );
        Assert.Null(await OpenAsync(hydra));
    }

    [Fact]
    public async Task What_passes_is_reported_as_passing_and_alerts_nobody()
    {
        await using var hydra = await HydraHost.StartAsync();
        using var owner = await hydra.SignInAsync();
        hydra.Sandbox.Chaos.Add(new ChaosRule(Fault.Fail) { Path = "/v1/checkout/sessions", Method = "POST" });

        var (status, problem) = await BuyAsync(owner);

        Assert.Equal((503, "stripe_busy"), (status, problem.GetProperty("code").GetString()));
        Assert.Equal("Nothing was charged. Try again in a minute.", problem.GetProperty("detail").GetString());
        Assert.Null(await OpenAsync(hydra));
    }

    [Fact]
    [Trait("decision", "M2")]
    public async Task A_failure_that_stripe_keeps_under_the_customers_key_is_over_with_the_next_try()
    {
        await using var hydra = await HydraHost.StartAsync();
        using var owner = await hydra.SignInAsync();
        hydra.Sandbox.Chaos.Add(
            new ChaosRule(Fault.FailAfterCommit)
            {
                Path = "/v1/customers",
                Method = "POST",
                Times = 1,
            }
        );

        await BuyAsync(owner);

        Assert.Equal(200, (await BuyAsync(owner)).Status);
        Assert.Single((await hydra.Stripe.GetAsync("/v1/customers")).GetProperty("data").EnumerateArray());
    }

    private static async Task<(int Status, JsonElement Body)> BuyAsync(HttpClient client, string price = "team_monthly")
    {
        var wish = new { price_id = price, seat_count = 3 };
        using var answer = await client.PostAsJsonAsync("/api/billing/checkout", wish, Token);
        return ((int)answer.StatusCode, await HydraHost.Json(answer));
    }

    private static async Task<string> PathAsync(HydraHost hydra, string what)
    {
        Assert.True(hydra.Service<Catalog.PriceBook>().TryFindForSale("team_monthly", out var sold));
        var price = await hydra.Stripe.GetAsync($"/v1/prices/{sold.StripeId}");
        return what == "prices"
            ? $"/v1/prices/{sold.StripeId}"
            : $"/v1/products/{price.GetProperty("product").GetString()}";
    }

    private static Task<string?> OpenAsync(HydraHost hydra) =>
        hydra.QueryAsync<string>(
            "SELECT detail FROM billing.alerts WHERE reason = 'stripe_refused' AND resolved_at IS NULL"
        );
}
