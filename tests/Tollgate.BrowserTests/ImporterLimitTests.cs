using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Tollgate.ImportCsvTesting;
using static Microsoft.Playwright.Assertions;

namespace Tollgate.BrowserTests;

/// <summary>The free plan's imports are used up on somebody's page, and its owner pays for more.</summary>
public sealed partial class ImporterLimitTests(BrowserFixture browser)
{
    private const string Csv = "email,name\nada@example.com,Ada\n";
    private const string Badge = "Powered by ImportCSV";

    [Fact]
    public async Task An_importer_at_the_limit_leads_its_owner_to_Pro_and_takes_files_again_without_the_badge()
    {
        await using var host = await ImportCsvHost.StartAsync();
        await using var site = await ForeignSite.StartAsync();
        await using var owner = await Visitor.ComesAsync(browser, host.Address);
        await ListsTheSiteAsync(owner, site);
        await UsesAllButOneAsync(host);

        await MeetsTheLimitAsync(owner, site, host);
        await PaysForProAsync(owner);
        await ImportsOnAsync(owner, site);
        await SwitchesTheBadgeOffAsync(owner, site);

        Assert.Equal(["402 POST /api/v1/imports/"], owner.Refusals);
        owner.NothingWentWrong();
    }

    private static async Task ListsTheSiteAsync(Visitor owner, ForeignSite site)
    {
        var page = owner.Page;
        await owner.SignInAsync($"/importer?key={ImportCsvHost.DemoKey}", ImportCsvHost.Owner);
        await Expect(page.Locator("#snippet")).ToContainTextAsync(ImportCsvHost.DemoKey);
        site.Embed(await page.Locator("#snippet").InnerTextAsync());
        await page.GetByLabel("Origins of your pages, one a line").FillAsync(site.Origin);
        await SavesAsync(page);
    }

    // what 99 imports would have left
    private static async Task UsesAllButOneAsync(ImportCsvHost host)
    {
        Assert.True((await host.ImportAsync(Csv)).IsSuccessStatusCode);
        await host.RunAsync("UPDATE billing.meters SET used = 99");
    }

    private static async Task MeetsTheLimitAsync(Visitor owner, ForeignSite site, ImportCsvHost host)
    {
        var page = owner.Page;
        await page.GotoAsync(site.Address.AbsoluteUri);
        await ForeignSite.CheckAsync(page, Csv);
        var import = page.GetByRole(AriaRole.Button, new() { Name = "Import 1 row" });
        await Expect(import).ToBeVisibleAsync();
        Assert.True((await host.ImportAsync(Csv)).IsSuccessStatusCode); // somebody else has the last one
        await import.ClickAsync();
        var note = page.GetByRole(AriaRole.Alert);
        await Expect(note).ToContainTextAsync("All 100 imports of this month are used.");
        await owner.SeesAsync("importcsv-10-refused");

        await page.ReloadAsync();
        await Expect(note).ToContainTextAsync("All 100 imports of this month are used.");
        var plans = note.GetByRole(AriaRole.Link, new() { Name = "See plans with more room" });
        await Expect(plans).ToHaveAttributeAsync("href", new Uri(host.Address, "/settings/billing").AbsoluteUri);
        await owner.SeesAsync("importcsv-11-limit-reached");
        await page.GotoAsync((await plans.GetAttributeAsync("href"))!);
    }

    private static async Task PaysForProAsync(Visitor owner)
    {
        var page = owner.Page;
        await Expect(page.GetByText("100 of 100 imports this month")).ToBeVisibleAsync();
        await owner.SeesAsync("importcsv-12-billing-at-the-limit");
        await page.GetByRole(AriaRole.Button, new() { Name = "Upgrade to Pro" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Subscribe to" })).ToBeVisibleAsync();
        await owner.PayAsync("4242 4242 4242 4242");
        await Expect(page).ToHaveURLAsync(SuccessPage());
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "You’re on Pro" })).ToBeVisibleAsync();
        await owner.SeesAsync("importcsv-13-on-pro");
    }

    private static async Task ImportsOnAsync(Visitor owner, ForeignSite site)
    {
        var page = owner.Page;
        await page.GotoAsync(site.Address.AbsoluteUri);
        await Expect(page.GetByText(Badge)).ToBeVisibleAsync();
        await ForeignSite.CheckAsync(page, Csv);
        await page.GetByRole(AriaRole.Button, new() { Name = "Import 1 row" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "1 row imported" })).ToBeVisibleAsync();
    }

    private static async Task SwitchesTheBadgeOffAsync(Visitor owner, ForeignSite site)
    {
        var page = owner.Page;
        await page.GotoAsync("/");
        await page.GetByRole(AriaRole.Link, new() { Name = "Edit and embed" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Contacts" })).ToBeVisibleAsync();
        await page.GetByLabel($"Show \"{Badge}\"").UncheckAsync();
        await SavesAsync(page);
        await page.GotoAsync(site.Address.AbsoluteUri);
        await Expect(page.GetByText("Choose file")).ToBeVisibleAsync();
        await Expect(page.GetByText(Badge)).ToHaveCountAsync(0);
        await owner.SeesAsync("importcsv-14-without-badge");
    }

    private static async Task SavesAsync(IPage page)
    {
        await page.GetByRole(AriaRole.Button, new() { Name = "Save" }).ClickAsync();
        await Expect(page.GetByText("Saved.")).ToBeVisibleAsync();
    }

    [GeneratedRegex(@"/billing/success\?session_id=cs_test_", RegexOptions.None, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex SuccessPage();
}
