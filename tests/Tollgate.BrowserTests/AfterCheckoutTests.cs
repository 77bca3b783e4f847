using Microsoft.Playwright;
using Tollgate.HydraTesting;
using static Microsoft.Playwright.Assertions;

namespace Tollgate.BrowserTests;

/// <summary>What a payer reads from the payment to the plan, and when a payment fails later.</summary>
public sealed class AfterCheckoutTests(BrowserFixture browser)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_payer_reads_provisioning_until_the_plan_is_there()
    {
        await using var hydra = await HydraHost.StartAsync();
        await hydra.Stripe.MuteAsync(); // no event reports the payment: only the sync a minute later does
        await using var owner = await Visitor.ComesAsync(browser, hydra.Address);
        await owner.SignInAsync("/billing/upgrade");
        var page = owner.Page;
        await page.GetByRole(AriaRole.Button, new() { Name = "Upgrade to Team" }).ClickAsync();

        await owner.PayAsync("4242 4242 4242 4242");

        await Expect(page.GetByText("Provisioning... this usually takes a few seconds.")).ToBeVisibleAsync();
        await Expect(page.GetByText("You're on")).ToHaveCountAsync(0);
        await owner.SeesAsync("12-provisioning");
        await hydra.Sandbox.AdvanceAsync(TimeSpan.FromSeconds(61), Token);
        await Expect(page.GetByText("You're on Team")).ToBeVisibleAsync();
        owner.NothingWentWrong();
    }

    [Fact]
    public async Task A_failed_renewal_is_shown_on_the_billing_page_until_it_is_paid()
    {
        await using var hydra = await HydraHost.StartAsync();
        using (var client = await hydra.SignInAsync())
        {
            await hydra.BuyAsync(client);
        }

        await hydra.TierBecomesAsync("team");
        await using var owner = await Visitor.ComesAsync(browser, hydra.Address);
        await owner.SignInAsync("/settings/billing");
        var summary = owner.Page.Locator("tg-billing-summary");
        await Expect(summary).ToContainTextAsync("renews");

        await hydra.FailRenewalAsync();
        await owner.Page.ReloadAsync();

        await Expect(summary).ToContainTextAsync("We couldn't charge your card.");
        await Expect(summary).ToContainTextAsync("(7 days)");
        await owner.SeesAsync("13-past-due");
        await owner.Page.GetByRole(AriaRole.Link, new() { Name = "Workflows" }).ClickAsync();
        await owner.RunAsync("Fix");
        await Expect(owner.Page.GetByRole(AriaRole.Log).GetByText("Fix ran.")).ToHaveCountAsync(1);

        await hydra.PayOpenInvoiceAsync();
        await owner.Page.GetByRole(AriaRole.Link, new() { Name = "Billing" }).ClickAsync();

        await Expect(summary).ToContainTextAsync("renews");
        await Expect(summary).Not.ToContainTextAsync("couldn't charge");
        Assert.Empty(owner.Refusals);
        owner.NothingWentWrong();
    }
}
