using Standalone.Webhooks;
using Tollgate.Outbox;
using Tollgate.Testing;

namespace Tollgate.IntegrationTests.StandaloneService;

/// <summary>
/// What the service tells an app: signed, at least once, again after a failure, and once more on request.
/// </summary>
public sealed class WebhookTests : IAsyncLifetime
{
    private static readonly AccountId Acme = new("acme");
    private ServiceHost service = null!;
    private WebhookReceiver receiver = null!;

    public async ValueTask InitializeAsync()
    {
        service = await ServiceHost.StartAsync();
        receiver = await WebhookReceiver.StartAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await service.DisposeAsync();
        await receiver.DisposeAsync();
    }

    [Fact]
    public async Task A_purchase_is_told_signed_as_standard_webhooks_says()
    {
        var (_, secret) = await AddAsync();
        await service.OpenAsync("acme");
        await service.BuyAsync("acme");

        var changed = await receiver.HearsAsync("subscription.changed");
        Assert.True(changed.IsSignedBy(secret));
        Assert.False(changed.IsSignedBy(WebhookSecrets.Make()));
        var data = changed.Json.GetProperty("data");
        Assert.Equal(
            ("acme", "free", "pro"),
            (
                data.GetProperty("account").GetString(),
                data.GetProperty("from_plan").GetString(),
                data.GetProperty("to_plan").GetString()
            )
        );
        var activated = await receiver.HearsAsync("plan.activated");
        Assert.Equal("pro", activated.Json.GetProperty("data").GetProperty("plan").GetString());
        Assert.NotEqual(changed.Id, activated.Id);
    }

    [Fact]
    public async Task A_reached_limit_is_told_once()
    {
        await AddAsync("--type", "limit.reached");
        foreach (var run in (string[])["a", "b", "c"])
        {
            await service.PostAsync("acme", "reserve", new { meter = "render", key = run });
            await service.PostAsync("acme", "commit", new { meter = "render", key = run });
        }

        var told = await receiver.HearsAsync("limit.reached");
        Assert.Equal(3, told.Json.GetProperty("data").GetProperty("limit").GetInt32());
        await NothingWaitsAsync();
        Assert.Equal(["limit.reached"], receiver.Messages.Select(message => message.Type));
    }

    [Fact]
    public async Task An_effect_that_is_dispatched_twice_is_one_message()
    {
        await AddAsync();
        var effect = new PaymentRecovered("in_1", PaidThrough: null);
        var queue = service.Service<IEnumerable<IEffectHandler>>().OfType<QueueWebhooks>().Single();
        await queue.HandleAsync(Acme, effect, TestContext.Current.CancellationToken);
        await queue.HandleAsync(Acme, effect, TestContext.Current.CancellationToken);

        await receiver.HearsAsync("payment.recovered");
        await NothingWaitsAsync();
        Assert.Single(receiver.Messages);
    }

    [Fact]
    public async Task What_was_not_taken_is_sent_again_under_the_same_id()
    {
        await AddAsync();
        receiver.Status = 500;
        await TellAsync("in_1");
        var first = await receiver.HearsAsync("payment.recovered");
        receiver.Status = 204;

        var second = await receiver.HearsAsync("payment.recovered", times: 2);

        Assert.Equal((first.Id, first.Body), (second.Id, second.Body));
        await NothingWaitsAsync();
        Assert.Equal("done", await StateAsync());
    }

    [Fact]
    public async Task What_is_never_taken_is_given_up_after_ten_attempts_and_replayed_by_command()
    {
        await AddAsync();
        receiver.Status = 500;
        await TellAsync("in_1");
        await receiver.HearsAsync("payment.recovered");
        await service.QueryAsync<object>(
            "UPDATE standalone.webhook_deliveries SET attempts = 9, not_before = now() WHERE attempts = 1"
        );
        await Eventually.Async(
            async () => await StateAsync() == "dead",
            ct: TestContext.Current.CancellationToken,
            what: "the delivery to be given up"
        );
        var listed = await service.JsonCommandAsync("webhooks", "deliveries", "--state", "dead");
        Assert.Equal(10, listed[0].GetProperty("attempts").GetInt32());
        Assert.Equal("status 500", listed[0].GetProperty("last_error").GetString());

        receiver.Status = 204;
        await service.JsonCommandAsync("webhooks", "replay", "--dead");

        await Eventually.Async(
            async () => await StateAsync() == "done",
            ct: TestContext.Current.CancellationToken,
            what: "the replay to arrive"
        );
        Assert.Single(receiver.Messages.Select(message => message.Id).Distinct());
        Assert.Equal(1, (await service.CommandAsync("webhooks", "replay", "--dead")).Code);
        Assert.Equal(2, (await service.CommandAsync("webhooks", "replay")).Code);
    }

