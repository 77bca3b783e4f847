using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.AspNetCore.DataProtection.Repositories;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Options;
using Tollgate.Testing;

namespace Tollgate.IntegrationTests.Library;

/// <summary>What is awkward here is a defect of the library: the app only registers it.</summary>
public sealed class GuestTests
{
    private const string GoodCard = "4242424242424242";

    private static readonly string[] ForEverybody =
    [
        "/api/webhooks/stripe",
        "/health/live",
        "/health/ready",
        "/login",
        "/openapi/v1.json",
        "/tollgate/admin.js",
        "/tollgate/de.js",
        "/tollgate/tollgate.js",
        "/tollgate/upgrade-prompt.js",
    ];

    private static readonly string[] Posted = ["/login", "/api/webhooks/stripe"];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_app_that_opens_no_account_meters_sells_and_gates()
    {
        await using var app = await GuestApp.StartAsync();
        using var ann = await app.SignInAsync("ann@example.com");

        for (var run = 1; run <= 5; run++)
        {
            using var done = await ann.PostAsync("/fix");
            Assert.Equal(HttpStatusCode.OK, done.StatusCode);
        }

        Assert.Equal((HttpStatusCode.PaymentRequired, "free_tier_limit_reached"), await ann.RefusedAsync("/fix"));
        Assert.Equal(HttpStatusCode.PaymentRequired, await ann.StatusOfAsync("/rules"));

        await BuyAsync(app, ann);

        Assert.Equal(HttpStatusCode.OK, await ann.StatusOfAsync("/rules"));
        using var sixth = await ann.PostAsync("/fix");
        Assert.Equal(HttpStatusCode.OK, sixth.StatusCode);
        Assert.Equal(HttpStatusCode.OK, await ann.StatusOfAsync("/orders"));
        var customer = await app.QueryAsync<string>("SELECT stripe_customer_id FROM billing.accounts");
        var made = await app.Stripe.GetAsync($"/v1/customers/{customer}");
        Assert.Equal("ann@example.com", made.GetProperty("email").GetString());
        Assert.Equal("ann@example.com", made.GetProperty("metadata").GetProperty("some_tenant_id").GetString());
    }

    [Theory]
    [InlineData("ann@example.com")]
    [InlineData("9f8e1b1e-2f43-4d86-a3a7-3a3d3c9b6a11")]
    [InlineData("urn:acme:tenants/42?a=b&c#d")]
    [InlineData("Žofie Müller <b>")]
    [InlineData("長")]
    public async Task Any_id_of_the_hosts_buys_and_is_found_by_operators(string start)
    {
        var id = start == "長" ? string.Concat(Enumerable.Repeat(start, AccountId.LongestValue)) : start;
        await using var app = await GuestApp.StartAsync();
        using var ann = await app.SignInAsync(id);
        using var sam = await app.SignInAsync("staff", isStaff: true);

        await BuyAsync(app, ann);

        Assert.Equal("team", (await ann.ReadAsync("/api/billing/status")).GetProperty("tier").GetString());
        var path = $"/api/billing/admin/accounts/{Uri.EscapeDataString(id)}";
        var shown = await sam.ReadAsync(path);
        Assert.Equal(id, shown.GetProperty("account").GetProperty("account").GetString());
        using var refreshed = await sam.PostAsync($"{path}/refresh", new { why = "a test" });
        Assert.Equal(HttpStatusCode.OK, refreshed.StatusCode);
        var (code, explained) = await app.CommandAsync("explain", id, "--json");
        Assert.Equal(0, code);
        Assert.Equal(id, JsonDocument.Parse(explained).RootElement.GetProperty("account").GetString());
        Assert.Equal(0L, await app.QueryAsync<long>("SELECT count(*) FROM billing.alerts"));
    }

