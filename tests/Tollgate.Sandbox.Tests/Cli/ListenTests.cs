using System.Net;
using System.Security.Cryptography;
using System.Text;
using Tollgate.Sandbox.Tests.Support;

namespace Tollgate.Sandbox.Tests.Cli;

/// <summary><c>stripe listen</c> forwards the Sandbox's events to a host on this machine.</summary>
public sealed class ListenTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_event_reaches_the_host_signed_with_the_secret_shown()
    {
        await using var receiver = await Receiver.StartAsync();
        await using var sandbox = await TestSandbox.StartAsync();
        using var cli = await StripeCli.OfAsync(sandbox);
        var secret = (await cli.SucceedAsync("listen", "--print-secret", "--skip-update")).Trim();
        await using var listening = await Listening.StartAsync(cli, "--all-snapshot", "--forward-to", receiver.Url);
        await listening.WaitForAsync(secret);
        await Some.SubscriptionAsync(sandbox);
        var types = await sandbox.EventTypesAsync();
        await ReceivedAsync(receiver, types.Count);
        Assert.Equal(
            types.Order(StringComparer.Ordinal),
            receiver.All.Select(each => each.Type).Order(StringComparer.Ordinal)
        );
        Assert.All(receiver.All, each => AssertSigned(secret, each));
        await RecordedAsync(
            sandbox,
            receiver.All.First().EventId,
            ">delivered<",
            "received by stripe listen",
            receiver.Url
        );
        await AllDeliveredAsync(sandbox);
    }

    [Fact]
    public async Task Answer_of_the_host_is_recorded_and_nothing_is_tried_again()
    {
        await using var receiver = await Receiver.StartAsync();
        receiver.Answer = static _ => 500;
        await using var sandbox = await TestSandbox.StartAsync();
        using var cli = await StripeCli.OfAsync(sandbox);
        await using var listening = await Listening.StartAsync(cli, "--all-snapshot", "--forward-to", receiver.Url);
        await sandbox.PostAsync("/v1/customers", "name=Ada");
        await ReceivedAsync(receiver, 1);
        await RecordedAsync(sandbox, receiver.All.Single().EventId, ">failed<", "500");
        await sandbox.AdvanceAsync(TimeSpan.FromDays(1));
        await sandbox.Server.WaitForDeliveriesAsync(Token);
        Assert.Single(receiver.All);
    }

    [Fact]
    public async Task Resent_event_reaches_whoever_listens()
    {
        await using var receiver = await Receiver.StartAsync();
        await using var sandbox = await TestSandbox.StartAsync();
        using var cli = await StripeCli.OfAsync(sandbox);
        await sandbox.PostAsync("/v1/customers", "name=Ada");
        var id = (await sandbox.EventsAsync()).Single().GetProperty("id").GetString()!;
        await using var listening = await Listening.StartAsync(cli, "--all-snapshot", "--forward-to", receiver.Url);
        await cli.SucceedAsync("events", "resend", id);
        await ReceivedAsync(receiver, 1);
        Assert.Equal(id, receiver.All.Single().EventId);
    }

    [Fact]
    public async Task Events_not_asked_for_are_not_forwarded()
    {
        await using var receiver = await Receiver.StartAsync();
        await using var sandbox = await TestSandbox.StartAsync();
        using var cli = await StripeCli.OfAsync(sandbox);
        await using var listening = await Listening.StartAsync(
            cli,
            "--events",
            "product.created",
            "--forward-to",
            receiver.Url
        );
        await sandbox.PostAsync("/v1/customers", "name=Ada");
        await sandbox.PostAsync("/v1/products", "name=Team");
        await ReceivedAsync(receiver, 1);
        Assert.Equal("product.created", receiver.All.Single().Type);
    }

    [Fact]
    public async Task Who_asks_for_the_latest_version_gets_every_event_once()
    {
        await using var receiver = await Receiver.StartAsync();
        await using var sandbox = await TestSandbox.StartAsync();
        using var cli = await StripeCli.OfAsync(sandbox);
        await using var listening = await Listening.StartAsync(
            cli,
            "--latest",
            "--all-snapshot",
            "--forward-to",
            receiver.Url
        );
        await sandbox.PostAsync("/v1/customers", "name=Ada");
        await sandbox.PostAsync("/v1/products", "name=Team");
        await ReceivedAsync(receiver, 2);
        Assert.Equal(
            ["customer.created", "product.created"],
            receiver.All.Select(each => each.Type).Order(StringComparer.Ordinal)
        );
        await RecordedAsync(sandbox, receiver.All.First().EventId, ">delivered<", "received by stripe listen");
        await AllDeliveredAsync(sandbox);
    }

    [Fact]
    public async Task Listener_that_is_gone_holds_nothing_up()
    {
        await using var sandbox = await TestSandbox.StartAsync();
        using var cli = await StripeCli.OfAsync(sandbox);
        await using (await Listening.StartAsync(cli))
        {
            await sandbox.PostAsync("/v1/customers", "name=Ada");
        }

        await AllDeliveredAsync(sandbox);
        await sandbox.PostAsync("/v1/products", "name=Team");
        await sandbox.Server.WaitForDeliveriesAsync(Token);
        Assert.Empty((await sandbox.GetAsync("/v1/events", "delivery_success=false")).Data);
    }

    [Fact]
    public async Task Secret_stays_over_restarts_on_a_journal()
    {
        var folder = Directory.CreateTempSubdirectory("sandbox-listen-");
        try
        {
            var secrets = new List<string>();
            for (var start = 0; start < 2; start++)
            {
                await using var sandbox = await TestSandbox.StartAsync(new() { DataDirectory = folder.FullName });
                using var cli = await StripeCli.OfAsync(sandbox);
                secrets.Add((await cli.SucceedAsync("listen", "--print-secret", "--skip-update")).Trim());
            }

            Assert.Matches("^whsec_[0-9a-f]{64}$", secrets[0]);
            Assert.Equal(secrets[0], secrets[1]);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public async Task Socket_of_an_unknown_session_is_refused_in_the_words_that_make_a_new_one()
    {
        await using var sandbox = await TestSandbox.StartAsync();
        using var request = new HttpRequestMessage(HttpMethod.Get, "/subscribe/acct_sandbox");
        request.Headers.Add("Websocket-Id", "cliws_none");
        var answer = await sandbox.SendAsync(request);
        Assert.Equal(HttpStatusCode.BadRequest, answer.Status);
        Assert.Equal("Unknown WebSocket ID.", answer["error.message"]);
    }

    private static Task ReceivedAsync(Receiver receiver, int count) =>
        Until.TrueAsync(
            () => Task.FromResult(receiver.All.Count >= count),
            () => $"{receiver.All.Count} of {count} events arrived"
        );

    /// <summary>Waits until no event waits any more; the answers of a host come in any order.</summary>
    private static Task AllDeliveredAsync(TestSandbox sandbox) =>
        Until.TrueAsync(
            async () => (await sandbox.GetAsync("/v1/events", "delivery_success=false")).Data.Count == 0,
            static () => "an event still waits for the listener"
        );

    /// <summary>Waits until the page of an event shows all of some texts.</summary>
    private static async Task RecordedAsync(TestSandbox sandbox, string id, params string[] texts)
    {
        var page = "";
        await Until.TrueAsync(
            async () =>
            {
                page = await sandbox.Http.GetStringAsync($"/_sandbox/events/{id}", Token);
                return texts.All(text => page.Contains(text, StringComparison.Ordinal));
            },
            () => $"not on the page: {string.Join(" or ", texts)}\n{page}"
        );
    }

    private static void AssertSigned(string secret, Received received)
    {
        var parts = received.Signature.Split(',').Select(part => part.Split('=', 2)).ToDictionary(p => p[0], p => p[1]);
        byte[] signed = [.. Encoding.UTF8.GetBytes(parts["t"] + "."), .. received.Body];
        var expected = HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), signed);
        Assert.Equal(Convert.ToHexStringLower(expected), parts["v1"]);
    }
}
