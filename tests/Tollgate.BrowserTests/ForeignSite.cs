using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Playwright;
using Tollgate.Testing;

namespace Tollgate.BrowserTests;

/// <summary>A page of somebody else, on an origin of its own, with what its owner put into it.</summary>
internal sealed partial class ForeignSite : IAsyncDisposable
{
    private readonly WebApplication app;
    private string embedded = "";

    private ForeignSite(WebApplication app, Uri address)
    {
        this.app = app;
        Address = address;
    }

    public Uri Address { get; }

    /// <summary>As browsers write it.</summary>
    public string Origin => Address.GetLeftPart(UriPartial.Authority);

    public static async Task<ForeignSite> StartAsync()
    {
        var address = new Uri($"http://127.0.0.1:{FreePort.Next()}");
        var builder = WebApplication.CreateSlimBuilder(["--urls", address.GetLeftPart(UriPartial.Authority)]);
        builder.Logging.ClearProviders();
        var site = new ForeignSite(builder.Build(), address);
        site.app.MapGet("/", site.Page);
        await site.app.StartAsync(TestContext.Current.CancellationToken);
        return site;
    }

    public void Embed(string snippet) => embedded = snippet;

    /// <summary>Gives the importer on the page a file, and has its rows checked.</summary>
    public static async Task CheckAsync(IPage page, string csv)
    {
        await PickAsync(page, csv);
        await page.GetByRole(AriaRole.Button, new() { Name = "Check the rows" }).ClickAsync();
    }

    /// <summary>Gives the importer on the page a file.</summary>
    public static Task PickAsync(IPage page, string csv) =>
        page.Locator("csv-importer input[type=file]").SetInputFilesAsync(FileOf(csv));

    public static FilePayload FileOf(string csv) =>
        new()
        {
            Name = "people.csv",
            MimeType = "text/csv",
            Buffer = System.Text.Encoding.UTF8.GetBytes(csv),
        };

    public ValueTask DisposeAsync() => app.DisposeAsync();

    // as careful as a site can be: from the importer's origins scripts and answers, and from nowhere anything else
    private IResult Page(HttpContext http)
    {
        var named = Named().Matches(embedded).Select(one => one.Groups["origin"].Value).Distinct();
        var importers = string.Join(' ', named);
        http.Response.Headers.ContentSecurityPolicy =
            $"default-src 'none'; img-src data:; script-src {importers}; connect-src {importers}";
        return Results.Content(Html(), "text/html; charset=utf-8");
    }

    [GeneratedRegex(
        "(src|api)=\"(?<origin>https?://[^/\"]+)",
        RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 10_000
    )]
    private static partial Regex Named();

    private string Html() =>
        $"""
            <!doctype html>
            <html lang="en">
              <head>
                <title>Lighthouse CRM</title>
                <meta name="color-scheme" content="light dark" />
                <link rel="icon" href="data:," />
              </head>
              <body>
                <main>
                  <h1>Lighthouse CRM</h1>
                  {embedded}
                </main>
              </body>
            </html>
            """;
}
