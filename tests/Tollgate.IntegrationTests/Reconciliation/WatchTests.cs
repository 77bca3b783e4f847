using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Time.Testing;
using Tollgate.Reconciliation;
using Tollgate.Settings;
using Tollgate.Stripe;
using Tollgate.Telemetry;

namespace Tollgate.IntegrationTests.Reconciliation;

public sealed class WatchTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    [Trait("decision", "W7")]
    [Trait("liveness", "L02")]
    public async Task Parked_for_over_seven_days_has_an_alert_until_its_customer_is_known()
    {
        await using var hydra = await HydraHost.StartAsync();
        await hydra.QueryAsync<object>(
            """
            INSERT INTO billing.inbox_receipts (event_id, type, customer_id, received_at, state, reason, not_before)
            VALUES ('evt_old', 'invoice.paid', 'cus_nobody', clock_timestamp() - interval '8 days', 'parked',
                'unknown_account', clock_timestamp())
            """
        );
        var watch = ActivatorUtilities.CreateInstance<Watch>(hydra.Service<IServiceProvider>());

        await watch.CheckAsync(Token);
        await watch.CheckAsync(Token);
        Assert.Equal(1L, await hydra.QueryAsync<long>("SELECT count(*) FROM billing.alerts"));
        Assert.Equal(0L, await hydra.QueryAsync<long>(SampleEvents.WithoutAlert));

        await hydra.QueryAsync<object>("UPDATE billing.inbox_receipts SET state = 'applied'");
        await watch.CheckAsync(Token);
        Assert.Equal(0L, await hydra.QueryAsync<long>("SELECT count(*) FROM billing.alerts WHERE resolved_at IS NULL"));
    }

    [Fact]
    [Trait("fault", "F19")]
    public async Task A_stalled_loop_is_unhealthy_and_has_an_alert()
    {
        await using var hydra = await HydraHost.StartAsync();
        var time = new FakeTimeProvider();
        var heartbeats = new WorkerHeartbeats(time);
        heartbeats.Beat("inbox");
        var services = hydra.Service<IServiceProvider>();
        var health = ActivatorUtilities.CreateInstance<BillingHealth>(services, heartbeats);
        var watch = ActivatorUtilities.CreateInstance<Watch>(services, heartbeats);
        Assert.Equal(HealthStatus.Healthy, (await health.CheckHealthAsync(new(), Token)).Status);

        time.Advance(TimeSpan.FromMinutes(3));

        Assert.Equal(HealthStatus.Unhealthy, (await health.CheckHealthAsync(new(), Token)).Status);
        await watch.CheckAsync(Token);
        Assert.Equal(
            "worker_stalled",
            await hydra.QueryAsync<string>("SELECT reason FROM billing.alerts WHERE resolved_at IS NULL")
        );
    }

    [Fact]
    public async Task A_loop_that_comes_round_and_only_fails_is_unhealthy_and_has_an_alert()
    {
        await using var hydra = await HydraHost.StartAsync();
        var time = new FakeTimeProvider();
        var heartbeats = new WorkerHeartbeats(time);
        var services = hydra.Service<IServiceProvider>();
        var health = ActivatorUtilities.CreateInstance<BillingHealth>(services, heartbeats);
        var watch = ActivatorUtilities.CreateInstance<Watch>(services, heartbeats);
        heartbeats.Beat("outbox");
        heartbeats.Fail("outbox", new TimeoutException());
        Assert.Equal(HealthStatus.Healthy, (await health.CheckHealthAsync(new(), Token)).Status);

        time.Advance(TimeSpan.FromMinutes(3));
        heartbeats.Beat("outbox");
        heartbeats.Fail("outbox", new InvalidOperationException());

        var found = await health.CheckHealthAsync(new(), Token);
        Assert.Equal(HealthStatus.Unhealthy, found.Status);
        Assert.Equal("Failing every time: outbox (InvalidOperationException).", found.Description);
        await watch.CheckAsync(Token);
        Assert.Equal(
            "worker_only_fails",
            await hydra.QueryAsync<string>("SELECT reason FROM billing.alerts WHERE resolved_at IS NULL")
        );

        heartbeats.Succeed("outbox");
        Assert.Equal(HealthStatus.Healthy, (await health.CheckHealthAsync(new(), Token)).Status);
        await watch.CheckAsync(Token);
        Assert.Equal(0L, await hydra.QueryAsync<long>("SELECT count(*) FROM billing.alerts WHERE resolved_at IS NULL"));
    }

    [Fact]
    [Trait("fault", "F19")]
    [Trait("decision", "W8")]
    public async Task Events_that_a_living_worker_does_not_take_are_unhealthy_and_those_behind_others_are_not()
    {
        await using var hydra = await HydraHost.StartAsync("--BILLING_ENABLED=false");
        await hydra.QueryAsync<object>(
            """
            INSERT INTO billing.inbox_receipts (event_id, type, customer_id, received_at, state, not_before)
            SELECT 'evt_untaken', 'invoice.paid', 'cus_1', long_ago, 'received', long_ago
            FROM (SELECT clock_timestamp() - interval '3 minutes' AS long_ago) AS time
            """
        );
        var time = new FakeTimeProvider();
        var heartbeats = new WorkerHeartbeats(time);
        var on = new BillingSwitch(new TollgateOptions());
        var health = new BillingHealth(hydra.Database, heartbeats, on, hydra.Service<StripeClient>());
        Assert.Equal(HealthStatus.Degraded, (await health.CheckHealthAsync(new(), Token)).Status);

        time.Advance(TimeSpan.FromMinutes(3));
        Assert.Equal(HealthStatus.Unhealthy, (await health.CheckHealthAsync(new(), Token)).Status);
        on.Apply(isOn: false);
        Assert.Equal(HealthStatus.Healthy, (await health.CheckHealthAsync(new(), Token)).Status);
        on.Apply(isOn: true);
        heartbeats.Tried();
        Assert.Equal(HealthStatus.Degraded, (await health.CheckHealthAsync(new(), Token)).Status);

        time.Advance(TimeSpan.FromMinutes(3));
        // Stripe was away when it was tried: it is tried again later, and the node goes on serving
        await hydra.QueryAsync<object>(
            """
            UPDATE billing.inbox_receipts
            SET state = 'waiting', attempts = 7, not_before = clock_timestamp() + interval '5 minutes'
            """
        );
        Assert.Equal(HealthStatus.Degraded, (await health.CheckHealthAsync(new(), Token)).Status);
    }
}
