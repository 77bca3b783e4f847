using Microsoft.Playwright;
using Tollgate.ImportCsvTesting;
using static Microsoft.Playwright.Assertions;

namespace Tollgate.BrowserTests;

/// <summary>A renewal of ImportCSV fails: what its owner reads on pages and in mails until it is paid.</summary>
public sealed class ImporterGraceTests(BrowserFixture browser)
{
    private const string Unpaid = "Your ImportCSV payment did not go through";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_failed_renewal_is_shown_day_by_day_paused_after_a_week_and_undone_by_paying()
    {
        await using var host = await ImportCsvHost.StartAsync();
        using (var client = await host.SignInAsync())
        {
            await host.BuyAsync(client, "pro");
        }

        await using var owner = await Visitor.ComesAsync(browser, host.Address);
        await owner.SignInAsync("/settings/billing", ImportCsvHost.Owner);
        await Expect(owner.Page.GetByText("Renews on")).ToBeVisibleAsync();

        await host.FailRenewalAsync();
        await ShowsNoticeAsync(owner, host, "7 days");
        await owner.SeesAsync("importcsv-20-grace");
        await host.Sandbox.AdvanceAsync(TimeSpan.FromDays(3), Token);
        await ShowsNoticeAsync(owner, host, "4 days");
        await host.Sandbox.AdvanceAsync(TimeSpan.FromDays(3), Token);
        await ShowsNoticeAsync(owner, host, "1 day");
        await IsPausedAsync(owner, host);
        await PaysAsync(owner);
        await IsProAgainAsync(owner, host);
        await ReadsTheMailsAsync(owner);

        Assert.Empty(owner.Refusals);
        owner.NothingWentWrong();
    }

    private static async Task ShowsNoticeAsync(Visitor owner, ImportCsvHost host, string left)
    {
        await host.MailAsync($"{Unpaid}: {left} left");
        await owner.Page.ReloadAsync();
        await Expect(owner.Page.GetByRole(AriaRole.Status))
            .ToContainTextAsync($"Your last payment failed. Pro goes on for {left}, until ");
    }

    private static async Task IsPausedAsync(Visitor owner, ImportCsvHost host)
    {
        await host.Sandbox.AdvanceAsync(TimeSpan.FromDays(1.1), Token);
        await host.BecomesAsync("free", "paused");
        await host.MailAsync("Your ImportCSV Pro plan is paused");
        await owner.Page.ReloadAsync();
        await Expect(owner.Page.GetByRole(AriaRole.Status)).ToContainTextAsync("Your plan is paused");
        await Expect(owner.Page.GetByText("0 of 100 imports this month")).ToBeVisibleAsync();
        await owner.SeesAsync("importcsv-21-paused");
    }

    private static async Task PaysAsync(Visitor owner)
    {
        var page = owner.Page;
        await page.GetByRole(AriaRole.Button, new() { Name = "Update the payment method" }).ClickAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "Pay it" }).ClickAsync();
        await page.GetByLabel("Card number").FillAsync("4242424242424242");
        await page.GetByLabel("Expiry").FillAsync("12 / 34");
        await page.GetByLabel("CVC").FillAsync("123");
        await page.GetByLabel("Name on card").FillAsync("Ada Lovelace");
        await page.GetByLabel("Name on card").PressAsync("Enter");
        await Expect(page.GetByRole(AriaRole.Status)).ToContainTextAsync("with Visa ending in 4242");
    }

    private static async Task IsProAgainAsync(Visitor owner, ImportCsvHost host)
    {
        await host.BecomesAsync("pro", "active");
        await owner.Page.GotoAsync("/settings/billing");
        var plan = owner.Page.GetByRole(AriaRole.Region, new() { Name = "Current plan" });
        await Expect(plan).ToContainTextAsync("0 of 2,000 imports this month");
        await Expect(plan).ToContainTextAsync("Renews on");
        await Expect(owner.Page.GetByText("payment failed")).ToHaveCountAsync(0);
        await owner.SeesAsync("importcsv-22-pro-again");
    }

    private static async Task ReadsTheMailsAsync(Visitor owner)
    {
        await owner.Page.GotoAsync("/dev/mailbox");
        foreach (var left in new[] { "7 days", "4 days", "1 day" })
        {
            var mail = owner.Page.GetByRole(AriaRole.Link, new() { Name = $"{Unpaid}: {left} left" });
            await Expect(mail).ToHaveCountAsync(1);
        }

        await owner.SeesAsync("importcsv-23-mailbox");
    }
}