    [Fact]
    public async Task An_endpoint_that_is_gone_is_told_nothing_any_more()
    {
        await AddAsync();
        receiver.Status = 410;
        await TellAsync("in_1");
        await receiver.HearsAsync("payment.recovered");
        await Eventually.Async(
            async () =>
                await service.QueryAsync<DateTime?>("SELECT ended_at FROM standalone.webhook_endpoints") != null,
            ct: TestContext.Current.CancellationToken,
            what: "the endpoint to be ended"
        );

        await TellAsync("in_2");
        Assert.Equal(1, await service.QueryAsync<long>("SELECT count(*) FROM standalone.webhook_deliveries"));
    }

    [Fact]
    public async Task While_a_secret_is_rotated_both_sign_and_neither_is_kept_in_plain()
    {
        var (id, former) = await AddAsync();
        var rotated = await service.JsonCommandAsync("webhooks", "rotate", id);
        var secret = rotated.GetProperty("secret").GetString()!;
        await service.JsonCommandAsync("webhooks", "test", id);

        var test = await receiver.HearsAsync("webhook.test");
        Assert.True(test.IsSignedBy(former));
        Assert.True(test.IsSignedBy(secret));
        var kept = await service.QueryAsync<string>("SELECT secret || former_secret FROM standalone.webhook_endpoints");
        Assert.DoesNotContain(secret["whsec_".Length..], kept, StringComparison.Ordinal);
        Assert.DoesNotContain(former["whsec_".Length..], kept, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Only_addresses_that_can_be_trusted_are_taken()
    {
        var (code, output) = await service.CommandAsync("webhooks", "add", "http://elsewhere.example/hooks");

        Assert.Equal(2, code);
        Assert.Contains("https", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Of_a_closed_account_only_what_waits_stays()
    {
        await AddAsync();
        await service.OpenAsync("acme", seats: 2);
        await TellAsync("in_1");
        await receiver.HearsAsync("payment.recovered");
        await NothingWaitsAsync();

        using var closed = await service.Server.DeleteAsync(
            ServiceHost.Of("acme", ""),
            TestContext.Current.CancellationToken
        );

        Assert.True(closed.IsSuccessStatusCode);
        Assert.Equal(0, await service.QueryAsync<long>("SELECT count(*) FROM standalone.webhook_deliveries"));
        Assert.Equal(0, await service.QueryAsync<long>("SELECT count(*) FROM standalone.seats_in_use"));
    }

    private async Task<(string Id, string Secret)> AddAsync(params string[] options)
    {
        var added = await service.JsonCommandAsync(["webhooks", "add", receiver.Address.AbsoluteUri, .. options]);
        return (added.GetProperty("id").GetString()!, added.GetProperty("secret").GetString()!);
    }

    private Task TellAsync(string occurrence) =>
        service
            .Service<IEnumerable<IEffectHandler>>()
            .OfType<QueueWebhooks>()
            .Single()
            .HandleAsync(
                Acme,
                new PaymentRecovered(occurrence, PaidThrough: null),
                TestContext.Current.CancellationToken
            );

    private Task<string?> StateAsync() => service.QueryAsync<string>("SELECT state FROM standalone.webhook_deliveries");

    private Task NothingWaitsAsync() =>
        Eventually.Async(
            async () =>
                await service.QueryAsync<long>(
                    "SELECT count(*) FROM standalone.webhook_deliveries WHERE state = 'waiting'"
                ) == 0
                && await service.QueryAsync<long>("SELECT count(*) FROM billing.outbox WHERE state = 'pending'") == 0,
            what: "nothing to wait"
        );
}
