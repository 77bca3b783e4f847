using Microsoft.Playwright;
using Tollgate.HydraTesting;
using static Microsoft.Playwright.Assertions;

namespace Tollgate.BrowserTests;

/// <summary>A card that does not pay at once, at Hydra's Checkout: nothing is given before it does.</summary>
public sealed class CheckoutCardTests(BrowserFixture browser)
{
    [Fact]
    public async Task A_declined_card_leaves_the_tenant_on_free_and_another_one_pays()
    {
        await using var hydra = await HydraHost.StartAsync();
        await using var owner = await Visitor.ComesAsync(browser, hydra.Address);
        await owner.SignInAsync("/billing/upgrade");
        var page = owner.Page;
        await UpgradeAsync(page);

        await owner.PayAsync("4000 0000 0000 0002");

        await Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("Your card was declined.");
        await page.GetByRole(AriaRole.Link, new() { Name = "Back, without paying" }).ClickAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "Billing" }).ClickAsync();
        var summary = page.Locator("tg-billing-summary");
        await Expect(summary.GetByRole(AriaRole.Heading, new() { Name = "Free" })).ToBeVisibleAsync();
        await owner.SeesAsync("61-declined-still-free");

        await summary.GetByRole(AriaRole.Link, new() { Name = "Upgrade" }).ClickAsync();
        await UpgradeAsync(page);
        await owner.PayAsync("4242 4242 4242 4242");
        await Expect(page.GetByText("You're on Team")).ToBeVisibleAsync();
        Assert.Equal(["402 POST /c/pay/SESSION"], owner.Refusals);
        Assert.Single(await hydra.CheckoutSessionsAsync());
        owner.NothingWentWrong();
    }

    [Fact]
    public async Task A_bank_that_asks_is_answered_wrong_then_right()
    {
        await using var hydra = await HydraHost.StartAsync();
        await using var owner = await Visitor.ComesAsync(browser, hydra.Address);
        await owner.SignInAsync("/billing/upgrade");
        var page = owner.Page;
        var question = page.GetByRole(AriaRole.Dialog, new() { Name = "3D Secure" });
        await UpgradeAsync(page);

        await owner.PayAsync("4000 0025 0000 3155");
        await Expect(question).ToBeVisibleAsync();
        await owner.SeesAsync("62-bank-asks");
        await question.GetByRole(AriaRole.Button, new() { Name = "Fail" }).ClickAsync();

        await Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("authenticate");
        await Expect(question).ToBeHiddenAsync();
        Assert.Equal("free", await hydra.TenantAsync<string>("plan_tier"));
        await owner.SeesAsync("63-bank-said-no");

        await owner.PayAsync("4000 0025 0000 3155");
        await question.GetByRole(AriaRole.Button, new() { Name = "Complete" }).ClickAsync();
        await Expect(page.GetByText("You're on Team")).ToBeVisibleAsync();
        owner.NothingWentWrong();
    }

    private static async Task UpgradeAsync(IPage page)
    {
        await page.GetByRole(AriaRole.Button, new() { Name = "Upgrade to Team" }).ClickAsync();
        await Expect(page.GetByText("Due today")).ToBeVisibleAsync();
    }
}
