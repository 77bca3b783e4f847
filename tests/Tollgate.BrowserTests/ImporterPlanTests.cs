using Microsoft.Playwright;
using Tollgate.ImportCsvTesting;
using static Microsoft.Playwright.Assertions;

namespace Tollgate.BrowserTests;

/// <summary>A user of ImportCSV changes the plan, cancels it and goes on, on Stripe's portal.</summary>
public sealed class ImporterPlanTests(BrowserFixture browser)
{
    [Fact]
    public async Task A_plan_is_changed_up_and_down_cancelled_and_kept_from_the_billing_page()
    {
        await using var host = await ImportCsvHost.StartAsync();
        using (var client = await host.SignInAsync())
        {
            await host.BuyAsync(client, "pro");
        }

        await using var owner = await Visitor.ComesAsync(browser, host.Address);
        await owner.SignInAsync("/settings/billing", ImportCsvHost.Owner);
        await ChangesAsync(owner, "Upgrade to Business");
        await Expect(Plan(owner)).ToContainTextAsync("unlimited");
        await owner.SeesAsync("importcsv-30-on-business");
        await ChangesAsync(owner, "Change to Pro");
        await Expect(Plan(owner)).ToContainTextAsync("0 of 2,000 imports this month");
        await CancelsAsync(owner);
        await GoesOnAsync(owner);

        Assert.Empty(owner.Refusals);
        owner.NothingWentWrong();
    }

    private static ILocator Plan(Visitor owner) =>
        owner.Page.GetByRole(AriaRole.Region, new() { Name = "Current plan" });

    // the portal leads back, and the page follows without being loaded anew
    private static async Task ChangesAsync(Visitor owner, string words)
    {
        var page = owner.Page;
        await page.GetByRole(AriaRole.Button, new() { Name = words }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Confirm your update" })).ToBeVisibleAsync();
        await owner.SeesAsync($"importcsv-31-{words.Replace(' ', '-')}");
        await page.GetByRole(AriaRole.Button, new() { Name = "Confirm", Exact = true }).ClickAsync();
        await Expect(Plan(owner)).ToContainTextAsync(words.Split(' ')[^1]);
    }

    private static async Task CancelsAsync(Visitor owner)
    {
        var page = owner.Page;
        await page.GetByRole(AriaRole.Button, new() { Name = "Manage billing" }).ClickAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "Cancel plan" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Cancel plan" }).ClickAsync();
        await Expect(page.GetByText("Ends on")).ToBeVisibleAsync();
        await ReturnAsync(page);
        await Expect(Plan(owner)).ToContainTextAsync("Canceled. Pro goes on until");
        await owner.SeesAsync("importcsv-32-canceled");
    }

    private static async Task GoesOnAsync(Visitor owner)
    {
        var page = owner.Page;
        await page.GetByRole(AriaRole.Button, new() { Name = "Manage billing" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Don't cancel plan" }).ClickAsync();
        await Expect(page.GetByText("Renews on")).ToBeVisibleAsync();
        await ReturnAsync(page);
        await Expect(Plan(owner)).ToContainTextAsync("Renews on");
    }

    private static Task ReturnAsync(IPage page) =>
        page.GetByRole(AriaRole.Link, new() { Name = "Return to the seller" }).ClickAsync();
}
