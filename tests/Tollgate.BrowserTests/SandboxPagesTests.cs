using System.Net.Http.Headers;
using System.Text.Json;
using Microsoft.Playwright;
using Tollgate.Sandbox;
using static Microsoft.Playwright.Assertions;

namespace Tollgate.BrowserTests;

/// <summary>Every page of the Sandbox in a browser: judged by axe, light and dark, and used by keyboard.</summary>
public sealed class SandboxPagesTests(BrowserFixture browser)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_customer_changes_the_quantity_and_cancels_on_the_portal()
    {
        await using var sandbox = await SandboxServer.StartAsync(cancellationToken: Token);
        using var api = Api(sandbox);
        var customer = await SubscribeAsync(api, "pm_card_visa");
        await using var visitor = await Visitor.ComesAsync(browser, sandbox.BaseAddress);
        var page = visitor.Page;
        await page.GotoAsync((await OpenPortalAsync(api, customer)).GetProperty("url").GetString()!);
        await visitor.SeesAsync("sandbox-portal");

        await page.GetByRole(AriaRole.Link, new() { Name = "Update plan" }).PressAsync("Enter");
        await visitor.SeesAsync("sandbox-portal-update");
        await page.GetByLabel("Quantity").FillAsync("8");
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.GetByText("Confirm your update")).ToBeVisibleAsync();
        await visitor.SeesAsync("sandbox-portal-confirm");
        await page.GetByRole(AriaRole.Button, new() { Name = "Confirm" }).PressAsync("Enter");
        await Expect(page.GetByText("Quantity 8")).ToBeVisibleAsync();

        await page.GetByRole(AriaRole.Link, new() { Name = "Cancel plan" }).ClickAsync();
        await visitor.SeesAsync("sandbox-portal-cancel");
        await page.GetByRole(AriaRole.Button, new() { Name = "Cancel plan" }).ClickAsync();
        await Expect(page.GetByText("Ends on")).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Don't cancel plan" }).ClickAsync();
        await Expect(page.GetByText("Renews on")).ToBeVisibleAsync();
        visitor.NothingWentWrong();
        Assert.Empty(visitor.Refusals);
    }

    [Fact]
    public async Task A_customer_adds_a_card_with_3d_secure_on_the_portal()
    {
        await using var sandbox = await SandboxServer.StartAsync(cancellationToken: Token);
        using var api = Api(sandbox);
        var customer = await SubscribeAsync(api, "pm_card_visa");
        await using var visitor = await Visitor.ComesAsync(browser, sandbox.BaseAddress, width: 390);
        var page = visitor.Page;
        await page.GotoAsync((await OpenPortalAsync(api, customer)).GetProperty("url").GetString()!);
        await visitor.SeesAsync("sandbox-portal-narrow");
        await page.GetByRole(AriaRole.Link, new() { Name = "Add a card" }).ClickAsync();
        await visitor.SeesAsync("sandbox-portal-card");
        await TypeCardAsync(page, "4000002500003155");
        await page.GetByRole(AriaRole.Button, new() { Name = "Save card" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Complete" }).ClickAsync();
        await Expect(page.GetByText("Visa ending in 3155")).ToBeVisibleAsync();
        visitor.NothingWentWrong();
    }

    [Fact]
    public async Task An_open_invoice_is_paid_on_its_page_after_a_decline()
    {
        await using var sandbox = await SandboxServer.StartAsync(cancellationToken: Token);
        using var api = Api(sandbox);
        var customer = await SubscribeAsync(api, "pm_card_chargeCustomerFail");
        await using var visitor = await Visitor.ComesAsync(browser, sandbox.BaseAddress);
        var page = visitor.Page;
        await page.GotoAsync((await OpenPortalAsync(api, customer)).GetProperty("url").GetString()!);
        await Expect(page.GetByText("A payment of $60.00 is open.")).ToBeVisibleAsync();
        await visitor.SeesAsync("sandbox-portal-open-payment");
        await page.GetByRole(AriaRole.Link, new() { Name = "Pay it" }).ClickAsync();
        await visitor.SeesAsync("sandbox-invoice-open");
        await TypeCardAsync(page, "4000000000000002");
        await page.GetByLabel("Name on card").PressAsync("Enter");
        await Expect(page.GetByRole(AriaRole.Alert)).ToHaveTextAsync("Your card was declined.");
        await visitor.SeesAsync("sandbox-invoice-declined");
        await TypeCardAsync(page, "4000002760003184");
        await page.GetByLabel("Name on card").PressAsync("Enter");
        await page.GetByRole(AriaRole.Button, new() { Name = "Complete" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Status)).ToContainTextAsync("with Visa ending in 3184");
        await visitor.SeesAsync("sandbox-invoice-paid");
        visitor.NothingWentWrong();
    }

    [Fact]
    public async Task A_promotion_code_lowers_the_total_with_the_quantity_that_was_chosen()
    {
        await using var sandbox = await SandboxServer.StartAsync(cancellationToken: Token);
        using var api = Api(sandbox);
        var product = Id(await PostAsync(api, "products", "name=Team"));
        var price = $"product={product}&currency=usd&unit_amount=2000&recurring[interval]=month";
        var coupon = Id(await PostAsync(api, "coupons", "percent_off=25&duration=forever&name=Friends"));
        await PostAsync(api, "promotion_codes", $"promotion[type]=coupon&promotion[coupon]={coupon}&code=FRIENDS");
        var session = await PostAsync(
            api,
            "checkout/sessions",
            $"mode=subscription&line_items[0][price]={Id(await PostAsync(api, "prices", price))}"
                + "&line_items[0][quantity]=3&line_items[0][adjustable_quantity][enabled]=true"
                + "&allow_promotion_codes=true"
                + $"&success_url={Uri.EscapeDataString(sandbox.BaseAddress.AbsoluteUri)}"
        );
        await using var visitor = await Visitor.ComesAsync(browser, sandbox.BaseAddress);
        var page = visitor.Page;
        await page.GotoAsync(session.GetProperty("url").GetString()!);
        await page.GetByLabel("Quantity").FillAsync("4");
        await page.GetByLabel("Promotion code").FillAsync("NOPE");
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.GetByText("This code is invalid.")).ToBeVisibleAsync();
        await page.GetByLabel("Promotion code").FillAsync("FRIENDS");
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.Locator("#total")).ToHaveTextAsync("$60.00");
        await visitor.SeesAsync("sandbox-checkout-promotion");
        await page.GetByLabel("Quantity").FillAsync("8");
        await Expect(page.Locator("#total")).ToHaveTextAsync("$120.00");
        await page.GetByLabel("E-mail").FillAsync("ada@acme.test");
        await visitor.PayAsync("4242424242424242");
        await Expect(page).ToHaveURLAsync(sandbox.BaseAddress.AbsoluteUri);
        visitor.NothingWentWrong();
    }

    [Fact]
    public async Task Dashboard_and_event_have_nothing_that_axe_finds()
    {
        await using var sandbox = await SandboxServer.StartAsync(cancellationToken: Token);
        using var api = Api(sandbox);
        await SubscribeAsync(api, "pm_card_visa");
        await using var visitor = await Visitor.ComesAsync(browser, sandbox.BaseAddress);
        await visitor.Page.GotoAsync("/");
        await visitor.SeesAsync("sandbox-dashboard");
        await visitor.Page.GetByRole(AriaRole.Link, new() { Name = "customer.created" }).ClickAsync();
        await visitor.SeesAsync("sandbox-event");
        visitor.NothingWentWrong();
    }

    [Fact]
    public async Task Chaos_requests_and_an_endpoint_are_read_and_used_by_keyboard()
    {
        await using var sandbox = await SandboxServer.StartAsync(cancellationToken: Token);
        using var api = Api(sandbox);
        await SubscribeAsync(api, "pm_card_visa");
        await PostAsync(api, "webhook_endpoints", "url=http://127.0.0.1:9/hooks&enabled_events[]=invoice.paid");
        await using var visitor = await Visitor.ComesAsync(browser, sandbox.BaseAddress);
        var page = visitor.Page;
        await page.GotoAsync("/");
        await page.GetByRole(AriaRole.Link, new() { Name = "Chaos" }).PressAsync("Enter");
        await page.GetByLabel("Fault").SelectOptionAsync("delay");
        await page.GetByLabel("Event type").FillAsync("invoice.*");
        await page.GetByLabel("Event type").PressAsync("Enter");
        await Expect(page.GetByRole(AriaRole.Cell, new() { Name = "delay by 60 s" })).ToBeVisibleAsync();
        await page.GetByLabel("Customer, card or its number").FillAsync("4242424242424242");
        await page.GetByLabel("Answer").FillAsync("lost_card");
        await page.GetByRole(AriaRole.Button, new() { Name = "Add answer" }).PressAsync("Enter");
        await Expect(page.GetByRole(AriaRole.Cell, new() { Name = "lost_card" })).ToBeVisibleAsync();
        await SubscribeAsync(api, "pm_card_mastercard");
        await page.ReloadAsync();
        await visitor.SeesAsync("sandbox-chaos");
        await page.GetByRole(AriaRole.Button, new() { Name = "Remove rule_1" }).PressAsync("Enter");
        await Expect(page.GetByText("None: nothing fails.")).ToBeVisibleAsync();

        await page.GotoAsync("/requests");
        await visitor.SeesAsync("sandbox-requests");
        await page.GetByRole(AriaRole.Link, new() { Name = "POST /v1/webhook_endpoints" }).PressAsync("Enter");
        await Expect(page.GetByLabel("Answered")).ToContainTextAsync("whsec_****");
        await visitor.SeesAsync("sandbox-request");

        await page.GotoAsync("/");
        await page.GetByRole(AriaRole.Link, new() { Name = "we_" }).PressAsync("Enter");
        await page.GetByRole(AriaRole.Button, new() { Name = "24 hours" }).PressAsync("Enter");
        await Expect(page.GetByText("The one before it still signs as well.")).ToBeVisibleAsync();
        await visitor.SeesAsync("sandbox-webhook-endpoint");
        visitor.NothingWentWrong();
    }

    private static async Task TypeCardAsync(IPage page, string number)
    {
        await page.GetByLabel("Card number").FillAsync(number);
        await page.GetByLabel("Expiry").FillAsync("12 / 34");
        await page.GetByLabel("CVC").FillAsync("123");
        await page.GetByLabel("Name on card").FillAsync("Ada Lovelace");
    }

    private static HttpClient Api(SandboxServer sandbox)
    {
        var client = new HttpClient { BaseAddress = sandbox.BaseAddress };
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", "sk_test_localsandbox");
        return client;
    }

    /// <summary>A customer with three of a price of 20 dollars a month; returns the customer's id.</summary>
    private static async Task<string> SubscribeAsync(HttpClient api, string card)
    {
        var product = Id(await PostAsync(api, "products", "name=Team"));
        var price = Id(
            await PostAsync(api, "prices", $"product={product}&currency=usd&unit_amount=2000&recurring[interval]=month")
        );
        const string update = "features[subscription_update]";
        await PostAsync(
            api,
            "billing_portal/configurations",
            "default_return_url=http://localhost:8000/&features[invoice_history][enabled]=true"
                + "&features[payment_method_update][enabled]=true&features[subscription_cancel][enabled]=true"
                + "&features[subscription_cancel][cancellation_reason][enabled]=true"
                + "&features[subscription_cancel][cancellation_reason][options][0]=too_expensive"
                + $"&{update}[enabled]=true&{update}[default_allowed_updates][0]=quantity"
                + $"&{update}[proration_behavior]=create_prorations&{update}[products][0][product]={product}"
                + $"&{update}[products][0][prices][0]={price}"
        );
        var customer = Id(
            await PostAsync(
                api,
                "customers",
                $"email=ada@acme.test&payment_method={card}&invoice_settings[default_payment_method]={card}"
            )
        );
        await PostAsync(api, "subscriptions", $"customer={customer}&items[0][price]={price}&items[0][quantity]=3");
        return customer;
    }

    private static Task<JsonElement> OpenPortalAsync(HttpClient api, string customer) =>
        PostAsync(api, "billing_portal/sessions", $"customer={customer}");

    private static async Task<JsonElement> PostAsync(HttpClient api, string path, string form)
    {
        using var content = new StringContent(form);
        var answer = await api.PostAsync($"/v1/{path}", content, Token);
        var text = await answer.Content.ReadAsStringAsync(Token);
        Assert.True(answer.IsSuccessStatusCode, text);
        using var document = JsonDocument.Parse(text);
        return document.RootElement.Clone();
    }

    private static string Id(JsonElement element) => element.GetProperty("id").GetString()!;
}
