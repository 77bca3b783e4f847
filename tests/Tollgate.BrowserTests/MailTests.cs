using Microsoft.Playwright;
using Tollgate.HydraTesting;
using Tollgate.Notifications;
using Tollgate.Testing;
using static Microsoft.Playwright.Assertions;

namespace Tollgate.BrowserTests;

/// <summary>Every mail as it is read, and the mailbox around them: light, dark and narrow.</summary>
public sealed class MailTests(BrowserFixture browser)
{
    private const string WantsConfirmation = "4000002760003184";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_mail_is_readable_and_stands_in_the_mailbox()
    {
        await using var hydra = await HydraHost.StartAsync();
        await LiveThroughAllMailsAsync(hydra);
        await using var visitor = await Visitor.ComesAsync(browser, hydra.Address);

        await visitor.Page.GotoAsync("/dev/mailbox");
        await visitor.SeesAsync("mailbox");
        await visitor.Page.GetByRole(AriaRole.Link, new() { Name = "Please confirm your Hydra payment" }).ClickAsync();
        var framed = visitor.Page.FrameLocator("iframe");
        await Expect(framed.GetByRole(AriaRole.Heading)).ToHaveTextAsync("Your bank asks you to confirm");
        await Screenshots.KeepAsync(visitor.Page, "mailbox-mail-framed");
        // axe waits for ever for an answer out of a frame that runs no scripts
        await visitor.Page.Locator("iframe").EvaluateAsync("frame => frame.remove()");
        await visitor.SeesAsync("mailbox-mail");
        visitor.NothingWentWrong();

        foreach (var mail in await SentAsync(hydra))
        {
            await ReadAsync(mail, width: 720);
            await ReadAsync(mail, width: 390);
        }
    }

    private async Task ReadAsync(MailEntry entry, int width)
    {
        var name = $"mail-{entry.Kind}-{entry.Account}-{width}".Replace('_', '-');
        await using var reader = await Visitor.ComesAsync(browser, new Uri("http://mail.invalid"), width);
        await reader.Page.SetContentAsync(entry.Message!.Html);
        await reader.SeesAsync(name);
        var overflow = await reader.Page.EvaluateAsync<int>("document.documentElement.scrollWidth - innerWidth");
        Assert.True(overflow <= 0, $"{name} is {overflow} px too wide");
    }

    // Acme pays, has to confirm, pays again, fails and is paused; Globex cancels.
    private static async Task LiveThroughAllMailsAsync(HydraHost hydra)
    {
        using var acme = await hydra.SignInAsync();
        using var globex = await hydra.SignInAsync("owner@globex.test");
        await hydra.BuyAsync(acme);
        await hydra.TierBecomesAsync("team");
        await hydra.BuyAsync(globex, "business_monthly", seats: 1);
        await hydra.TierBecomesAsync("business", "globex");
        var subscription = await hydra.TenantAsync<string>("stripe_subscription_id", "globex");
        await hydra.Stripe.PostAsync($"/v1/subscriptions/{subscription}", ("cancel_at_period_end", "true"));
        await SentBecomeAsync(hydra, 2);
        await hydra.FailRenewalAsync(card: WantsConfirmation);
        await hydra.TierBecomesAsync("free", "globex");
        await SentBecomeAsync(hydra, 5);
        await hydra.PayOpenInvoiceAsync();
        await SentBecomeAsync(hydra, 6);
        await hydra.FailRenewalAsync();
        await SentBecomeAsync(hydra, 7);
        await hydra.Sandbox.AdvanceAsync(TimeSpan.FromDays(8), Token);
        await SentBecomeAsync(hydra, 8);
    }

    private static Task SentBecomeAsync(HydraHost hydra, int count) =>
        Eventually.Async(
            async () => (await SentAsync(hydra)).Count == count,
            TimeSpan.FromSeconds(30),
            Token,
            $"{count} mails to be sent"
        );

    private static async Task<IReadOnlyList<MailEntry>> SentAsync(HydraHost hydra) =>
        [.. (await hydra.Service<MailLog>().ListAsync(50, Token)).Where(mail => mail.State == "sent")];
}
