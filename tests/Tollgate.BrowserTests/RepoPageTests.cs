using Microsoft.Playwright;
using Tollgate.HydraTesting;
using static Microsoft.Playwright.Assertions;

namespace Tollgate.BrowserTests;

/// <summary>A person reaches the limits that are no meters by clicking, and comes into a team.</summary>
public sealed class RepoPageTests(BrowserFixture browser)
{
    [Fact]
    public async Task The_sixth_repo_on_team_meets_the_prompt_and_a_disconnected_one_makes_room()
    {
        await using var hydra = await HydraHost.StartAsync();
        using var client = await hydra.SignInAsync();
        await hydra.BuyAsync(client);
        await hydra.TierBecomesAsync("team");
        await using var owner = await Visitor.ComesAsync(browser, hydra.Address);
        await owner.SignInAsync("/repos");
        var page = owner.Page;
        for (var i = 2; i <= 5; i++)
        {
            await ConnectAsync(page, $"acme/service-{i}");
            await Expect(page.Locator("#repos-count")).ToHaveTextAsync($"{i} of 5");
        }

        await Expect(page.Locator("#repos-prompt"))
            .ToContainTextAsync("All 5 repositories of your plan are connected.");
        await owner.SeesAsync("20-repos-at-the-limit");

        await ConnectAsync(page, "acme/sixth");
        await Expect(page.Locator("#repos-prompt")).ToContainTextAsync("Team connects up to 5 repositories.");
        await owner.SeesAsync("21-sixth-repo-refused");
        Assert.Equal(["402 POST /api/repos"], owner.Refusals);

        await page.GetByRole(AriaRole.Button, new() { Name = "Disconnect acme/service-2" }).ClickAsync();
        await Expect(page.Locator("#repos-count")).ToHaveTextAsync("4 of 5");
        owner.NothingWentWrong();
    }

    [Fact]
    public async Task A_developer_is_added_to_a_repo_and_takes_a_seat()
    {
        await using var hydra = await HydraHost.StartAsync();
        await using var owner = await Visitor.ComesAsync(browser, hydra.Address, width: 320);
        await owner.SignInAsync("/repos");
        var page = owner.Page;

        await page.GetByLabel("Developer", new() { Exact = true }).FillAsync("alan");
        await page.GetByRole(AriaRole.Button, new() { Name = "Add" }).ClickAsync();

        await Expect(page.Locator("#developers-count")).ToHaveTextAsync("3 seats in use");
        await Expect(page.Locator("#repos")).ToContainTextAsync("3 developers");
        await owner.SeesAsync("22-narrow-repos");
        Assert.Equal(320, await page.EvaluateAsync<int>("document.documentElement.scrollWidth"));
        owner.NothingWentWrong();
    }

    [Fact]
    public async Task A_founder_signs_up_and_finds_the_runs_again_after_a_reload()
    {
        await using var hydra = await HydraHost.StartAsync();
        await using var founder = await Visitor.ComesAsync(browser, hydra.Address);
        var page = founder.Page;
        await page.GotoAsync("/sign-in");
        await page.GetByRole(AriaRole.Link, new() { Name = "Sign up" }).ClickAsync();
        await Expect(page.GetByLabel("Organization")).ToBeVisibleAsync();
        await founder.SeesAsync("23-sign-up");
        await page.GetByLabel("Organization").FillAsync("Initech");
        await page.GetByLabel("E-mail").FillAsync("bill@initech.test");
        await page.GetByLabel("Password").FillAsync(HydraHost.Password);
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign up" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Check your mail" })).ToBeVisibleAsync();
        await founder.SeesAsync("24-sign-up-sent");
        var (user, code) = await hydra.LinkAsync("/confirm", "bill@initech.test");
        await page.GotoAsync($"/confirm?user={Uri.EscapeDataString(user)}&code={Uri.EscapeDataString(code)}");
        await page.GetByLabel("Your password").FillAsync(HydraHost.Password);
        await founder.SeesAsync("25-confirm");
        await page.GetByRole(AriaRole.Button, new() { Name = "Confirm and sign in" }).ClickAsync();
        await Expect(page.GetByText("bill@initech.test")).ToBeVisibleAsync();

        await founder.RunAsync("Review");
        await page.ReloadAsync();

        await Expect(page.Locator("#runs")).ToContainTextAsync("Review ran.");
        founder.NothingWentWrong();
    }

    private static async Task ConnectAsync(IPage page, string name)
    {
        await page.GetByLabel("Repository").FillAsync(name);
        await page.GetByRole(AriaRole.Button, new() { Name = "Connect", Exact = true }).ClickAsync();
    }
}
