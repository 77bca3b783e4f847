using Microsoft.Playwright;
using Tollgate.HydraTesting;
using static Microsoft.Playwright.Assertions;

namespace Tollgate.BrowserTests;

/// <summary>An administrator finds an account, sees what happened to it, and does what there is to do.</summary>
public sealed class AdministrationTests(BrowserFixture browser)
{
    private const string Admin = "admin@hydra.test";

    [Fact]
    public async Task An_administrator_finds_acme_opens_its_timeline_replays_an_event_and_sees_it_written_down()
    {
        await using var hydra = await SoldAsync();
        await using var admin = await Visitor.ComesAsync(browser, hydra.Address);
        var page = admin.Page;
        await page.GotoAsync("/");
        await admin.TypeSignInAsync(Admin);
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Accounts" })).ToBeVisibleAsync();
        await page.GetByLabel("Find accounts").FillAsync("acme");
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.GetByRole(AriaRole.Status)).ToHaveTextAsync("1 account shown");
        await admin.SeesAsync("40-admin-accounts");

        await page.GetByRole(AriaRole.Link, new() { Name = "Acme" }).ClickAsync();
        await Expect(page.Locator("tg-admin-account")).ToContainTextAsync("is active and paid through");
        await Expect(page.Locator("tg-admin-account")).ToContainTextAsync("Plan: none -> team");
        await admin.SeesAsync("41-admin-account");

        await page.GetByRole(AriaRole.Link, new() { Name = "Inbox" }).ClickAsync();
        await page.GetByLabel("State").SelectOptionAsync("parked");
        await page.GetByRole(AriaRole.Button, new() { Name = "Filter" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Payload of evt_stray" }).ClickAsync();
        await Expect(page.Locator("pre")).ToContainTextAsync("(hidden)");
        await admin.SeesAsync("42-admin-inbox");
        await page.GetByRole(AriaRole.Button, new() { Name = "Replay", Exact = true }).PressAsync("Enter");
        await page.GetByLabel("Why").FillAsync("the customer is known now");
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.GetByText("evt_stray starts again from the beginning.")).ToBeVisibleAsync();

        await page.GetByRole(AriaRole.Link, new() { Name = "Log", Exact = true }).ClickAsync();
        await Expect(page.Locator("tg-admin-actions")).ToContainTextAsync("replay evt_stray");
        await Expect(page.Locator("tg-admin-actions")).ToContainTextAsync($"by {Admin}");
        await admin.SeesAsync("43-admin-log");
        // an administrator belongs to no tenant: the first page has nothing to show, and leads on
        Assert.All(admin.Refusals, refusal => Assert.StartsWith("403 ", refusal, StringComparison.Ordinal));
        admin.NothingWentWrong();
    }

    [Fact]
    public async Task Figures_and_drift_stand_as_charts_tables_and_lists_also_on_a_phone()
    {
        await using var hydra = await SoldAsync();
        await using var admin = await Visitor.ComesAsync(browser, hydra.Address, width: 320);
        await admin.SignInAsync("/admin/figures", Admin);
        var page = admin.Page;
        await Expect(page.Locator("svg[role=img][aria-label*='$60.00 at last']")).ToBeVisibleAsync();
        await page.GetByText("As a table").First.ClickAsync();
        await Expect(page.GetByRole(AriaRole.Cell, new() { Name = "$60.00" }).First).ToBeVisibleAsync();
        await FitsAsync(admin, "44-admin-figures-narrow");
        await page.SetViewportSizeAsync(1280, 900);
        await admin.SeesAsync("45-admin-figures");

        await page.GetByRole(AriaRole.Link, new() { Name = "Drift" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Dry run now" }).ClickAsync();
        await Expect(page.Locator("tg-admin-drift"))
            .ToContainTextAsync("1 compared, 0 repaired", new() { Timeout = 60_000 });
        await admin.SeesAsync("46-admin-drift");
        await page.SetViewportSizeAsync(320, 800);
        await FitsAsync(admin, "47-admin-drift-narrow");
        Assert.Empty(admin.Refusals);
        admin.NothingWentWrong();
    }

    [Fact]
    public async Task Who_is_no_administrator_finds_no_page_there()
    {
        await using var hydra = await HydraHost.StartAsync();
        await using var owner = await Visitor.ComesAsync(browser, hydra.Address);
        await owner.SignInAsync("/repos");
        await Expect(owner.Page.GetByText("owner@acme.test")).ToBeVisibleAsync();

        await Expect(owner.Page.GetByRole(AriaRole.Link, new() { Name = "Administration" })).ToHaveCountAsync(0);
        var answer = await owner.Page.GotoAsync("/admin");

        Assert.Equal(404, answer!.Status);
    }

    private static async Task<HydraHost> SoldAsync()
    {
        var hydra = await HydraHost.StartAsync();
        using var owner = await hydra.SignInAsync();
        await hydra.BuyAsync(owner);
        await hydra.TierBecomesAsync("team");
        using var stray = await hydra.DeliverAsync(
            """
            {"id":"evt_stray","object":"event","api_version":"2026-10-28.endive","created":1795300000,"livemode":false,
            "type":"invoice.paid","data":{"object":{"id":"in_1","object":"invoice","customer":"cus_unknown",
            "hosted_invoice_url":"https://invoice.stripe.com/i/key"}}}
            """
        );
        stray.EnsureSuccessStatusCode();
        await hydra.QuietAsync();
        return hydra;
    }

    private static async Task FitsAsync(Visitor visitor, string name)
    {
        await visitor.SeesAsync(name);
        Assert.Equal(320, await visitor.Page.EvaluateAsync<int>("document.documentElement.scrollWidth"));
    }
}
