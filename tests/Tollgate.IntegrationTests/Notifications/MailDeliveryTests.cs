using System.Text.Json;
using Tollgate.Notifications;
using Tollgate.Outbox;
using Tollgate.Testing;

namespace Tollgate.IntegrationTests.Notifications;

/// <summary>At most one mail per occurrence, whatever the provider does, and none that is not so any more.</summary>
public sealed class MailDeliveryTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    [Trait("decision", "E1")]
    public async Task An_occurrence_that_is_dispatched_twice_is_one_mail_with_the_provider_s_id()
    {
        await using var resend = await FakeResend.StartAsync();
        await using var hydra = await HydraHost.StartAsync(resend.Settings);
        await hydra.IsOnAsync("team");
        var activated = new PlanActivated("sub_1:team:1", "team", 3);

        await hydra.EnqueueAsync(activated);
        await hydra.MailsBecomeAsync("sent");
        await hydra.QueryAsync<object>("UPDATE billing.outbox SET state = 'pending'");
        await Eventually.Async(
            async () => await hydra.QueryAsync<string>("SELECT state FROM billing.outbox") == "done",
            ct: Token
        );

        var mail = Assert.Single(resend.Mails);
        Assert.Equal("Hydra <billing@hydra.test>", Read(mail, "from").Replace("\"", "", StringComparison.Ordinal));
        Assert.Equal("billing@acme.test", mail.GetProperty("to")[0].GetString());
        Assert.Equal("You're on Hydra Team", Read(mail, "subject"));
        Assert.Equal(1, resend.Requests);
        Assert.NotEmpty((await hydra.MailsAsync("provider_id"))!);
    }

    [Fact]
    [Trait("fault", "F91")]
    public async Task A_mail_that_was_taken_without_an_answer_is_repeated_under_its_key_and_is_one_mail()
    {
        await using var resend = await FakeResend.StartAsync();
        resend.Mood = ProviderMood.TakesAndBreaksTheConnection;
        await using var hydra = await HydraHost.StartAsync(resend.Settings);
        await hydra.IsOnAsync("team");
        await hydra.EnqueueAsync(new PlanActivated("sub_1:team:1", "team", 3));
        await AttemptsBecomeAsync(hydra, 1);
        // the same bytes go out again, although the words would be others by now
        await hydra.QueryAsync<object>("UPDATE billing.accounts SET name = 'Acme Ltd'");

        resend.Mood = ProviderMood.Takes;
        await hydra.HurryAsync();

        await hydra.MailsBecomeAsync("sent");
        Assert.Single(resend.Mails);
        Assert.Equal(2, resend.Requests);
    }

    [Fact]
    [Trait("fault", "F91")]
    public async Task A_mail_whose_key_the_provider_has_forgotten_is_flagged_and_not_sent_again()
    {
        await using var resend = await FakeResend.StartAsync();
        resend.Mood = ProviderMood.TakesAndBreaksTheConnection;
        await using var hydra = await HydraHost.StartAsync(resend.Settings);
        await hydra.IsOnAsync("team");
        await hydra.EnqueueAsync(new PlanActivated("sub_1:team:1", "team", 3));
        await AttemptsBecomeAsync(hydra, 1);

        await hydra.QueryAsync<object>("UPDATE billing.mails SET unsure_since = unsure_since - interval '24 hours'");
        await hydra.HurryAsync();

        await hydra.MailsBecomeAsync("unknown");
        Assert.Equal(1, resend.Requests);
        Assert.Equal("mail_unknown", await hydra.AlertAsync());
    }

    [Fact]
    [Trait("fault", "F92")]
    public async Task Several_workers_send_each_mail_once()
    {
        await using var resend = await FakeResend.StartAsync();
        await using var hydra = await HydraHost.StartAsync(resend.Settings);
        await hydra.IsOnAsync("team");
        await hydra.EnqueueAsync([
            .. Enumerable.Range(1, 30).Select(i => new PlanActivated($"sub_1:team:{i}", "team", 3)),
        ]);

        var others = Enumerable.Range(0, 3).Select(_ => hydra.AnotherWorker()).ToList();
        await Eventually.Async(
            async () =>
            {
                await Task.WhenAll(others.Select(worker => worker.DrainAsync(Token)));
                return await hydra.QueryAsync<long>("SELECT count(*) FROM billing.mails WHERE state = 'sent'") == 30;
            },
            TimeSpan.FromSeconds(30),
            Token
        );

        Assert.Equal(30, resend.Mails.Count);
        Assert.Equal(30, resend.Requests);
        others.ForEach(worker => worker.Dispose());
    }

    [Fact]
    [Trait("fault", "F92")]
    public async Task Hours_of_errors_end_with_one_mail()
    {
        await using var resend = await FakeResend.StartAsync();
        await using var hydra = await HydraHost.StartAsync(resend.Settings);
        await hydra.IsOnAsync("team");
        ProviderMood[] outage = [ProviderMood.IsBusy, ProviderMood.Fails, ProviderMood.TakesAndBreaksTheConnection];
        resend.Mood = outage[0];
        await hydra.EnqueueAsync(new PlanActivated("sub_1:team:1", "team", 3));
        for (var attempt = 1; attempt <= 14; attempt++)
        {
            await AttemptsBecomeAsync(hydra, attempt);
            resend.Mood = attempt == 14 ? ProviderMood.Takes : outage[attempt % outage.Length];
            await hydra.HurryAsync();
        }

        await hydra.MailsBecomeAsync("sent");
        Assert.Single(resend.Mails);
        Assert.Null(await hydra.AlertAsync());
    }

    [Fact]
    [Trait("fault", "F92")]
    public async Task After_an_outage_only_the_newest_due_mail_of_the_grace_goes_out()
    {
        await using var resend = await FakeResend.StartAsync();
        await using var hydra = await HydraHost.StartAsync(resend.Settings);
        var failed = hydra.Failed(ago: TimeSpan.FromDays(5));
        await hydra.IsOnAsync("team", failed.Since);
        var days = new MailOptions { GraceMailsAfter = [.. new[] { 1, 4, 6 }.Select(day => TimeSpan.FromDays(day))] };
        var queue = hydra.Service<MailQueue>();

        await queue.AddAsync(MailNodes.Acme, failed, DueMails.Of(failed, days, failed.Since), Token);

        await hydra.MailsBecomeAsync("superseded sent waiting");
        Assert.Single(resend.Mails);
        await hydra.Sandbox.AdvanceAsync(TimeSpan.FromDays(1.5), Token);
        await hydra.MailsBecomeAsync("superseded sent sent");
        Assert.Equal(2, resend.Mails.Count);
    }

    [Fact]
    [Trait("fault", "F93")]
    public async Task What_is_not_so_any_more_is_not_sent()
    {
        await using var resend = await FakeResend.StartAsync();
        await using var hydra = await HydraHost.StartAsync(resend.Settings);
        await hydra.IsOnAsync("team");

        await hydra.EnqueueAsync(
            new AccessEnded("sub_1:team:1", "team", "payment_failed"),
            hydra.Failed(ago: TimeSpan.FromHours(1)),
            new PlanActivated("sub_1:business:1", "business", 3),
            // and nobody was notified that anything failed
            new PaymentRecovered("1", PaidThrough: null)
        );

        await hydra.MailsBecomeAsync("superseded superseded superseded superseded");
        Assert.Equal(0, resend.Requests);
        Assert.Null(await hydra.AlertAsync());
    }

    [Fact]
    [Trait("fault", "F93")]
    public async Task A_recovery_during_an_outage_supersedes_the_mail_that_waits()
    {
        await using var resend = await FakeResend.StartAsync();
        resend.Mood = ProviderMood.IsBusy;
        await using var hydra = await HydraHost.StartAsync(resend.Settings);
        var failed = hydra.Failed(ago: TimeSpan.FromHours(1));
        await hydra.IsOnAsync("team", failed.Since);
        await hydra.EnqueueAsync(failed);
        await AttemptsBecomeAsync(hydra, 1);

        await hydra.IsOnAsync("team");
        resend.Mood = ProviderMood.Takes;
        await hydra.HurryAsync();

        await hydra.MailsBecomeAsync("superseded");
        Assert.Empty(resend.Mails);
    }

    [Fact]
    public async Task An_address_that_the_provider_refuses_ends_the_mail_and_raises_an_alert_without_the_address()
    {
        await using var resend = await FakeResend.StartAsync();
        resend.Mood = ProviderMood.RefusesTheAddress;
        await using var hydra = await HydraHost.StartAsync(resend.Settings);
        await hydra.IsOnAsync("team");

        await hydra.EnqueueAsync(new PlanActivated("sub_1:team:1", "team", 3));

        await hydra.MailsBecomeAsync("dead");
        Assert.Equal(1, resend.Requests);
        Assert.Equal("mail_dead", await hydra.AlertAsync());
        Assert.Equal("Resend says 422 validation_error", await hydra.MailsAsync("reason"));
    }

    [Fact]
    [Trait("abuse", "X37")]
    public async Task A_name_cannot_break_out_of_the_mail_and_an_address_list_gets_none()
    {
        await using var resend = await FakeResend.StartAsync();
        await using var hydra = await HydraHost.StartAsync(resend.Settings);
        await hydra.IsOnAsync("team");
        await hydra.QueryAsync<object>(
            "UPDATE billing.accounts SET name = E'<b>A</b>\\r\\nBcc: eve@evil.test https://evil.test'"
        );
        await hydra.EnqueueAsync(new PlanActivated("sub_1:team:1", "team", 3));
        await hydra.MailsBecomeAsync("sent");
        await hydra.QueryAsync<object>("UPDATE billing.accounts SET billing_email = 'a@b.test,c@d.test'");
        await hydra.EnqueueAsync(new PlanActivated("sub_1:team:2", "team", 3));
        await hydra.MailsBecomeAsync("sent dead");

        var mail = Assert.Single(resend.Mails);
        Assert.DoesNotContain("<b>", Read(mail, "html"), StringComparison.Ordinal);
        Assert.DoesNotContain('\n', Read(mail, "subject"));
        Assert.All(
            new[] { Read(mail, "html"), Read(mail, "text") },
            part => Assert.DoesNotContain("evil.test", part, StringComparison.Ordinal)
        );
        Assert.Equal("mail_dead", await hydra.AlertAsync());
    }

    private static string Read(JsonElement mail, string member) => mail.GetProperty(member).GetString()!;

    private static Task AttemptsBecomeAsync(HydraHost hydra, int attempts) =>
        Eventually.Async(
            async () =>
                await hydra.QueryAsync<bool>(
                    $"SELECT bool_and(attempts = {attempts} AND leased_until IS NULL) FROM billing.mails"
                ),
            TimeSpan.FromSeconds(30),
            Token,
            $"attempt {attempts} to be over"
        );
}
