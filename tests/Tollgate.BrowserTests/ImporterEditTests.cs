using Microsoft.Playwright;
using Tollgate.ImportCsvTesting;
using static Microsoft.Playwright.Assertions;

namespace Tollgate.BrowserTests;

/// <summary>The owner of an importer says what its columns must be like, and tries it on the same page.</summary>
public sealed class ImporterEditTests(BrowserFixture browser)
{
    [Fact]
    public async Task The_rules_of_a_column_are_written_kept_and_tried_at_once()
    {
        await using var host = await ImportCsvHost.StartAsync();
        await using var owner = await Visitor.ComesAsync(browser, host.Address);
        var page = owner.Page;
        await owner.SignInAsync("/importer", ImportCsvHost.Owner);
        await page.GetByLabel("Name", new() { Exact = true }).FillAsync("Orders");
        await AddsACodeAsync(page);
        await owner.SeesAsync("importcsv-40-rules");
        await page.GetByRole(AriaRole.Button, new() { Name = "Save" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Orders" })).ToBeVisibleAsync();
        await Expect(page.GetByLabel("Key").Nth(2)).ToHaveValueAsync("order_code");
        await Expect(page.GetByText("Rules · at most 9 characters · like [A-Z]{2}-[0-9]+")).ToBeVisibleAsync();

        await page.GetByText("Try it here").ClickAsync();
        await ForeignSite.CheckAsync(page, "E-mail,Order code\nada@example.com,AB-1\ngrace@example.com,oops\n");
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "1 of 2 rows needs a look" })).ToBeVisibleAsync();
        await owner.SeesAsync("importcsv-41-tried");
        Assert.Empty(owner.Refusals);
        owner.NothingWentWrong();
    }

    [Fact]
    public async Task A_rule_that_cannot_be_is_refused_with_a_sentence_and_what_was_typed_stays()
    {
        await using var host = await ImportCsvHost.StartAsync();
        await using var owner = await Visitor.ComesAsync(browser, host.Address, width: 320);
        var page = owner.Page;
        await owner.SignInAsync("/importer", ImportCsvHost.Owner);
        await page.GetByLabel("Name", new() { Exact = true }).FillAsync("Orders");
        await AddsACodeAsync(page);
        await page.GetByLabel("Pattern").Nth(2).FillAsync("[");
        await page.GetByRole(AriaRole.Button, new() { Name = "Save" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Alert))
            .ToHaveTextAsync("The pattern of column order_code is no plain regular expression, or counts too far.");
        await Expect(page.GetByLabel("At most").Nth(2)).ToHaveValueAsync("9");
        await owner.SeesAsync("importcsv-42-rule-refused");
        Assert.Equal(["400 POST /api/v1/importers"], owner.Refusals);
        owner.NothingWentWrong();
    }

    private static async Task AddsACodeAsync(IPage page)
    {
        await page.GetByRole(AriaRole.Button, new() { Name = "Add a column" }).ClickAsync();
        await page.Keyboard.TypeAsync("Order code"); // the new column's label has the focus, and names the key
        await page.GetByText("Rules").Last.ClickAsync();
        await page.GetByLabel("At most").Nth(2).FillAsync("9");
        await page.GetByLabel("Pattern").Nth(2).FillAsync("[A-Z]{2}-[0-9]+");
    }
}
