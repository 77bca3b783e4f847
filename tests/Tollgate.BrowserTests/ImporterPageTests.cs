using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Playwright;
using Tollgate.ImportCsvTesting;
using static Microsoft.Playwright.Assertions;
using static Tollgate.BrowserTests.EmbeddedImporter;

namespace Tollgate.BrowserTests;

/// <summary>The importer on somebody's page: without a mouse, in its owner's colours, with foreign dates.</summary>
public sealed class ImporterPageTests(BrowserFixture browser)
{
    private const string Black = "rgb(1, 2, 3)";

    private static readonly object[] Columns =
    [
        new
        {
            key = "email",
            label = "E-mail",
            type = "email",
            required = true,
        },
        new
        {
            key = "born",
            label = "Date of birth",
            type = "date",
        },
        new
        {
            key = "paid",
            label = "Paid",
            type = "number",
        },
    ];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Dates_and_numbers_as_people_write_them_arrive_as_ISO_and_with_a_point()
    {
        await using var host = await ImportCsvHost.StartAsync();
        await using var importer = await EmbeddedImporter.StartAsync(host, Columns);
        await using var contact = await Visitor.ComesAsync(browser, importer.Page);
        var page = contact.Page;
        const string Csv = "E-mail;Date of birth;Paid\na@x.de;03/04/2026;1.500\nb@x.de;5/12/1815 9:05 PM;2\n";
        await page.GotoAsync(importer.Page.AbsoluteUri);
        await ForeignSite.PickAsync(page, Csv);

        await page.GetByRole(AriaRole.Group, new() { Name = "03/04/2026 means" })
            .GetByRole(AriaRole.Radio)
            .Nth(0)
            .CheckAsync();
        await page.GetByRole(AriaRole.Radio, new() { Name = "1,500 (thousands)" }).CheckAsync();
        await contact.SeesAsync("importcsv-22-in-doubt");
        await PressAsync(page, "Check the rows");
        await PressAsync(page, "Import 2 rows");
        await SeesHeadingAsync(page, "2 rows imported");

        Assert.Equal(
            "email,born,paid\r\na@x.de,2026-04-03,1500\r\nb@x.de,1815-12-05T21:05,2\r\n",
            await importer.ResultAsync(Assert.Single(await importer.ImportsAsync()))
        );
        Assert.Empty(contact.Refusals);
        contact.NothingWentWrong();
    }

    [Fact]
    public async Task The_keyboard_alone_leads_from_the_file_to_the_import()
    {
        await using var host = await ImportCsvHost.StartAsync();
        await using var importer = await EmbeddedImporter.StartAsync(host, Columns);
        await using var contact = await Visitor.ComesAsync(browser, importer.Page);
        var page = contact.Page;
        // the browser is asked to hand its dialog over long before there is one
        var dialog = new TaskCompletionSource<IFileChooser>();
        page.FileChooser += (_, opened) => dialog.TrySetResult(opened);
        await page.GotoAsync(importer.Page.AbsoluteUri);
        await SeesHeadingAsync(page, "Import to People");

        await TabToAsync(page, page.Locator("csv-importer input[type=file]"));
        await page.Keyboard.PressAsync("Space");
        var chooser = await dialog.Task.WaitAsync(Token);
        await chooser.SetFilesAsync(ForeignSite.FileOf("E-mail,Paid\nada@example.com,1\ngrace at example.com,2\n"));
        await FocusIsOnAsync(page, "Match the columns");
        await TabToAsync(page, page.GetByRole(AriaRole.Button, new() { Name = "Check the rows" }));
        await page.Keyboard.PressAsync("Enter");
        await FocusIsOnAsync(page, "1 of 2 rows needs a look");
        await TabToAsync(page, page.GetByRole(AriaRole.Textbox, new() { Name = "E-mail, line 3" }));
        await page.Keyboard.PressAsync("Control+A");
        await page.Keyboard.TypeAsync("grace@example.com");
        await TabToAsync(page, page.Locator(".actions .button").Last);
        await Expect(page.Locator(".actions .button").Last).ToHaveTextAsync("Import 2 rows");
        await page.Keyboard.PressAsync("Enter");
        await FocusIsOnAsync(page, "2 rows imported");
        contact.NothingWentWrong();
    }

