using Tollgate.Sandbox.Tests.Support;

namespace Tollgate.Sandbox.Tests;

/// <summary>While an endpoint's secret is rolled, deliveries carry a signature for each secret that is good.</summary>
public sealed class RollingSecretTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Old_secret_signs_beside_the_new_one_until_it_expires()
    {
        await using var receiver = await Receiver.StartAsync();
        await using var sandbox = await TestSandbox.StartAsync();
        var endpoint = await sandbox.PostAsync(
            "/v1/webhook_endpoints",
            $"url={receiver.Url}",
            "enabled_events[]=customer.created"
        );
        Answered? last = null;
        var rolled = await sandbox.PostAsync($"/_sandbox/webhook_endpoints/{endpoint.Id}/roll", "expires_in=86400");
        Assert.NotEqual(endpoint["secret"], rolled["secret"]);
        Assert.Equal([rolled["secret"], endpoint["secret"]], await SignersAsync());
        await sandbox.AdvanceAsync(TimeSpan.FromHours(25));
        Assert.Equal([rolled["secret"]], await SignersAsync());
        last = await sandbox.PostAsync($"/_sandbox/webhook_endpoints/{endpoint.Id}/roll");
        Assert.Equal([last["secret"]], await SignersAsync());

        async Task<string[]> SignersAsync()
        {
            await sandbox.PostAsync("/v1/customers");
            await sandbox.Server.WaitForDeliveriesAsync(Token);
            var received = receiver.All.Last();
            var parts = received.Signature.Split(',');
            var time = parts[0][2..];
            string?[] secrets = [endpoint["secret"], rolled["secret"], last?["secret"]];
            return
            [
                .. parts[1..]
                    .Select(part =>
                        secrets
                            .OfType<string>()
                            .Single(secret => part == $"v1={Signed.Of(secret, time, received.Body)}")
                    ),
            ];
        }
    }

    [Fact]
    public async Task Old_secret_is_good_for_a_day_at_most_and_the_page_shows_the_new_one()
    {
        await using var sandbox = await TestSandbox.StartAsync();
        var endpoint = await sandbox.PostAsync(
            "/v1/webhook_endpoints",
            "url=http://127.0.0.1:9/",
            "enabled_events[]=*"
        );
        var path = $"/_sandbox/webhook_endpoints/{endpoint.Id}";
        var refused = await sandbox.RefusedAsync(400, HttpMethod.Post, $"{path}/roll", "expires_in=86401");
        Assert.Equal("expires_in", refused["error.param"]);
        Assert.Contains("It alone signs", await Form.ReadAsync(sandbox, path), StringComparison.Ordinal);
        var rolled = await sandbox.PostAsync($"{path}/roll", "expires_in=60");
        var page = await Form.ReadAsync(sandbox, path);
        Assert.Contains(rolled["secret"], page, StringComparison.Ordinal);
        Assert.Contains("still signs", page, StringComparison.Ordinal);
        await sandbox.RefusedAsync(404, HttpMethod.Post, "/_sandbox/webhook_endpoints/we_none/roll");
        await sandbox.RefusedAsync(404, HttpMethod.Get, "/_sandbox/webhook_endpoints/we_none");
    }
}
