using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Playwright;
using Tollgate.ImportCsvTesting;
using static Microsoft.Playwright.Assertions;

namespace Tollgate.BrowserTests;

/// <summary>An importer of the demo owner, on a page of another origin that it allows.</summary>
internal sealed class EmbeddedImporter : IAsyncDisposable
{
    private readonly ImportCsvHost host;
    private readonly ForeignSite site;

    private EmbeddedImporter(ImportCsvHost host, ForeignSite site, HttpClient owner)
    {
        this.host = host;
        this.site = site;
        Owner = owner;
    }

    public HttpClient Owner { get; }

    public Uri Page => site.Address;

    public string Key { get; private set; } = "";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <param name="columns">As a form of the API has them.</param>
    /// <param name="api">Where the page reaches the host, if not at its own address.</param>
    public static async Task<EmbeddedImporter> StartAsync(ImportCsvHost host, object[] columns, Uri? api = null)
    {
        var page = await ForeignSite.StartAsync();
        var embedded = new EmbeddedImporter(host, page, await host.SignInAsync());
        string[] origins = [page.Origin];
        var form = new
        {
            name = "People",
            columns,
            allowed_origins = origins,
        };
        var made = await embedded.Owner.PostAsJsonAsync("/api/v1/importers", form, Token);
        embedded.Key = (await ImportCsvHost.Json(made)).GetProperty("key").GetString()!;
        page.Embed(
            $"""
            <script type="module" src="{host.Address}importer.js"></script>
            <csv-importer importer-key="{embedded.Key}" api="{api ?? host.Address}"></csv-importer>
            """
        );
        return embedded;
    }

    /// <summary>Opens the page, picks a file there and has its rows checked.</summary>
    public async Task CheckAsync(IPage page, string csv)
    {
        await page.GotoAsync(Page.AbsoluteUri);
        await ForeignSite.CheckAsync(page, csv);
    }

    /// <summary>The imports of the owner, as the API lists them.</summary>
    public async Task<JsonElement[]> ImportsAsync()
    {
        var list = await Owner.GetFromJsonAsync<JsonElement>("/api/v1/imports", Token);
        return [.. list.GetProperty("imports").EnumerateArray()];
    }

    /// <summary>How many imports the owner has used this month.</summary>
    public async Task<long> UsedAsync() =>
        await host.QueryAsync<long>("SELECT coalesce(sum(imports), 0) FROM public.usage_records");

    public Task<string> ResultAsync(JsonElement import) =>
        Owner.GetStringAsync(import.GetProperty("result_url").GetString(), Token);

    public static Task SeesHeadingAsync(IPage page, string words) =>
        Expect(page.GetByRole(AriaRole.Heading, new() { Name = words })).ToBeVisibleAsync();

    public static Task PressAsync(IPage page, string name) =>
        page.GetByRole(AriaRole.Button, new() { Name = name, Exact = true }).ClickAsync();

    public ValueTask DisposeAsync()
    {
        Owner.Dispose();
        return site.DisposeAsync();
    }
}
