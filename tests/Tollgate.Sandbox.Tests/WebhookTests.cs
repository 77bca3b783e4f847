using System.Globalization;
using Tollgate.Sandbox.Tests.Support;

namespace Tollgate.Sandbox.Tests;

/// <summary>Signed deliveries, their retries and their bookkeeping.</summary>
public sealed class WebhookTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Secret_is_in_the_creation_answer_only()
    {
        await using var sandbox = await TestSandbox.StartAsync();
        var endpoint = await EndpointAsync(sandbox, "http://127.0.0.1:9/hooks", "*");
        Assert.StartsWith("whsec_", endpoint["secret"], StringComparison.Ordinal);
        var again = await sandbox.GetAsync($"/v1/webhook_endpoints/{endpoint.Id}");
        Assert.False(again.Body.TryGetProperty("secret", out _));
    }

    [Fact]
    public async Task Deliveries_are_signed_over_the_exact_bytes_with_machine_time()
    {
        await using var receiver = await Receiver.StartAsync();
        await using var sandbox = await TestSandbox.StartAsync();
        var endpoint = await EndpointAsync(sandbox, receiver.Url, "customer.created");
        await sandbox.AdvanceAsync(TimeSpan.FromDays(400));
        await sandbox.PostAsync("/v1/customers", "name=Ada");
        await sandbox.PostAsync("/v1/products", "name=Not wanted");
        await sandbox.Server.WaitForDeliveriesAsync(Token);
        var received = Assert.Single(receiver.All);
        var (time, signature) = Parse(received.Signature);
        Assert.Equal(Signed.Of(endpoint["secret"], time, received.Body), signature);
        var now = TimeProvider.System.GetUtcNow().ToUnixTimeSeconds();
        Assert.InRange(long.Parse(time, CultureInfo.InvariantCulture), now - 60, now + 1);
        Assert.InRange(received.Root.GetProperty("created").GetInt64(), now + 399 * 86_400L, now + 401 * 86_400L);
    }

    [Fact]
    public async Task Failed_delivery_is_retried_with_a_fresh_signature_until_acknowledged()
    {
        await using var receiver = await Receiver.StartAsync();
        receiver.Answer = before => before < 2 ? 500 : 200;
        await using var sandbox = await TestSandbox.StartAsync();
        var endpoint = await EndpointAsync(sandbox, receiver.Url, "customer.created");
        await sandbox.PostAsync("/v1/customers", "name=Ada");
        await sandbox.Server.WaitForDeliveriesAsync(Token);
        var recorded = (await sandbox.EventsAsync("customer.created")).Single();
        Assert.Equal(1, recorded.GetProperty("pending_webhooks").GetInt32());
        await sandbox.AdvanceAsync(TimeSpan.FromSeconds(1));
        await sandbox.Server.WaitForDeliveriesAsync(Token);
        await sandbox.AdvanceAsync(TimeSpan.FromSeconds(10));
        await sandbox.Server.WaitForDeliveriesAsync(Token);
        Assert.Equal(3, receiver.All.Count);
        Assert.Single(receiver.All.Select(received => received.EventId).Distinct(StringComparer.Ordinal));
        Assert.All(
            receiver.All,
            received =>
            {
                var (time, signature) = Parse(received.Signature);
                Assert.Equal(Signed.Of(endpoint["secret"], time, received.Body), signature);
            }
        );
        recorded = (await sandbox.EventsAsync("customer.created")).Single();
        Assert.Equal(0, recorded.GetProperty("pending_webhooks").GetInt32());
    }

    [Fact]
    public async Task Redirect_is_a_failure()
    {
        await using var receiver = await Receiver.StartAsync();
        receiver.Answer = static before => before == 0 ? 302 : 200;
        await using var sandbox = await TestSandbox.StartAsync();
        await EndpointAsync(sandbox, receiver.Url, "*");
        await sandbox.PostAsync("/v1/customers", "name=Ada");
        await sandbox.Server.WaitForDeliveriesAsync(Token);
        Assert.Single((await sandbox.GetAsync("/v1/events", "delivery_success=false")).Data);
    }

    [Fact]
    public async Task Dead_endpoint_gets_its_events_when_it_comes_back()
    {
        await using var sandbox = await TestSandbox.StartAsync();
        string url;
        await using (var receiver = await Receiver.StartAsync())
        {
            url = receiver.Url;
        }

        var endpoint = await EndpointAsync(sandbox, url, "*");
        await sandbox.PostAsync("/v1/customers", "name=Ada");
        await sandbox.Server.WaitForDeliveriesAsync(Token);
        await using var back = await Receiver.StartAsync();
        await sandbox.PostAsync($"/v1/webhook_endpoints/{endpoint.Id}", $"url={back.Url}");
        await sandbox.AdvanceAsync(TimeSpan.FromSeconds(2));
        await sandbox.Server.WaitForDeliveriesAsync(Token);
        Assert.Single(back.All);
    }

    [Fact]
    public async Task Every_event_is_delivered_once()
    {
        await using var receiver = await Receiver.StartAsync();
        await using var sandbox = await TestSandbox.StartAsync();
        await EndpointAsync(sandbox, receiver.Url, "*");
        await Some.SubscriptionAsync(sandbox);
        await sandbox.Server.WaitForDeliveriesAsync(Token);
        var types = await sandbox.EventTypesAsync();
        Assert.Equal(
            types.Order(StringComparer.Ordinal),
            receiver.All.Select(r => r.Type).Order(StringComparer.Ordinal)
        );
    }

    [Fact]
    public async Task Disabled_and_deleted_endpoints_get_nothing()
    {
        await using var receiver = await Receiver.StartAsync();
        await using var sandbox = await TestSandbox.StartAsync();
        var endpoint = await EndpointAsync(sandbox, receiver.Url, "*");
        await sandbox.PostAsync($"/v1/webhook_endpoints/{endpoint.Id}", "disabled=true");
        await sandbox.PostAsync("/v1/customers", "name=Ada");
        await sandbox.DeleteAsync($"/v1/webhook_endpoints/{endpoint.Id}");
        await sandbox.PostAsync("/v1/customers", "name=Ada");
        await sandbox.Server.WaitForDeliveriesAsync(Token);
        Assert.Empty(receiver.All);
        Assert.Empty((await sandbox.GetAsync("/v1/webhook_endpoints")).Data);
    }

    [Fact]
    public async Task Event_is_sent_again_on_request()
    {
        await using var receiver = await Receiver.StartAsync();
        await using var sandbox = await TestSandbox.StartAsync();
        var endpoint = await EndpointAsync(sandbox, receiver.Url, "customer.created");
        await sandbox.PostAsync("/v1/customers", "name=Ada");
        await sandbox.Server.WaitForDeliveriesAsync(Token);
        var id = (await sandbox.EventsAsync("customer.created")).Single().GetProperty("id").GetString();
        await sandbox.PostAsync($"/v1/events/{id}/retry", $"webhook_endpoint={endpoint.Id}");
        await sandbox.Server.WaitForDeliveriesAsync(Token);
        Assert.Equal(2, receiver.All.Count);
    }

    [Fact]
    public async Task Events_name_the_request_and_its_key()
    {
        await using var sandbox = await TestSandbox.StartAsync();
        var answer = await sandbox.SendAsync(HttpMethod.Post, "/v1/customers", ["name=Ada"], "key-7");
        var recorded = (await sandbox.EventsAsync()).Single();
        Assert.Equal(answer.Header("Request-Id"), Answered.At(recorded, "request.id").GetString());
        Assert.Equal("key-7", Answered.At(recorded, "request.idempotency_key").GetString());
        Assert.Equal("2026-10-28.endive", recorded.GetProperty("api_version").GetString());
    }

    [Fact]
    public async Task Events_are_kept_for_thirty_days_and_filtered()
    {
        await using var sandbox = await TestSandbox.StartAsync();
        await sandbox.PostAsync("/v1/customers", "name=Ada");
        await sandbox.PostAsync("/v1/products", "name=Team");
        Assert.Single((await sandbox.GetAsync("/v1/events", "types[]=product.created", "types[]=price.created")).Data);
        Assert.Single((await sandbox.GetAsync("/v1/events", "type=customer.*")).Data);
        await sandbox.RefusedAsync(400, HttpMethod.Get, "/v1/events", "type=a", "types[]=b");
        var id = (await sandbox.GetAsync("/v1/events")).Ids[0];
        await sandbox.AdvanceAsync(TimeSpan.FromDays(31));
        Assert.Empty((await sandbox.GetAsync("/v1/events")).Data);
        await sandbox.RefusedAsync(404, HttpMethod.Get, $"/v1/events/{id}");
    }

    private static Task<Answered> EndpointAsync(TestSandbox sandbox, string url, string enabled) =>
        sandbox.PostAsync("/v1/webhook_endpoints", $"url={url}", $"enabled_events[]={enabled}");

    private static (string Time, string Signature) Parse(string header)
    {
        var parts = header.Split(',').Select(part => part.Split('=', 2)).ToDictionary(part => part[0], part => part[1]);
        return (parts["t"], parts["v1"]);
    }
}
