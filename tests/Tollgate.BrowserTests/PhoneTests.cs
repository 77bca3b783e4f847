using Microsoft.Playwright;
using Tollgate.HydraTesting;
using static Microsoft.Playwright.Assertions;

namespace Tollgate.BrowserTests;

/// <summary>The walk's pages on a narrow screen: nothing is cut off, nothing is scrolled sideways.</summary>
public sealed class PhoneTests(BrowserFixture browser)
{
    private const int PhoneWidth = 360;

    [Fact]
    public async Task Every_page_fits_a_phone()
    {
        await using var hydra = await HydraHost.StartAsync();
        await using var owner = await Visitor.ComesAsync(browser, hydra.Address, PhoneWidth);
        var page = owner.Page;
        await page.GotoAsync("/");
        await Expect(page.GetByText("owner@acme.test")).ToBeVisibleAsync();
        await FitsAsync(owner, "14-phone-sign-in");

        await owner.TypeSignInAsync("owner@acme.test");
        await owner.RunAsync("Doc run");
        await Expect(page.Locator("tg-upgrade-prompt[meter=doc_run]"))
            .ToContainTextAsync("That was your free doc run.");
        await FitsAsync(owner, "15-phone-limit-reached");

        await page.GetByRole(AriaRole.Link, new() { Name = "See plans" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "Upgrade to Team" })).ToBeVisibleAsync();
        await FitsAsync(owner, "16-phone-plans");

        await page.GetByRole(AriaRole.Button, new() { Name = "Upgrade to Team" }).ClickAsync();
        await Expect(page.GetByText("Due today")).ToBeVisibleAsync();
        await FitsAsync(owner, "17-phone-checkout");

        await owner.PayAsync("4242 4242 4242 4242");
        await Expect(page.GetByText("You're on Team")).ToBeVisibleAsync();
        await FitsAsync(owner, "18-phone-on-team");

        await page.GetByRole(AriaRole.Link, new() { Name = "Billing" }).ClickAsync();
        await Expect(page.GetByText("renews")).ToBeVisibleAsync();
        await FitsAsync(owner, "19-phone-settings");
        owner.NothingWentWrong();
    }

    private static async Task FitsAsync(Visitor visitor, string name)
    {
        await visitor.SeesAsync(name);
        Assert.Equal(PhoneWidth, await visitor.Page.EvaluateAsync<int>("document.documentElement.scrollWidth"));
    }
}
