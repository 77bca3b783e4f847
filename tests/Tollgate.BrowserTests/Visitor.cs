using System.Collections.Concurrent;
using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;
using Tollgate.HydraTesting;
using static Microsoft.Playwright.Assertions;

namespace Tollgate.BrowserTests;

/// <summary>
/// A person at a browser of their own. What they see is kept as pictures and judged by axe, light and dark; what goes
/// wrong meanwhile is remembered.
/// </summary>
internal sealed class Visitor : IAsyncDisposable
{
    // Chromium says of every refused request that it "failed to load"; the request itself is remembered instead
    private const string RefusedRequest = "Failed to load resource: the server responded with a status of";

    private const string ReportViolations = """
        document.addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI }) =>
          console.error(`content security policy: ${violatedDirective} ${blockedURI}`));
        """;

    private readonly ConcurrentQueue<string> complaints = new();
    private readonly ConcurrentQueue<string> refusals = new();

    private Visitor(IPage page)
    {
        Page = page;
        page.Console += (_, message) =>
        {
            if (
                message.Type is "error" or "warning"
                && !message.Text.StartsWith(RefusedRequest, StringComparison.Ordinal)
            )
                complaints.Enqueue($"{new Uri(page.Url).AbsolutePath}: {message.Text}");
        };
        page.PageError += (_, error) => complaints.Enqueue($"{new Uri(page.Url).AbsolutePath}: {error}");
        page.Response += (_, answer) =>
        {
            if (answer.Status >= 400)
                refusals.Enqueue($"{answer.Status} {answer.Request.Method} {PathOf(answer.Url)}");
        };
    }

    public IPage Page { get; }

    /// <summary>Requests that were answered with an error, such as <c>402 POST /api/workflows/fix/runs</c>.</summary>
    public IReadOnlyCollection<string> Refusals => refusals;

    public static async Task<Visitor> ComesAsync(BrowserFixture browser, Uri address, int width = 1280)
    {
        var page = await browser.NewPageAsync(address.GetLeftPart(UriPartial.Authority), width);
        await page.AddInitScriptAsync(ReportViolations);
        // what moves would be pictured and measured half way
        await page.EmulateMediaAsync(new PageEmulateMediaOptions { ReducedMotion = ReducedMotion.Reduce });
        return new Visitor(page);
    }

    /// <summary>Types e-mail and password where the sign-in page stands already.</summary>
    public async Task TypeSignInAsync(string email)
    {
        await Page.GetByLabel("E-mail").PressSequentiallyAsync(email);
        await Page.GetByLabel("Password").PressSequentiallyAsync(HydraHost.Password);
        await Page.Keyboard.PressAsync("Enter");
    }

    /// <summary>Asks for a page while signed out, signs in, and is on that page.</summary>
    public async Task SignInAsync(string path = "/", string email = "owner@acme.test")
    {
        await Page.GotoAsync(path);
        await TypeSignInAsync(email);
        await Expect(Page).ToHaveURLAsync(new Uri(new Uri(Page.Url), path).AbsoluteUri);
    }

    /// <summary>Clicks a workflow's Run and waits for the answer.</summary>
    public async Task RunAsync(string workflow)
    {
        var button = Page.GetByRole(
            AriaRole.Button,
            new PageGetByRoleOptions { Name = $"Run {workflow}", Exact = true }
        );
        await Page.RunAndWaitForResponseAsync(
            () => button.ClickAsync(),
            answer => answer.Url.EndsWith("/runs", StringComparison.Ordinal)
        );
        await Expect(button).ToHaveTextAsync("Run");
    }

    /// <summary>Fills in Checkout's card form and presses its button.</summary>
    public async Task PayAsync(string card)
    {
        await Page.GetByLabel("Card number").FillAsync(string.Empty);
        await Page.GetByLabel("Card number").PressSequentiallyAsync(card);
        await Page.GetByLabel("Expiry").FillAsync("12 / 34");
        await Page.GetByLabel("CVC").FillAsync("123");
        await Page.GetByLabel("Name on card").FillAsync("Ada Lovelace");
        await Page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Subscribe and pay" }).ClickAsync();
    }

    /// <summary>
    /// Keeps the page as <c>name.png</c> and <c>name-dark.png</c>, and has axe judge both.
    /// </summary>
    public async Task SeesAsync(string name)
    {
        await SeesAsync(name, ColorScheme.Light);
        await SeesAsync(name + "-dark", ColorScheme.Dark);
        await Page.EmulateMediaAsync(new PageEmulateMediaOptions { ColorScheme = ColorScheme.Light });
    }

    /// <summary>Fails unless console, page and content security policy were quiet all the time.</summary>
    public void NothingWentWrong() => Assert.Empty(complaints);

    public async ValueTask DisposeAsync() => await Page.Context.DisposeAsync();

    private async Task SeesAsync(string name, ColorScheme scheme)
    {
        await Page.EmulateMediaAsync(new PageEmulateMediaOptions { ColorScheme = scheme });
        await Screenshots.KeepAsync(Page, name);
        var judged = await Page.RunAxe();
        Assert.True(judged.Violations.Length == 0, $"{name}: {string.Join("; ", judged.Violations.Select(Describe))}");
    }

    private static string Describe(AxeResultItem finding) =>
        $"{finding.Id}: {finding.Help} ({string.Join(", ", finding.Nodes.Select(node => node.Html))})";

    // a session's id is new in each run
    private static string PathOf(string url) =>
        string.Join(
            '/',
            new Uri(url)
                .AbsolutePath.Split('/')
                .Select(part => part.StartsWith("cs_", StringComparison.Ordinal) ? "SESSION" : part)
        );
}
