using Microsoft.Playwright;
using Tollgate.ImportCsvTesting;
using static Microsoft.Playwright.Assertions;

namespace Tollgate.BrowserTests;

/// <summary>Whoever forgot a password of ImportCSV gets in again, and whoever leaves is gone.</summary>
public sealed class ImporterPasswordTests(BrowserFixture browser)
{
    private const string Newer = "some-newer-words";

    [Fact]
    public async Task Who_forgot_the_password_chooses_another_by_mail_and_the_old_one_is_refused()
    {
        await using var host = await ImportCsvHost.StartAsync();
        await using var visitor = await Visitor.ComesAsync(browser, host.Address);
        await AsksAsync(visitor);
        await ChoosesAsync(visitor, host);

        var page = visitor.Page;
        await page.GotoAsync("/sign-in");
        await TypeAsync(page, ImportCsvHost.Password);
        await Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("That e-mail and password do not match.");
        await TypeAsync(page, Newer);
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Importers" })).ToBeVisibleAsync();
        Assert.Equal(["401 POST /api/auth/login"], visitor.Refusals);
        visitor.NothingWentWrong();
    }

    [Fact]
    public async Task A_link_that_does_not_hold_leads_to_a_new_one()
    {
        await using var host = await ImportCsvHost.StartAsync();
        await using var visitor = await Visitor.ComesAsync(browser, host.Address);
        var page = visitor.Page;
        await page.GotoAsync("/reset?user=nobody&code=nothing");
        await page.GetByLabel("New password").FillAsync(Newer);
        await page.GetByRole(AriaRole.Button, new() { Name = "Set the password" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("That link is no longer valid.");
        await visitor.SeesAsync("importcsv-reset-refused");
        await page.GetByRole(AriaRole.Link, new() { Name = "Send me a new link" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Forgot your password?" })).ToBeVisibleAsync();
        Assert.Equal(["404 POST /api/auth/reset"], visitor.Refusals);
        visitor.NothingWentWrong();
    }

    [Fact]
    public async Task A_user_changes_the_password_and_then_deletes_the_account()
    {
        await using var host = await ImportCsvHost.StartAsync();
        await using var visitor = await Visitor.ComesAsync(browser, host.Address);
        var page = visitor.Page;
        await visitor.SignInAsync("/", ImportCsvHost.Owner);
        await page.GetByRole(AriaRole.Link, new() { Name = ImportCsvHost.Owner }).ClickAsync();
        await page.GetByLabel("Current password").FillAsync(ImportCsvHost.Password);
        await page.GetByLabel("New password").FillAsync(Newer);
        await page.GetByRole(AriaRole.Button, new() { Name = "Change the password" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Status)).ToHaveTextAsync("Your password is changed.");
        await visitor.SeesAsync("importcsv-account");

        var password = page.GetByLabel("Password", new() { Exact = true });
        var delete = page.GetByRole(AriaRole.Button, new() { Name = "Delete my account for good" });
        await password.FillAsync(ImportCsvHost.Password);
        await delete.ClickAsync();
        await Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("the one you signed in with");
        await password.FillAsync(Newer);
        await delete.ClickAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Your account is deleted" })).ToBeVisibleAsync();
        await visitor.SeesAsync("importcsv-account-deleted");
        await page.GotoAsync("/");
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Sign in" })).ToBeVisibleAsync();
        Assert.Equal(["403 POST /api/me/close"], visitor.Refusals);
        visitor.NothingWentWrong();
    }

    private static async Task AsksAsync(Visitor visitor)
    {
        var page = visitor.Page;
        await page.GotoAsync("/sign-in");
        await visitor.SeesAsync("importcsv-sign-in");
        await page.GetByRole(AriaRole.Link, new() { Name = "Forgot your password?" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Forgot your password?" })).ToBeVisibleAsync();
        await visitor.SeesAsync("importcsv-forgot");
        await page.GetByLabel("E-mail").FillAsync(ImportCsvHost.Owner);
        await page.GetByRole(AriaRole.Button, new() { Name = "Send me a link" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Check your mail" })).ToBeVisibleAsync();
        await visitor.SeesAsync("importcsv-forgot-sent");
    }

    private static async Task ChoosesAsync(Visitor visitor, ImportCsvHost host)
    {
        await host.MailAsync("Choose a new password");
        var page = visitor.Page;
        await page.GotoAsync("/dev/mailbox");
        await page.GetByRole(AriaRole.Link, new() { Name = "Choose a new password for ImportCSV" }).ClickAsync();
        var link = page.FrameLocator("iframe").GetByRole(AriaRole.Link, new() { Name = "Choose a new password" });
        var reset = await page.RunAndWaitForPopupAsync(() => link.ClickAsync());
        await reset.GetByLabel("New password").FillAsync(Newer);
        await reset.GetByRole(AriaRole.Button, new() { Name = "Set the password" }).ClickAsync();
        await Expect(reset.GetByRole(AriaRole.Heading)).ToHaveTextAsync("Your password is set");
        // the code stays neither in the address nor in the history
        Assert.Equal("/reset", new Uri(reset.Url).PathAndQuery);
        await reset.CloseAsync();
        await host.MailAsync("Your ImportCSV password was changed");
    }

    private static async Task TypeAsync(IPage page, string password)
    {
        await page.GetByLabel("E-mail").FillAsync(ImportCsvHost.Owner);
        await page.GetByLabel("Password").FillAsync(password);
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign in" }).ClickAsync();
    }
}
