using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Tollgate.HydraTesting;
using static Microsoft.Playwright.Assertions;

namespace Tollgate.BrowserTests;

/// <summary>The walk of the README, as a person walks it.</summary>
public sealed partial class UpgradeWalkTests(BrowserFixture browser)
{
    [Fact]
    public async Task A_free_tenant_meets_the_limit_pays_for_team_and_runs_on()
    {
        await using var hydra = await HydraHost.StartAsync();
        await using var visitor = await Visitor.ComesAsync(browser, hydra.Address);

        await SignsInAsync(visitor);
        await UsesAllFreeFixesAsync(visitor);
        await ChoosesTeamAsync(visitor);
        await PaysAtTheSecondTryAsync(visitor);
        await RunsOnAsync(visitor);

        Assert.Equal(["402 POST /api/workflows/fix/runs", "402 POST /c/pay/SESSION"], visitor.Refusals);
        visitor.NothingWentWrong();
    }

    private static async Task SignsInAsync(Visitor visitor)
    {
        await visitor.Page.GotoAsync("/");
        await Expect(visitor.Page).ToHaveURLAsync(SignInPage());
        await Expect(visitor.Page.GetByText("owner@acme.test")).ToBeVisibleAsync();
        await visitor.SeesAsync("01-sign-in");

        await visitor.TypeSignInAsync("owner@acme.test");
        await Expect(visitor.Page.GetByRole(AriaRole.Heading, new() { Name = "Workflows" })).ToBeVisibleAsync();
        await Expect(visitor.Page.GetByText("0 of 5").First).ToBeVisibleAsync();
        await Expect(visitor.Page.GetByText("owner@acme.test")).ToBeVisibleAsync();
        await visitor.SeesAsync("02-workflows");
    }

    private static async Task UsesAllFreeFixesAsync(Visitor visitor)
    {
        var page = visitor.Page;
        var log = page.GetByRole(AriaRole.Log).GetByText("Fix ran.");
        var prompt = page.Locator("tg-upgrade-prompt[meter=fix]");
        for (var run = 1; run <= 5; run++)
        {
            await Expect(prompt).ToHaveTextAsync(string.Empty);
            await visitor.RunAsync("Fix");
            await Expect(log).ToHaveCountAsync(run);
        }

        await Expect(prompt).ToContainTextAsync("That was your fifth free fix.");
        await Expect(prompt).ToContainTextAsync("On Team, fixes are unlimited, from $16 a seat.");
        await visitor.SeesAsync("03-limit-reached");

        await visitor.RunAsync("Fix");
        await Expect(prompt).ToContainTextAsync("Your 5 free fixes are used for now.");
        await Expect(log).ToHaveCountAsync(5);
        await visitor.SeesAsync("04-sixth-fix-refused");
    }

    private static async Task ChoosesTeamAsync(Visitor visitor)
    {
        var page = visitor.Page;
        await page.GetByRole(AriaRole.Link, new() { Name = "See plans" }).ClickAsync();
        var team = page.GetByRole(AriaRole.Article, new() { Name = "Team" });
        await Expect(team.GetByText("$40.00")).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "One seat more" }).ClickAsync();
        await Expect(team.GetByText("$60.00")).ToBeVisibleAsync();
        await visitor.SeesAsync("05-plans");

        await team.GetByRole(AriaRole.Button, new() { Name = "Upgrade to Team" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Subscribe to" })).ToBeVisibleAsync();
        await Expect(page.GetByText("Due today")).ToBeVisibleAsync();
        await visitor.SeesAsync("06-checkout");
    }

    private static async Task PaysAtTheSecondTryAsync(Visitor visitor)
    {
        var page = visitor.Page;
        var checkout = page.Url;
        await visitor.PayAsync("4000 0000 0000 0002");
        await Expect(page.GetByText("Your card was declined.")).ToBeVisibleAsync();
        Assert.Equal(checkout, page.Url);
        await visitor.SeesAsync("07-declined");

        await visitor.PayAsync("4242 4242 4242 4242");
        await Expect(page).ToHaveURLAsync(SuccessPage());
        var provisioning = page.GetByText("Provisioning...");
        var done = page.GetByRole(AriaRole.Heading, new() { Name = "You're on Team" });
        await Expect(provisioning.Or(done)).ToBeVisibleAsync();
        await Expect(done).ToBeVisibleAsync();
        await Expect(page.GetByText("3 seats. Everything in your plan works from now on.")).ToBeVisibleAsync();
        await visitor.SeesAsync("08-on-team");
    }

    private static async Task RunsOnAsync(Visitor visitor)
    {
        var page = visitor.Page;
        await page.GetByRole(AriaRole.Link, new() { Name = "Run a fix" }).ClickAsync();
        var log = page.GetByRole(AriaRole.Log).GetByText("Fix ran.");
        await Expect(log).ToHaveCountAsync(5); // the five of before stand there again
        await visitor.RunAsync("Fix");
        await Expect(log).ToHaveCountAsync(6);
        await Expect(page.Locator("tg-upgrade-prompt[meter=fix]")).ToHaveTextAsync(string.Empty);
        await visitor.SeesAsync("09-sixth-fix-runs");

        await page.GetByRole(AriaRole.Link, new() { Name = "Billing" }).ClickAsync();
        var summary = page.Locator("tg-billing-summary");
        await Expect(summary.GetByRole(AriaRole.Heading, new() { Name = "Team" })).ToBeVisibleAsync();
        await Expect(summary).ToContainTextAsync(SeatsOfTeam());
        await visitor.SeesAsync("10-settings");
    }

    [GeneratedRegex(@"/sign-in\?return=%2F$", RegexOptions.None, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex SignInPage();

    [GeneratedRegex(@"/billing/success\?session_id=cs_test_", RegexOptions.None, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex SuccessPage();

    [GeneratedRegex(@"Seats\s+3\s+·\s+2 in use", RegexOptions.None, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex SeatsOfTeam();
}
