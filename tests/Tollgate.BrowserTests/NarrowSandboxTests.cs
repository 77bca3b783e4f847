using System.Text.Json;
using Microsoft.Playwright;
using Tollgate.HydraTesting;
using Tollgate.Sandbox;
using static Microsoft.Playwright.Assertions;

namespace Tollgate.BrowserTests;

/// <summary>The Sandbox's pages on the narrowest screen there is: no page scrolls sideways.</summary>
public sealed class NarrowSandboxTests(BrowserFixture browser)
{
    private const int Narrow = 320;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task All_of_the_sandbox_fits_a_narrow_screen()
    {
        await using var sandbox = await SandboxServer.StartAsync(cancellationToken: Token);
        var api = new SandboxApi(sandbox.BaseAddress);
        await api.PostAsync(
            "/v1/webhook_endpoints",
            ("url", "http://127.0.0.1:9/a/rather/long/path/for/hooks/of/the/product"),
            ("enabled_events[]", "invoice.paid")
        );
        var customer = Id(await api.PostAsync("/v1/customers", ("email", "ada.lovelace.of.the.engine@acme.test")));
        await using var visitor = await Visitor.ComesAsync(browser, sandbox.BaseAddress, Narrow);
        var page = visitor.Page;
        await page.GotoAsync("/");
        await FitsAsync(visitor, "sandbox-320-dashboard");
        await page.GetByRole(AriaRole.Link, new() { Name = "we_" }).ClickAsync();
        await FitsAsync(visitor, "sandbox-320-endpoint");
        await page.GotoAsync("/chaos");
        await FitsAsync(visitor, "sandbox-320-chaos");
        await page.GotoAsync("/requests");
        await FitsAsync(visitor, "sandbox-320-requests");
        await page.GetByRole(AriaRole.Link, new() { Name = "POST /v1/customers" }).ClickAsync();
        await FitsAsync(visitor, "sandbox-320-request");

        await page.GotoAsync(await SetupAsync(api, customer, new Uri(sandbox.BaseAddress, "/requests")));
        await FitsAsync(visitor, "sandbox-320-setup");
        await page.GetByLabel("Card number").PressSequentiallyAsync("4242424242424242");
        await page.GetByLabel("Expiry").FillAsync("12 / 34");
        await page.GetByLabel("CVC").FillAsync("123");
        await page.GetByLabel("Name on card").FillAsync("Ada Lovelace");
        await page.GetByRole(AriaRole.Button, new() { Name = "Save card" }).ClickAsync();
        await Expect(page).ToHaveURLAsync(new Uri(sandbox.BaseAddress, "/requests").AbsoluteUri);
        visitor.NothingWentWrong();
    }

    private static async Task<string> SetupAsync(SandboxApi api, string customer, Uri success)
    {
        var session = await api.PostAsync(
            "/v1/checkout/sessions",
            ("mode", "setup"),
            ("currency", "usd"),
            ("customer", customer),
            ("success_url", success.AbsoluteUri)
        );
        return session.GetProperty("url").GetString()!;
    }

    private static async Task FitsAsync(Visitor visitor, string name)
    {
        await visitor.SeesAsync(name);
        Assert.Equal(Narrow, await visitor.Page.EvaluateAsync<int>("document.documentElement.scrollWidth"));
    }

    private static string Id(JsonElement element) => element.GetProperty("id").GetString()!;
}
