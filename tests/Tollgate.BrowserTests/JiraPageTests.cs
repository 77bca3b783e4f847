using Microsoft.Playwright;
using Tollgate.HydraTesting;
using static Microsoft.Playwright.Assertions;

namespace Tollgate.BrowserTests;

/// <summary>A feature of Business, tried on a lower plan and on Business, on a narrow screen.</summary>
public sealed class JiraPageTests(BrowserFixture browser)
{
    [Fact]
    public async Task Jira_below_business_meets_the_prompt_and_on_business_takes_the_issue()
    {
        await using var hydra = await HydraHost.StartAsync();
        await using var owner = await Visitor.ComesAsync(browser, hydra.Address, width: 320);
        await owner.SignInAsync("/jira");
        var page = owner.Page;

        await FileAsync(page);

        var prompt = page.Locator("tg-upgrade-prompt");
        await Expect(prompt).ToContainTextAsync("This is part of Business");
        await Expect(prompt.GetByRole(AriaRole.Link, new() { Name = "See plans" })).ToBeVisibleAsync();
        await owner.SeesAsync("26-jira-below-business");
        Assert.Equal(320, await page.EvaluateAsync<int>("document.documentElement.scrollWidth"));
        Assert.Equal(["402 POST /api/jira/issues"], owner.Refusals);

        using var client = await hydra.SignInAsync();
        await hydra.BuyAsync(client, "business_monthly");
        await hydra.TierBecomesAsync("business");
        await FileAsync(page);

        await Expect(page.GetByRole(AriaRole.Status).Filter(new() { HasText = "waits to be filed" }))
            .ToBeVisibleAsync();
        await Expect(prompt).Not.ToContainTextAsync("This is part of Business");
        await owner.SeesAsync("27-jira-on-business");
        owner.NothingWentWrong();
    }

    private static async Task FileAsync(IPage page)
    {
        await page.GetByLabel("Title").FillAsync("The nightly build is red");
        await page.GetByRole(AriaRole.Button, new() { Name = "File issue" }).ClickAsync();
    }
}
