using System.Net;
using Tollgate.Notifications;
using Tollgate.Testing;

namespace Tollgate.IntegrationTests.Notifications;

/// <summary>From what happens at Stripe to the mail in Development's mailbox.</summary>
public sealed class MailboxTests
{
    private const string WantsConfirmation = "4000002760003184";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Buying_failing_and_paying_again_leave_three_mails_in_the_mailbox()
    {
        await using var hydra = await HydraHost.StartAsync();
        using var owner = await hydra.SignInAsync();
        await hydra.BuyAsync(owner);
        await hydra.TierBecomesAsync("team");
        await SubjectsBecomeAsync(hydra, "You're on Hydra Team");
        await hydra.FailRenewalAsync();
        await SubjectsBecomeAsync(hydra, "You're on Hydra Team", "Your Hydra payment did not go through");
        await hydra.PayOpenInvoiceAsync();
        await SubjectsBecomeAsync(
            hydra,
            "You're on Hydra Team",
            "Your Hydra payment did not go through",
            "Your Hydra payment went through"
        );

        using var anybody = hydra.Anonymous();
        var list = await anybody.GetStringAsync("/dev/mailbox", Token);
        Assert.Contains("Your Hydra payment did not go through", list, StringComparison.Ordinal);
        Assert.Contains(
            "billing@acme.test",
            await anybody.GetStringAsync("/dev/mailbox/2", Token),
            StringComparison.Ordinal
        );
        var mail = await anybody.GetAsync("/dev/mailbox/2/html", Token);
        Assert.StartsWith(
            "sandbox",
            mail.Headers.GetValues("Content-Security-Policy").Single(),
            StringComparison.Ordinal
        );
        Assert.Contains(
            $"{hydra.Address}settings/billing",
            await mail.Content.ReadAsStringAsync(Token),
            StringComparison.Ordinal
        );
        Assert.Equal(HttpStatusCode.NotFound, (await anybody.GetAsync("/dev/mailbox/99/html", Token)).StatusCode);
    }

    [Fact]
    public async Task When_the_grace_ends_the_mail_says_that_the_plan_is_paused()
    {
        await using var hydra = await HydraHost.StartAsync();
        using var owner = await hydra.SignInAsync();
        await hydra.BuyAsync(owner);
        await hydra.TierBecomesAsync("team");
        await hydra.FailRenewalAsync();
        await SubjectsBecomeAsync(hydra, "You're on Hydra Team", "Your Hydra payment did not go through");

        await hydra.Sandbox.AdvanceAsync(TimeSpan.FromDays(8), Token);

        await hydra.TierBecomesAsync("free");
        await SubjectsBecomeAsync(
            hydra,
            "You're on Hydra Team",
            "Your Hydra payment did not go through",
            "Your Hydra Team plan is paused"
        );
    }

    [Fact]
    public async Task A_renewal_that_the_bank_wants_confirmed_sends_stripe_s_link_and_checkout_sends_none()
    {
        await using var hydra = await HydraHost.StartAsync();
        using var owner = await hydra.SignInAsync();
        await hydra.BuyAsync(owner);
        await hydra.TierBecomesAsync("team");
        await hydra.FailRenewalAsync(card: WantsConfirmation);
        await SubjectsBecomeAsync(
            hydra,
            "You're on Hydra Team",
            "Please confirm your Hydra payment",
            "Your Hydra payment did not go through"
        );

        var mails = await hydra.Service<MailLog>().ListAsync(MailNodes.Acme, 10, Token);
        var confirm = mails.Single(mail => mail.Kind == "payment_action_required").Message!;
        Assert.Contains($"Confirm the payment: {hydra.Sandbox.BaseAddress}i/", confirm.Text, StringComparison.Ordinal);
    }

    private static Task SubjectsBecomeAsync(HydraHost hydra, params string[] subjects) =>
        Eventually.Async(
            async () =>
            {
                var mails = await hydra.Service<MailLog>().ListAsync(20, Token);
                return mails
                    .Where(mail => mail.State == "sent")
                    .Select(mail => mail.Message!.Subject)
                    .Order(StringComparer.Ordinal)
                    .SequenceEqual(subjects.Order(StringComparer.Ordinal));
            },
            TimeSpan.FromSeconds(30),
            Token,
            $"the mails to be {string.Join(", ", subjects)}"
        );
}
