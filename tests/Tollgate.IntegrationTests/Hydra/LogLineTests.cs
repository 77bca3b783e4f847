using System.Net;
using System.Text;
using Microsoft.Extensions.Logging;
using Tollgate.IntegrationTests.Reconciliation;
using Tollgate.Testing;

namespace Tollgate.IntegrationTests.Hydra;

/// <summary>The lines of the log that operators and runbooks rest on.</summary>
public sealed class LogLineTests
{
    private const string Body = "for nobody's eyes";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Each_event_is_logged_with_its_id_its_type_and_what_became_of_it()
    {
        using var log = new HostLog();
        await using var hydra = await HydraHost.StartAsync(log.ListenTo, HostLog.Informative);

        await hydra.DeliverAsync(SampleEvents.Event("evt_1", "charge.succeeded"));
        await hydra.DeliverAsync(SampleEvents.Event("evt_2"));
        await hydra.DeliverAsync(SampleEvents.Event("evt_2"));
        var live = SampleEvents
            .Event("evt_3")
            .Replace("\"livemode\":false", "\"livemode\":true", StringComparison.Ordinal);
        await hydra.DeliverAsync(live);

        Assert.Equal(
            [
                (LogLevel.Information, "Stripe event evt_1 charge.succeeded: ignored"),
                (LogLevel.Information, "Stripe event evt_2 customer.subscription.updated: parked"),
                (LogLevel.Information, "Stripe event evt_2 customer.subscription.updated: duplicate"),
                (LogLevel.Information, "Stripe event evt_3 customer.subscription.updated: quarantined"),
                (LogLevel.Error, "Stripe event evt_3 customer.subscription.updated is quarantined: livemode"),
            ],
            log.With("Stripe event evt_").Select(line => (line.Level, line.Text))
        );
    }

    [Fact]
    public async Task Events_that_come_together_share_an_entry_with_a_line_for_each()
    {
        const int events = 40;
        using var log = new HostLog();
        await using var hydra = await HydraHost.StartAsync(log.ListenTo, HostLog.Informative);

        await Task.WhenAll(
            Enumerable
                .Range(0, events)
                .Select(n => hydra.DeliverAsync(SampleEvents.Event($"evt_{n}", "charge.succeeded")))
        );

        Assert.Equal(
            Enumerable.Range(0, events).Select(n => $"Stripe event evt_{n} charge.succeeded: ignored").Order(),
            log.With("Stripe event evt_").SelectMany(entry => entry.Text.Split('\n')).Order()
        );
    }

    [Fact]
    public async Task The_reset_of_free_windows_logs_how_many_accounts_it_reset()
    {
        using var log = new HostLog();
        await using var hydra = await HydraHost.StartAsync(log.ListenTo, HostLog.Informative);
        using var owner = await hydra.SignInAsync();
        var run = await owner.PostAsync("/api/workflows/fix/runs", content: null, Token);
        Assert.Equal(HttpStatusCode.OK, run.StatusCode);

        await hydra.Sandbox.AdvanceAsync(TimeSpan.FromDays(30) + TimeSpan.FromHours(2), Token);

        await Eventually.Async(
            () => log.With("Reset the free window of 1 accounts") is [{ Level: LogLevel.Information }],
            ct: Token,
            what: "the line that says that one account was reset"
        );
    }

    [Fact]
    [Trait("decision", "W2")]
    public async Task An_event_that_could_not_be_recorded_is_logged_as_an_error_with_its_id_and_answered_200()
    {
        using var log = new HostLog();
        await using var proxy = await CuttableProxy.StartAsync();
        await using var hydra = await HydraHost.StartBehindAsync(proxy);
        log.ListenTo(hydra.App);
        await proxy.CutAsync();

        var answer = await hydra.DeliverAsync(SampleEvents.Event("evt_lost"));

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal("""{"received":true}""", await answer.Content.ReadAsStringAsync(Token));
        var line = Assert.Single(log.With("could not be recorded"));
        Assert.Equal(LogLevel.Error, line.Level);
        Assert.StartsWith(
            "Stripe event evt_lost customer.subscription.updated could not be recorded; answered 200",
            line.Text,
            StringComparison.Ordinal
        );
        proxy.Repair();
    }

    [Fact]
    [Trait("decision", "W9")]
    public async Task A_refused_signature_is_a_warning_with_its_reason_once_for_many_and_without_body_or_secret()
    {
        using var log = new HostLog();
        await using var hydra = await HydraHost.StartAsync(log.ListenTo);
        var now = TimeProvider.System.GetUtcNow();
        var (old, other) = (hydra.Sign(Body, now.AddSeconds(-301)), hydra.Sign("another body", now));
        foreach (var signature in new[] { null, "", "v1=00", old, other, other, other })
        {
            Assert.Equal(HttpStatusCode.BadRequest, await DeliverAsync(hydra, signature));
        }

        var lines = log.With("webhook delivery was refused");
        Assert.All(lines, line => Assert.Equal(LogLevel.Warning, line.Level));
        string[] reasons = ["it has no signature", "no form that Stripe uses", "is too old", "matches none"];
        Assert.Equal(reasons.Length, lines.Count);
        Assert.All(reasons.Zip(lines), pair => Assert.Contains(pair.First, pair.Second.Text, StringComparison.Ordinal));
        Assert.All(log.Lines, line => Assert.DoesNotContain(Body, line.Text, StringComparison.Ordinal));
        Assert.All(log.Lines, line => Assert.DoesNotContain(hydra.WebhookSecret, line.Text, StringComparison.Ordinal));
        Assert.All(log.Lines, line => Assert.DoesNotContain(old.Split("v1=")[1], line.Text, StringComparison.Ordinal));
    }

    private static async Task<HttpStatusCode> DeliverAsync(HydraHost hydra, string? signature)
    {
        using var client = hydra.Anonymous();
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/webhooks/stripe");
        request.Content = new StringContent(Body, Encoding.UTF8, "application/json");
        if (signature is not null)
        {
            request.Headers.TryAddWithoutValidation("Stripe-Signature", signature);
        }

        return (await client.SendAsync(request, Token)).StatusCode;
    }
}
