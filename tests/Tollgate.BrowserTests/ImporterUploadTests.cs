using System.Globalization;
using System.Text.Json;
using Microsoft.Playwright;
using Tollgate.ImportCsvTesting;
using Tollgate.Testing;
using static Microsoft.Playwright.Assertions;
using static Tollgate.BrowserTests.EmbeddedImporter;

namespace Tollgate.BrowserTests;

/// <summary>What may happen between a page and the host while a file goes up.</summary>
public sealed class ImporterUploadTests(BrowserFixture browser)
{
    private static readonly object[] Columns =
    [
        new
        {
            key = "name",
            label = "Name",
            required = true,
        },
        new { key = "note", label = "Note" },
    ];

    /// <summary>Counts the frames that the page draws, and which progress of each task it got meanwhile.</summary>
    private const string Watch = """
        () => {
          const watched = (window.watched = {});
          let frames = 0;
          const count = () => {
            frames++;
            requestAnimationFrame(count);
          };
          requestAnimationFrame(count);
          document.addEventListener('csv-progress', ({ detail: { task, done, total } }) => {
            const seen = (watched[task] ??= { from: frames, done: 0, steps: 0, backward: false });
            seen.backward ||= done < seen.done;
            seen.steps++;
            Object.assign(seen, { done, total, drawn: frames - seen.from });
          });
        }
        """;

    [Fact]
    public async Task A_connection_that_is_cut_in_the_middle_is_tried_again_and_is_one_import()
    {
        await using var host = await ImportCsvHost.StartAsync();
        await using var proxy = CuttableProxy.To(host.Address.Port);
        var address = new Uri($"http://127.0.0.1:{proxy.Port}");
        await using var importer = await EmbeddedImporter.StartAsync(host, Columns, address);
        await using var contact = await Visitor.ComesAsync(browser, importer.Page);
        var page = contact.Page;
        await importer.CheckAsync(page, RowsOf(3_000, 300));
        await SeesHeadingAsync(page, "All 3,000 rows are fine");

        var isCutOff = proxy.BlockAfter(400_000);
        await PressAsync(page, "Import 3,000 rows");
        await isCutOff;
        await SeesHeadingAsync(page, "Importing people.csv");
        await KnowsAsync(host, 1);
        await proxy.CutAsync();
        await Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("We couldn't reach the server.");
        await Expect(page.GetByText("Trying again imports nothing twice.")).ToBeVisibleAsync();
        await contact.SeesAsync("importcsv-20-cut-off");
        proxy.Unblock();
        await KnowsAsync(host, 0);
        Assert.Equal(0, await importer.UsedAsync());

        proxy.Repair();
        await PressAsync(page, "Try again");
        await SeesHeadingAsync(page, "3,000 rows imported");
        Assert.Equal(3_000, Assert.Single(await importer.ImportsAsync()).GetProperty("rows").GetInt32());
        Assert.Equal(1, await importer.UsedAsync());
    }

    [Fact]
    public async Task A_plan_that_ended_meanwhile_refuses_in_the_middle_with_the_way_to_a_bigger_one()
    {
        await using var host = await ImportCsvHost.StartAsync();
        await using var importer = await EmbeddedImporter.StartAsync(host, Columns);
        await host.BuyAsync(importer.Owner, "pro");
        await using var contact = await Visitor.ComesAsync(browser, importer.Page);
        var page = contact.Page;
        await importer.CheckAsync(page, RowsOf(10_500, 100));
        await SeesHeadingAsync(page, "All 10,500 rows are fine");
        await host.Stripe.DeleteAsync($"/v1/subscriptions/{await host.UserAsync<string>("subscription_id")}");
        await host.BecomesAsync("pro", "canceled");
        await host.Sandbox.AdvanceAsync(TimeSpan.FromDays(32), TestContext.Current.CancellationToken);
        await host.BecomesAsync("free", "canceled");

        await PressAsync(page, "Import 10,500 rows");

        var note = page.GetByRole(AriaRole.Alert);
        await Expect(note).ToContainTextAsync("An import may have 10,000 rows.");
        var plans = note.GetByRole(AriaRole.Link, new() { Name = "See plans with more room" });
        await Expect(plans).ToHaveAttributeAsync("href", new Uri(host.Address, "/settings/billing").AbsoluteUri);
        await Expect(page.GetByText("Nothing was imported, and your file is untouched.")).ToBeVisibleAsync();
        await contact.SeesAsync("importcsv-21-row-limit");
        Assert.Empty(await importer.ImportsAsync());
        Assert.Equal(0, await importer.UsedAsync());
        Assert.Equal(["402 POST /api/v1/imports/"], contact.Refusals);
        contact.NothingWentWrong();
    }

    [Fact]
    public async Task A_page_draws_on_while_it_checks_and_sends_a_hundred_thousand_rows()
    {
        await using var host = await ImportCsvHost.StartAsync();
        await using var importer = await EmbeddedImporter.StartAsync(host, Columns);
        await host.BuyAsync(importer.Owner, "pro");
        await using var contact = await Visitor.ComesAsync(browser, importer.Page);
        var page = contact.Page;
        await page.GotoAsync(importer.Page.AbsoluteUri);
        await page.EvaluateAsync(Watch);

        await ForeignSite.CheckAsync(page, RowsOf(100_000, 100));
        await SeesHeadingAsync(page, "All 100,000 rows are fine");
        await PressAsync(page, "Import 100,000 rows");
        await SeesHeadingAsync(page, "100,000 rows imported");

        var watched = await page.EvaluateAsync<JsonElement>("() => window.watched");
        foreach (var task in new[] { "reading", "checking", "writing", "sending" })
        {
            var seen = watched.GetProperty(task);
            Assert.Equal(seen.GetProperty("total").GetInt64(), seen.GetProperty("done").GetInt64());
            Assert.False(seen.GetProperty("backward").GetBoolean(), task);
        }

        foreach (var task in new[] { "reading", "checking", "writing" })
        {
            var seen = watched.GetProperty(task);
            Assert.True(seen.GetProperty("steps").GetInt32() > 50, $"{task}: {seen}");
            Assert.True(seen.GetProperty("drawn").GetInt32() > 0, $"{task}: {seen}");
        }

        Assert.Equal(100_000, Assert.Single(await importer.ImportsAsync()).GetProperty("rows").GetInt32());
        contact.NothingWentWrong();
    }

    /// <summary>Until the host knows of so many imports, those that still come in among them.</summary>
    private static Task KnowsAsync(ImportCsvHost host, long count) =>
        Eventually.Async(
            async () => await host.QueryAsync<long>("SELECT count(*) FROM importcsv.imports") == count,
            what: $"the host to know of {count} imports"
        );

    private static string RowsOf(int count, int characters)
    {
        var note = new string('x', characters);
        var rows = Enumerable
            .Range(1, count)
            .Select(row => $"Person {row.ToString(CultureInfo.InvariantCulture)},{note}");
        return $"Name,Note\n{string.Join('\n', rows)}\n";
    }
}
