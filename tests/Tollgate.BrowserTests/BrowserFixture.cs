using Microsoft.Playwright;

[assembly: AssemblyFixture(typeof(Tollgate.BrowserTests.BrowserFixture))]

namespace Tollgate.BrowserTests;

/// <summary>One headless Chromium for all browser tests; each test opens a context of its own.</summary>
public sealed class BrowserFixture : IAsyncLifetime
{
    // for what should come at once, on a machine that others use as well
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private IPlaywright? playwright;
    private IBrowser? browser;

    public async ValueTask InitializeAsync()
    {
        var executable = await Chromium.FindOrInstall();
        playwright = await Playwright.CreateAsync();
        Assertions.SetDefaultExpectTimeout((float)Patience.TotalMilliseconds);
        browser = await playwright.Chromium.LaunchAsync(
            new BrowserTypeLaunchOptions
            {
                ExecutablePath = executable,
                Headless = true,
                // containers: no user namespaces, a small /dev/shm, no graphics card
                Args = ["--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu"],
            }
        );
    }

    /// <summary>A page without cookies or history of another test. The caller disposes its context.</summary>
    public async Task<IPage> NewPageAsync(string baseUrl, int width = 1280, int height = 900)
    {
        var context = await Launched.NewContextAsync(
            new BrowserNewContextOptions
            {
                BaseURL = baseUrl,
                ViewportSize = new ViewportSize { Width = width, Height = height },
            }
        );
        context.SetDefaultTimeout((float)Patience.TotalMilliseconds);
        return await context.NewPageAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (browser is not null)
            await browser.DisposeAsync();
        playwright?.Dispose();
    }

    private IBrowser Launched => browser ?? throw new InvalidOperationException("the browser was not launched");
}
