using Microsoft.Playwright;
using Tollgate.HydraTesting;
using static Microsoft.Playwright.Assertions;

namespace Tollgate.BrowserTests;

/// <summary>From the plans to Checkout: who may, how often, and back again.</summary>
public sealed class UpgradePageTests(BrowserFixture browser)
{
    private static readonly PageGetByRoleOptions Upgrade = new() { Name = "Upgrade to Team" };

    [Fact]
    public async Task A_member_reads_why_they_cannot_buy()
    {
        await using var hydra = await HydraHost.StartAsync();
        await using var member = await Visitor.ComesAsync(browser, hydra.Address);
        await member.SignInAsync("/billing/upgrade", "member@acme.test");

        await member.Page.GetByRole(AriaRole.Button, Upgrade).ClickAsync();

        var team = member.Page.GetByRole(AriaRole.Article, new() { Name = "Team" });
        await Expect(team.GetByRole(AriaRole.Alert)).ToContainTextAsync("Your role may not change the plan.");
        await Expect(member.Page.GetByRole(AriaRole.Button, Upgrade)).ToHaveAttributeAsync("aria-disabled", "false");
        await member.SeesAsync("11-member-may-not-buy");
        Assert.Equal(["403 POST /api/billing/checkout"], member.Refusals);
        Assert.Empty(await hydra.CheckoutSessionsAsync());
        member.NothingWentWrong();
    }

    [Fact]
    public async Task A_double_click_opens_one_checkout()
    {
        await using var hydra = await HydraHost.StartAsync();
        await using var owner = await Visitor.ComesAsync(browser, hydra.Address);
        await owner.SignInAsync("/billing/upgrade");
        var asked = 0;
        owner.Page.Request += (_, request) =>
            asked += request.Url.EndsWith("/api/billing/checkout", StringComparison.Ordinal) ? 1 : 0;

        await owner.Page.GetByRole(AriaRole.Button, Upgrade).DblClickAsync();

        await Expect(owner.Page.GetByText("Due today")).ToBeVisibleAsync();
        Assert.Equal(1, asked);
        Assert.Single(await hydra.CheckoutSessionsAsync());
        owner.NothingWentWrong();
    }

    [Fact]
    public async Task Two_tabs_open_one_checkout()
    {
        await using var hydra = await HydraHost.StartAsync();
        await using var owner = await Visitor.ComesAsync(browser, hydra.Address);
        await owner.SignInAsync("/billing/upgrade");
        var other = await owner.Page.Context.NewPageAsync();
        await other.GotoAsync("/billing/upgrade");

        await Task.WhenAll(
            owner.Page.GetByRole(AriaRole.Button, Upgrade).ClickAsync(),
            other.GetByRole(AriaRole.Button, Upgrade).ClickAsync()
        );

        await Expect(owner.Page.GetByText("Due today")).ToBeVisibleAsync();
        await Expect(other.GetByText("Due today")).ToBeVisibleAsync();
        Assert.Equal(owner.Page.Url, other.Url);
        Assert.Single(await hydra.CheckoutSessionsAsync());
    }

    [Fact]
    public async Task The_back_button_leads_from_checkout_to_the_same_choice_and_forth_to_the_same_checkout()
    {
        await using var hydra = await HydraHost.StartAsync();
        await using var owner = await Visitor.ComesAsync(browser, hydra.Address);
        await owner.SignInAsync("/billing/upgrade");
        var page = owner.Page;
        await page.GetByRole(AriaRole.Button, new() { Name = "One seat more" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, Upgrade).ClickAsync();
        await Expect(page.GetByText("Due today")).ToBeVisibleAsync();
        var checkout = page.Url;

        await page.GoBackAsync();

        await Expect(page.GetByRole(AriaRole.Button, Upgrade)).ToHaveAttributeAsync("aria-disabled", "false");
        await Expect(page.GetByRole(AriaRole.Article, new() { Name = "Team" })).ToContainTextAsync("$60.00");
        await page.GetByRole(AriaRole.Button, Upgrade).ClickAsync();
        await Expect(page).ToHaveURLAsync(checkout);
        await page.GetByRole(AriaRole.Link, new() { Name = "Back, without paying" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Button, Upgrade)).ToHaveAttributeAsync("aria-disabled", "false");
        await Expect(page.GetByRole(AriaRole.Article, new() { Name = "Team" })).ToContainTextAsync("$60.00");
        Assert.Single(await hydra.CheckoutSessionsAsync());
        owner.NothingWentWrong();
    }
}