    [Fact]
    public async Task Custom_CSS_is_worn_on_a_paid_plan_only_and_a_hostile_one_is_refused()
    {
        await using var host = await ImportCsvHost.StartAsync();
        await using var importer = await EmbeddedImporter.StartAsync(host, Columns);
        await using var owner = await Visitor.ComesAsync(browser, host.Address);
        await using var contact = await Visitor.ComesAsync(browser, importer.Page);
        var button = contact.Page.Locator("csv-importer .button");
        await owner.SignInAsync($"/importer?key={importer.Key}", ImportCsvHost.Owner);
        await Expect(owner.Page.Locator("#snippet")).ToContainTextAsync(importer.Key);
        await owner.Page.GetByLabel("Custom CSS").FillAsync($".button {{ background: {Black} }}");
        await PressAsync(owner.Page, "Save");
        await Expect(owner.Page.GetByRole(AriaRole.Status)).ToHaveTextAsync("Saved.");

        await contact.Page.GotoAsync("/");
        await Expect(button).ToBeVisibleAsync();
        await Expect(button).Not.ToHaveCSSAsync("background-color", Black);
        await host.BuyAsync(importer.Owner, "pro");
        await contact.Page.ReloadAsync();
        await Expect(button).ToHaveCSSAsync("background-color", Black);

        await owner.Page.GetByLabel("Custom CSS").FillAsync("[value^='a'] { background: url(https://evil.example/a) }");
        await PressAsync(owner.Page, "Save");
        await Expect(owner.Page.GetByRole(AriaRole.Alert)).ToBeVisibleAsync();
        await owner.SeesAsync("importcsv-23-hostile-css");
        var kept = await importer.Owner.GetFromJsonAsync<JsonElement>($"/api/v1/importers/{importer.Key}", Token);
        Assert.Equal($".button {{ background: {Black}; }}\n", kept.GetProperty("custom_css").GetString());
        await contact.Page.ReloadAsync();
        await Expect(button).ToHaveCSSAsync("background-color", Black);
        Assert.Equal([$"400 PUT /api/v1/importers/{importer.Key}"], owner.Refusals);
        contact.NothingWentWrong();
    }

    [Fact]
    public async Task A_form_takes_nothing_before_it_shows_what_was_kept()
    {
        await using var host = await ImportCsvHost.StartAsync();
        await using var owner = await Visitor.ComesAsync(browser, host.Address);
        await owner.SignInAsync("/", ImportCsvHost.Owner);
        var gate = new TaskCompletionSource();
        await owner.Page.RouteAsync(
            $"**/api/v1/importers/{ImportCsvHost.DemoKey}",
            async route =>
            {
                await gate.Task;
                await route.ContinueAsync();
            }
        );
        await owner.Page.GotoAsync($"/importer?key={ImportCsvHost.DemoKey}");

        var form = owner.Page.Locator("#form");
        await Expect(form).ToHaveJSPropertyAsync("inert", true);
        gate.SetResult();
        await Expect(form).ToHaveJSPropertyAsync("inert", false);
        await Expect(owner.Page.GetByLabel("Name", new() { Exact = true })).ToHaveValueAsync("Contacts");
        owner.NothingWentWrong();
    }

    private static Task FocusIsOnAsync(IPage page, string heading) =>
        Expect(page.GetByRole(AriaRole.Heading, new() { Name = heading })).ToBeFocusedAsync();

    /// <summary>Goes on from where the focus is; there are fewer than thirty places before it.</summary>
    private static async Task TabToAsync(IPage page, ILocator wanted)
    {
        for (var presses = 0; presses < 30; presses++)
        {
            await page.Keyboard.PressAsync("Tab");
            if (await wanted.EvaluateAsync<bool>("one => one.getRootNode().activeElement === one"))
            {
                return;
            }
        }

        Assert.Fail($"the focus never came to {wanted}");
    }
}
