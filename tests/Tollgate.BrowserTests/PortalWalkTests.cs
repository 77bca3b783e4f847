using Microsoft.Playwright;
using Tollgate.HydraTesting;
using static Microsoft.Playwright.Assertions;

namespace Tollgate.BrowserTests;

/// <summary>A subscriber changes their mind on the portal, twice, and reads on Hydra what holds.</summary>
public sealed class PortalWalkTests(BrowserFixture browser)
{
    [Fact]
    public async Task A_cancellation_on_the_portal_is_shown_on_the_billing_page_until_it_is_undone()
    {
        await using var hydra = await HydraHost.StartAsync();
        using (var client = await hydra.SignInAsync())
        {
            await hydra.BuyAsync(client);
        }

        await hydra.TierBecomesAsync("team");
        await using var owner = await Visitor.ComesAsync(browser, hydra.Address);
        await owner.SignInAsync("/settings/billing");
        var page = owner.Page;
        var summary = page.Locator("tg-billing-summary");

        await OpenPortalAsync(page);
        await page.GetByRole(AriaRole.Link, new() { Name = "Cancel plan" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Cancel plan" }).ClickAsync();
        await Expect(page.GetByText("Ends on")).ToBeVisibleAsync();
        await ReturnAsync(page);

        await Expect(summary).ToContainTextAsync("and does not renew.");
        await Expect(summary).ToContainTextAsync("Everything keeps working until then.");
        await owner.SeesAsync("60-canceled-on-the-portal");

        await OpenPortalAsync(page);
        await page.GetByRole(AriaRole.Button, new() { Name = "Don't cancel plan" }).ClickAsync();
        await Expect(page.GetByText("Renews on")).ToBeVisibleAsync();
        await ReturnAsync(page);

        await Expect(summary).ToContainTextAsync("renews");
        await Expect(summary).Not.ToContainTextAsync("does not renew");
        Assert.Empty(owner.Refusals);
        owner.NothingWentWrong();
    }

    private static Task OpenPortalAsync(IPage page) =>
        page.GetByRole(AriaRole.Button, new() { Name = "Manage subscription" }).ClickAsync();

    private static Task ReturnAsync(IPage page) =>
        page.GetByRole(AriaRole.Link, new() { Name = "Return to the seller" }).ClickAsync();
}
