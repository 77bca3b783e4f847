using System.Net.Http.Headers;
using Tollgate.Sandbox.Chaos;
using Tollgate.Sandbox.Tests.Support;
using Tollgate.Sandbox.Wire;

namespace Tollgate.Sandbox.Tests;

/// <summary>The page of the API requests that came last.</summary>
public sealed class RequestLogTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Request_is_listed_with_its_key_and_shown_with_both_bodies()
    {
        await using var sandbox = await TestSandbox.StartAsync();
        var made = await sandbox.SendAsync(HttpMethod.Post, "/v1/customers", ["name=Ada Lovelace"], "key-7");
        var listed = await sandbox.SendAsync(HttpMethod.Get, "/v1/customers", ["limit=3"]);
        var list = await Form.ReadAsync(sandbox, "/requests");
        Assert.Contains("key-7", list, StringComparison.Ordinal);
        var (newer, older) = (listed.Header("Request-Id")!, made.Header("Request-Id")!);
        Assert.True(
            list.IndexOf(newer, StringComparison.Ordinal) < list.IndexOf(older, StringComparison.Ordinal),
            "not the newest first"
        );
        var page = await Form.ReadAsync(sandbox, $"/requests/{older}");
        Assert.Contains("name=Ada Lovelace", page, StringComparison.Ordinal);
        Assert.Contains(made.Id, page, StringComparison.Ordinal);
        Assert.Contains("?limit=3", await Form.ReadAsync(sandbox, $"/requests/{newer}"), StringComparison.Ordinal);
        await sandbox.RefusedAsync(404, HttpMethod.Get, "/requests/req_none");
    }

    [Fact]
    public async Task Secrets_and_card_numbers_are_masked()
    {
        await using var sandbox = await TestSandbox.StartAsync();
        await sandbox.PostAsync("/v1/webhook_endpoints", "url=http://127.0.0.1:9/", "enabled_events[]=*");
        await sandbox.SendAsync(
            HttpMethod.Post,
            "/v1/payment_methods",
            ["type=card", "card[number]=4242424242424242", "card[cvc]=987", "card[exp_month]=1", "card[exp_year]=2034"]
        );
        using var wrong = new HttpRequestMessage(HttpMethod.Get, "/v1/customers");
        wrong.Headers.Authorization = new AuthenticationHeaderValue("Bearer", "sk_live_" + "do_not_show_me");
        var refused = await sandbox.SendAsync(wrong);
        foreach (var entry in sandbox.Server.Requests.NewestFirst)
        {
            var page = await Form.ReadAsync(sandbox, $"/requests/{entry.Id}");
            Assert.DoesNotMatch("whsec_[0-9a-f]", page);
            Assert.DoesNotContain("4242424242424242", page, StringComparison.Ordinal);
            Assert.DoesNotMatch(@"\b987\b", page);
            Assert.DoesNotContain("show_me", page, StringComparison.Ordinal);
        }

        Assert.Equal(401, (int)refused.Status);
        Assert.Equal("pi_1_secret_**** sk_test_****", LoggedRequest.Masked("pi_1_secret_abc sk_test_abc"));
    }

    [Fact]
    public async Task Request_without_an_answer_says_so()
    {
        await using var sandbox = await TestSandbox.StartAsync();
        sandbox.Server.Chaos.Add(new ChaosRule(Fault.LoseAnswer));
        await Assert.ThrowsAsync<HttpRequestException>(() => sandbox.Http.GetAsync("/v1/customers", Token));
        var list = await Form.ReadAsync(sandbox, "/requests");
        // the connection is cut before the request is over
        for (var attempt = 0; attempt < 500 && !list.Contains("no answer", StringComparison.Ordinal); attempt++)
        {
            list = await Form.ReadAsync(sandbox, "/requests");
        }

        Assert.Contains("no answer", list, StringComparison.Ordinal);
    }

    [Fact]
    public void Log_keeps_the_last_thousand_and_the_beginning_of_long_bodies()
    {
        var log = new RequestLog();
        for (var number = 0; number < 1500; number++)
        {
            var text = LoggedRequest.Kept(new string('x', 100_000));
            log.Add(new($"req_{number}", "GET", "/v1", "", 200, null, DateTimeOffset.UnixEpoch, 1, text, text));
        }

        Assert.Equal(1000, log.NewestFirst.Count);
        Assert.Equal("req_1499", log.NewestFirst[0].Id);
        Assert.All(log.NewestFirst, entry => Assert.InRange(entry.AnswerText.Length, 1, 17_000));
    }
}
