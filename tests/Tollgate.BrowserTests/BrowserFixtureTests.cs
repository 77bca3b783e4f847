using Microsoft.Playwright;

namespace Tollgate.BrowserTests;

public sealed class BrowserFixtureTests(BrowserFixture fixture)
{
    [Fact]
    public async Task Chromium_runs_scripts_and_keeps_a_screenshot()
    {
        var page = await fixture.NewPageAsync("http://127.0.0.1");
        await using var context = page.Context;

        await page.SetContentAsync("<button onclick=\"this.textContent = 'clicked'\">click</button>");
        await page.GetByRole(AriaRole.Button).ClickAsync();

        await Assertions.Expect(page.GetByText("clicked")).ToBeVisibleAsync();
        var picture = await Screenshots.KeepAsync(page, "browser-fixture");
        Assert.True(new FileInfo(picture).Length > 1000);
    }

    [Fact]
    public async Task Pages_share_no_cookies()
    {
        var one = await fixture.NewPageAsync("http://127.0.0.1");
        await using var first = one.Context;
        await first.AddCookiesAsync([
            new Cookie
            {
                Name = "who",
                Value = "me",
                Url = "http://127.0.0.1",
            },
        ]);

        var other = await fixture.NewPageAsync("http://127.0.0.1");
        await using var second = other.Context;

        Assert.Single(await first.CookiesAsync());
        Assert.Empty(await second.CookiesAsync());
    }
}
