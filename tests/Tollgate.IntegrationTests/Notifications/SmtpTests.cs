using Tollgate.Outbox;
using Tollgate.Testing;

namespace Tollgate.IntegrationTests.Notifications;

/// <summary>SMTP knows no idempotency keys, so what may have arrived is not sent again.</summary>
public sealed class SmtpTests
{
    private static readonly PlanActivated Activated = new("sub_1:team:1", "team", 3);

    [Fact]
    public async Task A_mail_of_two_parts_goes_to_the_mail_server()
    {
        await using var server = new FakeMailServer();
        await using var hydra = await HydraHost.StartAsync(server.Settings);
        await hydra.IsOnAsync("team");

        await hydra.EnqueueAsync(Activated);

        await hydra.MailsBecomeAsync("sent");
        var mail = Assert.Single(server.Mails);
        foreach (
            var expected in new[]
            {
                "To: billing@acme.test",
                "Subject: You're on Hydra Team",
                "text/plain",
                "text/html",
            }
        )
        {
            Assert.Contains(expected, mail, StringComparison.OrdinalIgnoreCase);
        }

        Assert.Contains((await hydra.MailsAsync("provider_id"))!, mail, StringComparison.Ordinal);
    }

    [Fact]
    [Trait("fault", "F91")]
    public async Task A_mail_that_the_server_may_have_is_flagged_and_not_sent_again()
    {
        await using var server = new FakeMailServer { Mood = ProviderMood.TakesAndBreaksTheConnection };
        await using var hydra = await HydraHost.StartAsync(server.Settings);
        await hydra.IsOnAsync("team");

        await hydra.EnqueueAsync(Activated);

        await hydra.MailsBecomeAsync("unknown");
        Assert.Single(server.Mails);
        Assert.Equal("mail_unknown", await hydra.AlertAsync());
    }

    [Theory]
    [InlineData(ProviderMood.RefusesTheAddress, "dead", "the mail server says 550")]
    [InlineData(ProviderMood.IsBusy, "waiting", "the mail server says 450")]
    public async Task A_refusal_is_for_ever_or_for_now_as_the_server_says(object mood, string state, string reason)
    {
        await using var server = new FakeMailServer { Mood = (ProviderMood)mood };
        await using var hydra = await HydraHost.StartAsync(server.Settings);
        await hydra.IsOnAsync("team");

        await hydra.EnqueueAsync(Activated);

        await Eventually.Async(
            async () => await hydra.MailsAsync("reason") == reason,
            ct: TestContext.Current.CancellationToken
        );
        await hydra.MailsBecomeAsync(state);
        Assert.Empty(server.Mails);
        Assert.False(await hydra.QueryAsync<bool>("SELECT unsure_since IS NOT NULL FROM billing.mails"));
    }

    [Fact]
    public async Task A_server_that_is_not_there_is_tried_again()
    {
        string[] settings;
        await using (var server = new FakeMailServer())
        {
            settings = server.Settings;
        }

        await using var hydra = await HydraHost.StartAsync(settings);
        await hydra.IsOnAsync("team");

        await hydra.EnqueueAsync(Activated);

        await Eventually.Async(
            async () => await hydra.MailsAsync("reason") == "no connection to the mail server: ConnectionRefused",
            ct: TestContext.Current.CancellationToken
        );
        await hydra.MailsBecomeAsync("waiting");
        Assert.False(await hydra.QueryAsync<bool>("SELECT unsure_since IS NOT NULL FROM billing.mails"));
    }
}
