using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;

namespace Tollgate.ImportCsvTests;

/// <summary>Each mail once, whatever happens twice, is retried or is delivered again.</summary>
public sealed class MailOnceTests
{
    private const string Csv = "email,name\r\nada@example.com,Ada\r\n";

    private static readonly string[] Expected =
    [
        "80 % of your",
        "Confirm your e-mail",
        "The limit of your",
        "Welcome to ImportCSV",
        "You're on ImportCSV Pro",
        "Your ImportCSV Pro plan is paused",
        "Your ImportCSV payment did not go through: 1 day left",
        "Your ImportCSV payment did not go through: 4 days left",
        "Your ImportCSV payment did not go through: 7 days left",
    ];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Each_cause_twice_is_one_mail()
    {
        await using var host = await ImportCsvHost.StartAsync();
        await ConfirmTwiceAsync(host);
        await ReachTwiceAsync(host, used: 79, "80 % of your");
        await ReachTwiceAsync(host, used: 99, "The limit of your");

        using var owner = await host.SignInAsync();
        await host.BuyAsync(owner, "pro");
        await host.MailAsync("You're on ImportCSV Pro");
        await AllAgainAsync(host, "bought");
        await host.FailRenewalAsync();
        foreach (var left in new[] { "7 days", "4 days", "1 day" })
        {
            await host.MailAsync($"Your ImportCSV payment did not go through: {left} left");
            await AllAgainAsync(host, left);
            // Stripe's own next attempts fail meanwhile, too
            await host.Sandbox.AdvanceAsync(TimeSpan.FromDays(3), Token);
        }

        await host.MailAsync("Your ImportCSV Pro plan is paused");
        await AllAgainAsync(host, "paused");

        var mails = (await host.MailsAsync()).Order(StringComparer.Ordinal).ToList();
        Assert.Equal(Expected.Length, mails.Count);
        Assert.All(mails.Zip(Expected), pair => Assert.StartsWith(pair.Second, pair.First, StringComparison.Ordinal));
        Assert.Equal(
            (long)Expected.Length,
            await host.QueryAsync<long>("SELECT count(*) FROM billing.mails WHERE state <> 'waiting'")
        );
    }

    private static async Task ConfirmTwiceAsync(ImportCsvHost host)
    {
        using var newcomer = host.Anonymous();
        var credentials = new { email = "new@example.com", password = "long-enough-words" };
        (await newcomer.PostAsJsonAsync("/api/auth/sign-up", credentials, Token)).EnsureSuccessStatusCode();
        var (user, code) = await host.LinkAsync("/confirm");
        var confirmation = new
        {
            user,
            code,
            credentials.password,
        };
        // a link holds once
        foreach (var status in new[] { HttpStatusCode.NoContent, HttpStatusCode.NotFound })
        {
            using var answer = await newcomer.PostAsJsonAsync("/api/auth/confirm", confirmation, Token);
            Assert.Equal(status, answer.StatusCode);
        }

        await host.MailAsync("Welcome to ImportCSV");
    }

    private static async Task ReachTwiceAsync(ImportCsvHost host, int used, string mail)
    {
        (await host.ImportAsync(Csv)).EnsureSuccessStatusCode();
        foreach (var _ in new[] { 1, 2 })
        {
            await host.RunAsync($"UPDATE billing.meters SET used = {used}");
            (await host.ImportAsync(Csv)).EnsureSuccessStatusCode();
            await host.MailAsync(mail);
            await QuietAsync(host);
        }

        await host.RunAsync("UPDATE billing.meters SET used = 1");
    }

    /// <summary>Every event so far comes again, and once more as if Stripe had made two of it.</summary>
    private static async Task AllAgainAsync(ImportCsvHost host, string when)
    {
        await QuietAsync(host);
        var events = await host.Stripe.EventsAsync((await host.UserAsync<string>("stripe_customer_id"))!);
        Assert.NotEmpty(events);
        foreach (var (_, body) in events)
        {
            await DeliverAsync(host, body);
            var other = JsonNode.Parse(body)!;
            other["id"] = $"{other["id"]}_{string.Concat(when.Where(char.IsAsciiLetterOrDigit))}";
            await DeliverAsync(host, other.ToJsonString());
        }

        await QuietAsync(host);
    }

    private static async Task DeliverAsync(ImportCsvHost host, string body)
    {
        using var client = host.Anonymous();
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/webhooks/stripe")
        {
            Content = new StringContent(body, Encoding.UTF8, "application/json"),
        };
        request.Headers.Add("Stripe-Signature", host.Sign(body));
        using var answer = await client.SendAsync(request, Token);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    /// <summary>Nothing waits to be applied, dispatched or sent.</summary>
    private static Task QuietAsync(ImportCsvHost host) =>
        Eventually.Async(
            async () =>
                await host.QueryAsync<long>(
                    $"""
                    SELECT (SELECT count(*) FROM billing.inbox_receipts WHERE state IN ('received', 'waiting'))
                        + (SELECT count(*) FROM billing.outbox WHERE state = 'pending')
                        + (SELECT count(*) FROM billing.mails WHERE state = 'waiting' AND due_at <= '{
                            host.Sandbox.Clock.GetUtcNow().ToString("O", CultureInfo.InvariantCulture)}')
                    """
                ) == 0,
            ct: Token,
            what: "all to be dispatched"
        );
}
