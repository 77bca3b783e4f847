using System.Net.Http.Json;
using Microsoft.Playwright;
using Tollgate.HydraTesting;
using static Microsoft.Playwright.Assertions;

namespace Tollgate.BrowserTests;

/// <summary>Hydra's pages that a mailed link leads to, as whoever reads the mail sees them.</summary>
public sealed class LinkPageTests(BrowserFixture browser)
{
    private const string Newer = "some-newer-words";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Who_forgot_the_password_chooses_another_by_mail_and_the_old_one_is_refused()
    {
        await using var hydra = await HydraHost.StartAsync();
        await using var visitor = await Visitor.ComesAsync(browser, hydra.Address);
        var page = visitor.Page;
        await page.GotoAsync("/sign-in");
        await page.GetByRole(AriaRole.Link, new() { Name = "Forgot your password?" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Forgot your password?" })).ToBeVisibleAsync();
        await visitor.SeesAsync("70-forgot");
        await page.GetByLabel("E-mail").FillAsync("owner@acme.test");
        await page.GetByRole(AriaRole.Button, new() { Name = "Send me a link" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Check your mail" })).ToBeVisibleAsync();
        await visitor.SeesAsync("71-forgot-sent");

        var (user, code) = await hydra.LinkAsync("/reset", "owner@acme.test");
        await page.GotoAsync($"/reset?user={Uri.EscapeDataString(user)}&code={Uri.EscapeDataString(code)}");
        await page.GetByLabel("New password").FillAsync(Newer);
        await visitor.SeesAsync("72-reset");
        await page.GetByRole(AriaRole.Button, new() { Name = "Set the password" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Heading)).ToHaveTextAsync("Your password is set");
        // the code stays neither in the address nor in the history
        Assert.Equal("/reset", new Uri(page.Url).PathAndQuery);
        await visitor.SeesAsync("73-reset-done");

        await page.GetByRole(AriaRole.Link, new() { Name = "Sign in" }).ClickAsync();
        await TypeAsync(page, HydraHost.Password);
        await Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("That e-mail and password do not match.");
        await TypeAsync(page, Newer);
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Workflows" })).ToBeVisibleAsync();
        Assert.Equal(["401 POST /api/auth/login"], visitor.Refusals.Select(refusal => refusal.Split('?')[0]));
        visitor.NothingWentWrong();
    }

    [Fact]
    public async Task A_link_that_does_not_hold_leads_to_a_new_one()
    {
        await using var hydra = await HydraHost.StartAsync();
        await using var visitor = await Visitor.ComesAsync(browser, hydra.Address);
        var page = visitor.Page;
        await page.GotoAsync("/reset?user=nobody&code=nothing");
        await page.GetByLabel("New password").FillAsync(Newer);
        await page.GetByRole(AriaRole.Button, new() { Name = "Set the password" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("That link is no longer valid.");
        await visitor.SeesAsync("74-reset-refused");
        await page.GetByRole(AriaRole.Link, new() { Name = "Send me a new link" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Forgot your password?" })).ToBeVisibleAsync();
        visitor.NothingWentWrong();
    }

    [Fact]
    public async Task Whoever_reads_the_mail_confirms_the_address_of_the_bills()
    {
        await using var hydra = await HydraHost.StartAsync();
        using (var owner = await hydra.SignInAsync())
        {
            var change = new { organization = "Acme", billing_email = "money@acme.test" };
            (await owner.PutAsJsonAsync("/api/organization", change, Token)).EnsureSuccessStatusCode();
        }

        var (_, code) = await hydra.LinkAsync("/confirm-billing", "money@acme.test");
        await using var reader = await Visitor.ComesAsync(browser, hydra.Address);
        await reader.Page.GotoAsync($"/confirm-billing?code={Uri.EscapeDataString(code)}");
        await Expect(reader.Page.GetByRole(AriaRole.Heading)).ToHaveTextAsync("Are these your bills?");
        await reader.SeesAsync("75-confirm-billing");
        await reader.Page.GetByRole(AriaRole.Button, new() { Name = "Yes, send them here" }).ClickAsync();
        await Expect(reader.Page.GetByRole(AriaRole.Heading)).ToHaveTextAsync("Confirmed");
        await reader.SeesAsync("76-confirm-billing-done");
        Assert.Equal("money@acme.test", await hydra.TenantAsync<string>("billing_email"));
        reader.NothingWentWrong();
    }

    private static async Task TypeAsync(IPage page, string password)
    {
        await page.GetByLabel("E-mail").FillAsync("owner@acme.test");
        await page.GetByLabel("Password").FillAsync(password);
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign in" }).ClickAsync();
    }
}