    [Fact]
    public async Task An_account_that_nobody_opened_is_answered_by_every_call()
    {
        await using var app = await GuestApp.StartAsync();
        using var ann = await app.SignInAsync("ann", email: null);

        foreach (var path in (string[])["status", "plans", "features"])
        {
            Assert.Equal(HttpStatusCode.OK, await ann.StatusOfAsync($"/api/billing/{path}"));
        }

        var wish = new { price_id = "team_monthly", seat_count = 2 };
        Assert.Equal(
            (HttpStatusCode.Conflict, "billing_email_required"),
            await ann.RefusedAsync("/api/billing/checkout", wish)
        );
        Assert.Equal((HttpStatusCode.Conflict, "no_customer"), await ann.RefusedAsync("/api/billing/portal"));
        Assert.Equal(
            (HttpStatusCode.Conflict, "no_subscription"),
            await ann.RefusedAsync("/api/billing/seats", new { seat_count = 2, preview = true })
        );
        Assert.Equal(
            (HttpStatusCode.Conflict, "no_subscription"),
            await ann.RefusedAsync("/api/billing/upgrade", new { price_id = "team_monthly", preview = true })
        );
        Assert.Equal(
            HttpStatusCode.NotFound,
            await ann.StatusOfAsync("/api/billing/success?session_id=cs_test_unknown")
        );

        // an address that becomes known later is taken, whatever was there before
        using var confirmed = await app.SignInAsync("ann", email: "ann@example.com");
        using var sold = await confirmed.PostAsync("/api/billing/checkout", wish);
        Assert.Equal(HttpStatusCode.OK, sold.StatusCode);
    }

    [Fact]
    public async Task Under_a_fallback_policy_what_must_be_open_is_open_and_nothing_else()
    {
        await using var app = await GuestApp.StartAsync();

        var open = app.Service<EndpointDataSource>()
            .Endpoints.OfType<RouteEndpoint>()
            .Where(endpoint => endpoint.Metadata.GetMetadata<IAllowAnonymous>() is not null)
            .Select(endpoint => endpoint.RoutePattern.RawText);

        Assert.Equal(ForEverybody, open.Order(StringComparer.Ordinal));
        foreach (var path in ForEverybody.Except(Posted))
        {
            using var answer = await app.Anonymous.GetAsync(path, Token);
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        }

        using var unsigned = await app.Anonymous.PostAsJsonAsync("/api/webhooks/stripe", new { }, Token);
        Assert.Equal(HttpStatusCode.BadRequest, unsigned.StatusCode);

        foreach (var path in (string[])["/orders", "/rules", "/api/billing/status", "/api/billing/admin/accounts"])
        {
            using var answer = await app.Anonymous.GetAsync(path, Token);
            Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
        }
    }

    [Fact]
    public async Task Data_Protection_of_the_apps_own_keeps_its_name_and_its_ring()
    {
        await using var app = await GuestApp.StartAsync();

        Assert.Equal(GuestApp.Name, app.Service<IOptions<DataProtectionOptions>>().Value.ApplicationDiscriminator);
        Assert.IsType<FileSystemXmlRepository>(app.Service<IOptions<KeyManagementOptions>>().Value.XmlRepository);
        // whoever signed in before Tollgate came stays signed in, and after it has gone, too
        var before = DataProtectionProvider.Create(app.Ring, ring => ring.SetApplicationName(GuestApp.Name));
        var kept = before.CreateProtector("cookie").Protect("ann");
        var now = app.Service<IDataProtectionProvider>().CreateProtector("cookie");
        Assert.Equal("ann", now.Unprotect(kept));
        Assert.Equal("ann", before.CreateProtector("cookie").Unprotect(now.Protect("ann")));
        Assert.Equal(0L, await app.QueryAsync<long>("SELECT count(*) FROM billing.data_protection_keys"));
    }

    private static async Task BuyAsync(GuestApp app, GuestCaller caller)
    {
        using var asked = await caller.PostAsync(
            "/api/billing/checkout",
            new { price_id = "team_monthly", seat_count = 2 }
        );
        Assert.True(asked.IsSuccessStatusCode, await asked.Content.ReadAsStringAsync(Token));
        var url = (await RunningProduct.Json(asked)).GetProperty("checkout_url").GetString()!;
        await app.Stripe.PayCheckoutAsync(url, GoodCard);
        await Eventually.Async(
            async () => (await caller.ReadAsync("/api/billing/status")).GetProperty("tier").GetString() == "team",
            ct: Token,
            what: "the plan to be there"
        );
    }
}
