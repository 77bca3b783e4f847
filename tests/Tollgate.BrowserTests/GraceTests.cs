using Microsoft.Playwright;
using Tollgate.HydraTesting;
using static Microsoft.Playwright.Assertions;

namespace Tollgate.BrowserTests;

/// <summary>A failed renewal as its payer reads it, from the first day to the one after the last.</summary>
public sealed class GraceTests(BrowserFixture browser)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_days_left_shrink_to_none_and_paying_brings_the_plan_back()
    {
        await using var hydra = await HydraHost.StartAsync();
        await NoonAsync(hydra);
        using (var client = await hydra.SignInAsync())
        {
            await hydra.BuyAsync(client);
        }

        await hydra.TierBecomesAsync("team");
        await hydra.FailRenewalAsync();
        await using var owner = await Visitor.ComesAsync(browser, hydra.Address);
        await owner.SignInAsync("/settings/billing");
        var summary = owner.Page.Locator("tg-billing-summary");
        await Expect(summary).ToContainTextAsync("(7 days)");

        await ComesBackAfterAsync(TimeSpan.FromDays(1));
        await Expect(summary).ToContainTextAsync("(6 days)");
        await ComesBackAfterAsync(TimeSpan.FromDays(5));
        await Expect(summary).ToContainTextAsync("(1 day)");
        await ComesBackAfterAsync(TimeSpan.FromHours(23));
        await Expect(summary).ToContainTextAsync("Everything keeps working until today,");
        await owner.SeesAsync("67-grace-last-day");

        await hydra.Sandbox.AdvanceAsync(TimeSpan.FromDays(1), Token);
        await hydra.TierBecomesAsync("free");
        await owner.Page.ReloadAsync();
        await Expect(summary.GetByRole(AriaRole.Heading, new() { Name = "Free" })).ToBeVisibleAsync();
        await Expect(summary).ToContainTextAsync("We couldn't charge your card.");
        await Expect(summary).ToContainTextAsync("Your paid plan is closed until you pay.");
        await Expect(summary.GetByRole(AriaRole.Link, new() { Name = "Upgrade" })).ToHaveCountAsync(0);
        await owner.SeesAsync("68-grace-is-over");

        await PayOpenInvoiceAsync(owner.Page);
        await owner.Page.GotoAsync("/settings/billing");
        await Expect(summary.GetByRole(AriaRole.Heading, new() { Name = "Team" })).ToBeVisibleAsync();
        await Expect(summary).ToContainTextAsync("renews");
        Assert.Empty(owner.Refusals);
        owner.NothingWentWrong();

        async Task ComesBackAfterAsync(TimeSpan time)
        {
            await hydra.Sandbox.AdvanceAsync(time, Token);
            await owner.Page.ReloadAsync();
        }
    }

    private static async Task PayOpenInvoiceAsync(IPage page)
    {
        await page.GetByRole(AriaRole.Button, new() { Name = "Update card and pay" }).ClickAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "Pay it" }).ClickAsync();
        await page.GetByLabel("Card number").FillAsync("4242424242424242");
        await page.GetByLabel("Expiry").FillAsync("12 / 34");
        await page.GetByLabel("CVC").FillAsync("123");
        await page.GetByLabel("Name on card").FillAsync("Ada Lovelace");
        await page.GetByLabel("Name on card").PressAsync("Enter");
        await Expect(page.GetByRole(AriaRole.Status)).ToContainTextAsync("with Visa ending in 4242");
    }

    /// <summary>Days are counted by the calendar: far from midnight a slow machine counts the same ones.</summary>
    private static Task NoonAsync(HydraHost hydra)
    {
        var now = hydra.Sandbox.Clock.GetUtcNow();
        return hydra.Sandbox.AdvanceAsync(now.Date.AddHours(36) - now.UtcDateTime, Token);
    }
}
