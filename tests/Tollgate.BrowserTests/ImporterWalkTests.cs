using Microsoft.Playwright;
using Tollgate.ImportCsvTesting;
using static Microsoft.Playwright.Assertions;

namespace Tollgate.BrowserTests;

/// <summary>ImportCSV as its users and their users meet it: one makes an importer, the others bring files.</summary>
public sealed class ImporterWalkTests(BrowserFixture browser)
{
    private const string Newcomer = "new@example.com";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_newcomer_embeds_an_importer_and_downloads_what_came_in_corrected()
    {
        await using var host = await ImportCsvHost.StartAsync();
        await using var site = await ForeignSite.StartAsync();
        await using var owner = await Visitor.ComesAsync(browser, host.Address);
        await SignsUpAsync(owner);
        await ConfirmsAsync(owner, host);
        site.Embed(await MakesAnImporterAsync(owner, site.Origin));

        await using var contact = await Visitor.ComesAsync(browser, site.Address);
        await ImportsAsync(contact);
        await DownloadsAsync(owner);

        Assert.Empty(owner.Refusals);
        Assert.Empty(contact.Refusals);
        owner.NothingWentWrong();
        contact.NothingWentWrong();
    }

    [Fact]
    public async Task A_page_of_an_origin_that_is_not_listed_is_refused_until_it_is()
    {
        await using var host = await ImportCsvHost.StartAsync();
        await using var site = await ForeignSite.StartAsync();
        await using var owner = await Visitor.ComesAsync(browser, host.Address);
        await owner.SignInAsync($"/importer?key={ImportCsvHost.DemoKey}", ImportCsvHost.Owner);
        site.Embed(await SnippetAsync(owner.Page));
        await using var contact = await Visitor.ComesAsync(browser, site.Address);

        await contact.Page.GotoAsync("/");
        var importer = contact.Page.Locator("csv-importer");
        await Expect(importer.GetByRole(AriaRole.Alert))
            .ToHaveTextAsync("The importer is not set up for this site. Tell whoever runs it.");
        await contact.SeesAsync("importcsv-foreign-origin");

        await owner.Page.GetByLabel("Origins of your pages, one a line").FillAsync(site.Origin);
        await owner.Page.GetByRole(AriaRole.Button, new() { Name = "Save" }).ClickAsync();
        await Expect(owner.Page.GetByRole(AriaRole.Status)).ToHaveTextAsync("Saved.");
        await contact.Page.ReloadAsync();
        await Expect(importer.GetByRole(AriaRole.Heading, new() { Name = "Import to Contacts" })).ToBeVisibleAsync();
        Assert.Equal([$"403 GET /api/v1/importers/{ImportCsvHost.DemoKey}/config"], contact.Refusals);
        contact.NothingWentWrong();
    }

    private static async Task SignsUpAsync(Visitor owner)
    {
        var page = owner.Page;
        await page.GotoAsync("/");
        await page.GetByRole(AriaRole.Link, new() { Name = "Sign up" }).ClickAsync();
        await owner.SeesAsync("importcsv-01-sign-up");
        await owner.TypeSignInAsync(Newcomer);
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Check your mail" })).ToBeVisibleAsync();
        await owner.SeesAsync("importcsv-02-sent");
    }

    private static async Task ConfirmsAsync(Visitor owner, ImportCsvHost host)
    {
        var page = owner.Page;
        await host.MailAsync("Confirm your e-mail");
        await page.GotoAsync("/dev/mailbox");
        await page.GetByRole(AriaRole.Link, new() { Name = "Confirm your e-mail for ImportCSV" }).ClickAsync();
        var link = page.FrameLocator("iframe").GetByRole(AriaRole.Link, new() { Name = "Confirm my e-mail" });
        var confirmation = await page.RunAndWaitForPopupAsync(() => link.ClickAsync());
        await confirmation.GetByLabel("Your password").FillAsync(ImportCsvHost.Password);
        await confirmation.GetByRole(AriaRole.Button, new() { Name = "Confirm and sign in" }).ClickAsync();
        await Expect(confirmation.GetByText("No importers yet. Make the first one.")).ToBeVisibleAsync();
        await confirmation.CloseAsync();
        await host.MailAsync("Welcome to ImportCSV");
        await page.GotoAsync("/");
        await Expect(page.GetByText("No importers yet. Make the first one.")).ToBeVisibleAsync();
        await owner.SeesAsync("importcsv-03-no-importers");
    }

    private static async Task<string> MakesAnImporterAsync(Visitor owner, string origin)
    {
        var page = owner.Page;
        await page.GetByRole(AriaRole.Link, new() { Name = "New importer" }).ClickAsync();
        await page.GetByLabel("Name", new() { Exact = true }).FillAsync("Contacts");
        await page.GetByLabel("Origins of your pages, one a line").FillAsync(origin);
        await page.GetByRole(AriaRole.Button, new() { Name = "Save" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Contacts" })).ToBeVisibleAsync();
        var snippet = await SnippetAsync(page);
        await owner.SeesAsync("importcsv-04-importer");
        return snippet;
    }

    private static async Task ImportsAsync(Visitor contact)
    {
        var page = contact.Page;
        await page.GotoAsync("/");
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Import to Contacts" })).ToBeVisibleAsync();
        await contact.SeesAsync("importcsv-05-embedded");
        await ForeignSite.CheckAsync(page, "E-mail,Name\nada@example.com,Ada\ngrace at example.com,Grace\n");
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "1 of 2 rows needs a look" })).ToBeVisibleAsync();
        await contact.SeesAsync("importcsv-06-faulty-row");

        var wrong = page.GetByRole(AriaRole.Textbox, new() { Name = "E-mail, line 3" });
        await wrong.FillAsync("grace@example.com");
        await wrong.PressAsync("Tab");
        await page.GetByRole(AriaRole.Button, new() { Name = "Import 2 rows" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "2 rows imported" })).ToBeVisibleAsync();
        await contact.SeesAsync("importcsv-07-imported");
    }

    private static async Task DownloadsAsync(Visitor owner)
    {
        var page = owner.Page;
        await page.GetByRole(AriaRole.Link, new() { Name = "Imports" }).ClickAsync();
        var row = page.GetByRole(AriaRole.Row).Filter(new() { HasText = "people.csv" });
        await Expect(row).ToContainTextAsync("completed");
        await owner.SeesAsync("importcsv-08-imports");
        var download = await page.RunAndWaitForDownloadAsync(() =>
            row.GetByRole(AriaRole.Link, new() { Name = "Download" }).ClickAsync()
        );
        Assert.Equal(
            "email,name\r\nada@example.com,Ada\r\ngrace@example.com,Grace\r\n",
            await File.ReadAllTextAsync(await download.PathAsync(), Token)
        );
    }

    private static async Task<string> SnippetAsync(IPage page)
    {
        var snippet = page.Locator("#snippet");
        await Expect(snippet).ToContainTextAsync("csv-importer");
        return await snippet.InnerTextAsync();
    }
}
