using System.Net;
using System.Text.Json;
using Tollgate.Sandbox.Tests.Support;

namespace Tollgate.Sandbox.Tests;

/// <summary>Checkout and dashboard over HTTP, as a browser uses them.</summary>
public sealed class PageTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Checkout_page_shows_product_total_and_the_sandbox_mark()
    {
        await using var sandbox = await TestSandbox.StartAsync();
        var session = await Some.CheckoutAsync(sandbox);
        var page = await sandbox.Http.GetAsync(PathOf(session), Token);
        var html = await page.Content.ReadAsStringAsync(Token);
        Assert.Equal(HttpStatusCode.OK, page.StatusCode);
        Assert.Contains("Subscribe to Team", html, StringComparison.Ordinal);
        Assert.Contains("$60.00", html, StringComparison.Ordinal);
        Assert.Contains("Sandbox, no real money", html, StringComparison.Ordinal);
        Assert.Contains(
            "default-src 'none'",
            page.Headers.GetValues("Content-Security-Policy").Single(),
            StringComparison.Ordinal
        );
        Assert.StartsWith(sandbox.Server.BaseAddress.AbsoluteUri, session["url"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Text_of_the_seller_is_not_markup()
    {
        await using var sandbox = await TestSandbox.StartAsync();
        var product = await sandbox.PostAsync("/v1/products", "name=<script>alert(1)</script>");
        var session = await Some.CheckoutAsync(sandbox, await Some.PriceAsync(sandbox, product: product.Id));
        var html = await sandbox.Http.GetStringAsync(PathOf(session), Token);
        Assert.DoesNotContain("<script>alert", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Decline_is_shown_and_the_next_card_pays_with_the_chosen_quantity()
    {
        await using var sandbox = await TestSandbox.StartAsync();
        var session = await Some.CheckoutAsync(
            sandbox,
            null,
            "line_items[0][adjustable_quantity][enabled]=true",
            "line_items[0][adjustable_quantity][minimum]=2",
            "line_items[0][adjustable_quantity][maximum]=10"
        );
        var line = (await sandbox.GetAsync($"/v1/checkout/sessions/{session.Id}/line_items"))["data.0.id"];
        var (declined, refusal) = await PayAsync(sandbox, session, "4000 0000 0000 0002", $"quantities[{line}]=5");
        Assert.Equal(402, declined);
        Assert.Equal("Your card was declined.", Answered.At(refusal, "error.message").GetString());
        var (tooMany, _) = await PayAsync(sandbox, session, "4242 4242 4242 4242", $"quantities[{line}]=11");
        Assert.Equal(400, tooMany);
        var (mistyped, number) = await PayAsync(sandbox, session, "4242 4242 4242 4241");
        Assert.Equal(402, mistyped);
        Assert.Equal("number", Answered.At(number, "error.param").GetString());
        var (paid, answer) = await PayAsync(sandbox, session, "4242 4242 4242 4242", $"quantities[{line}]=5");
        Assert.Equal(200, paid);
        Assert.Equal($"http://localhost:8000/done?session={session.Id}", answer.GetProperty("redirect").GetString());
        var done = await sandbox.GetAsync($"/v1/checkout/sessions/{session.Id}", "expand[]=subscription");
        Assert.Equal(5, done.Int("subscription.items.data.0.quantity"));
        Assert.Equal(10_000, done.Int("amount_total"));
        Assert.Equal("buyer@acme.test", done["customer_details.email"]);
        var (again, _) = await PayAsync(sandbox, session, "4242 4242 4242 4242");
        Assert.Equal(400, again);
    }

    [Fact]
    public async Task Three_d_secure_is_asked_for_and_then_passes()
    {
        await using var sandbox = await TestSandbox.StartAsync();
        var session = await Some.CheckoutAsync(sandbox);
        var (status, refusal) = await PayAsync(sandbox, session, "4000 0027 6000 3184");
        Assert.Equal(402, status);
        Assert.Equal("authentication_required", Answered.At(refusal, "error.code").GetString());
        Assert.Single(await sandbox.EventsAsync("payment_intent.requires_action"));
        var (paid, _) = await PayAsync(sandbox, session, "4000 0027 6000 3184", "authenticated=true");
        Assert.Equal(200, paid);
    }

    [Theory]
    [InlineData("POST", "/_sandbox/clock/advance")]
    [InlineData("GET", "/")]
    [InlineData("GET", "/v1/customers")]
    [InlineData("POST", "/v1/customers")]
    [InlineData("POST", "/v1/stripecli/sessions")]
    [InlineData("GET", "/v2/core/events")]
    [InlineData("GET", "/subscribe")]
    public async Task Other_sites_and_other_host_names_are_refused(string method, string path)
    {
        await using var sandbox = await TestSandbox.StartAsync();
        using var foreign = new HttpRequestMessage(new HttpMethod(method), path);
        foreign.Headers.Add("Origin", "https://evil.test");
        Assert.Equal(HttpStatusCode.Forbidden, (await sandbox.Http.SendAsync(foreign, Token)).StatusCode);
        using var rebound = new HttpRequestMessage(new HttpMethod(method), path);
        rebound.Headers.Host = "evil.test";
        Assert.Equal(HttpStatusCode.Forbidden, (await sandbox.Http.SendAsync(rebound, Token)).StatusCode);
    }

    [Theory]
    [InlineData("", 400)]
    [InlineData("seconds=-1", 400)]
    [InlineData("seconds=99999999999", 400)]
    [InlineData("to=1", 400)]
    [InlineData("seconds=3600", 200)]
    public async Task Clock_moves_by_http_and_only_forward(string form, int status)
    {
        await using var sandbox = await TestSandbox.StartAsync();
        var before = sandbox.Server.Clock.GetUtcNow();
        using var content = new StringContent(form);
        var answer = await sandbox.Http.PostAsync("/_sandbox/clock/advance", content, Token);
        Assert.Equal(status, (int)answer.StatusCode);
        Assert.Equal(status == 200, sandbox.Server.Clock.GetUtcNow() >= before.AddHours(1));
    }

    [Fact]
    public async Task Dashboard_shows_what_there_is_and_sends_events_again()
    {
        await using var receiver = await Receiver.StartAsync();
        await using var sandbox = await TestSandbox.StartAsync();
        await sandbox.PostAsync("/v1/webhook_endpoints", $"url={receiver.Url}", "enabled_events[]=customer.created");
        var subscription = await Some.SubscriptionAsync(sandbox);
        await Some.CheckoutAsync(sandbox);
        await sandbox.Server.WaitForDeliveriesAsync(Token);
        var html = await sandbox.Http.GetStringAsync("/", Token);
        Assert.Contains(subscription.Id, html, StringComparison.Ordinal);
        Assert.Contains("delivered", html, StringComparison.Ordinal);
        var recorded = (await sandbox.EventsAsync("customer.created")).Single().GetProperty("id").GetString();
        Assert.Contains(
            "pending_webhooks",
            await sandbox.Http.GetStringAsync($"/_sandbox/events/{recorded}", Token),
            StringComparison.Ordinal
        );
        await sandbox.Http.PostAsync($"/_sandbox/events/{recorded}/resend", content: null, Token);
        await sandbox.Server.WaitForDeliveriesAsync(Token);
        Assert.Equal(2, receiver.All.Count);
    }

    private static string PathOf(Answered session) => $"/c/pay/{session.Id}";

    private static async Task<(int Status, JsonElement Body)> PayAsync(
        TestSandbox sandbox,
        Answered session,
        string number,
        params string[] more
    )
    {
        string[] form =
        [
            "email=buyer@acme.test",
            "name=Buyer",
            $"number={number}",
            "expiry=12 / 34",
            "cvc=123",
            .. more,
        ];
        using var content = new StringContent(string.Join('&', form));
        var answer = await sandbox.Http.PostAsync(PathOf(session), content, Token);
        using var document = JsonDocument.Parse(await answer.Content.ReadAsStringAsync(Token));
        return ((int)answer.StatusCode, document.RootElement.Clone());
    }
}
