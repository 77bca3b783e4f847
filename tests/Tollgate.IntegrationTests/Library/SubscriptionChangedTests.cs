using System.Collections.Concurrent;
using Microsoft.Extensions.DependencyInjection;
using Tollgate.Subscriptions;
using Tollgate.Testing;

namespace Tollgate.IntegrationTests.Library;

public sealed class SubscriptionChangedTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_host_receives_each_change_with_before_after_and_cause()
    {
        await using var app = await StartAsync();
        await app.BuyAsync();

        var bought = await ReceivedAsync(app, change => change is { PlanBefore: "free", PlanAfter: "team" });
        Assert.Equal((LibraryApp.Acme, 2), (bought.Account, bought.After.Seats));
        Assert.Equal(LibraryApp.Acme, bought.Before.AccountId);
        Assert.Equal($"acme:{bought.After.Version}", bought.Id);
        Assert.Equal(SubscriptionStatus.Active, bought.After.Status);
        Assert.NotEmpty(bought.Cause);

        var until = app.Sandbox.Clock.GetUtcNow().AddDays(1);
        await app.Service<SetOverride>().RunAsync(LibraryApp.Acme, "business", "sam", "a try", until, Token);
        var given = await ReceivedAsync(app, change => change is { PlanBefore: "team", PlanAfter: "business" });
        Assert.Equal("override by sam: a try", given.Cause);
        Assert.True(given.After.Version > bought.After.Version);
    }

    [Fact]
    public async Task A_change_whose_dispatch_failed_is_retried_under_the_same_id_and_holds_up_no_other_handler()
    {
        await using var app = await StartAsync();
        app.Service<ReceivedChanges>().FailuresLeft = 1;
        await app.BuyAsync();

        var first = await ReceivedAsync(app, change => change.PlanAfter == "team", isSecondHandler: true);
        var again = await ReceivedAsync(app, change => change.Id == first.Id);
        Assert.Equal(first.At, again.At);
        Assert.Equal(0, app.Service<ReceivedChanges>().FailuresLeft);
    }

    [Fact]
    public async Task A_change_whose_dispatch_always_fails_is_dead_after_ten_times_with_an_alert_and_still_holds()
    {
        await using var app = await StartAsync();
        app.Service<ReceivedChanges>().FailuresLeft = int.MaxValue;
        await app.BuyAsync();

        await Eventually.Async(
            async () =>
            {
                // the back-off is machine time, which no test waits for
                await app.QueryAsync<object>(
                    "UPDATE billing.outbox SET not_before = clock_timestamp() WHERE state = 'pending'"
                );
                return await app.QueryAsync<long>(
                        "SELECT count(*) FROM billing.alerts WHERE reason = 'effect_dead' AND resolved_at IS NULL"
                    ) > 0;
            },
            ct: Token,
            what: "the change to be given up"
        );

        Assert.Equal(
            10,
            await app.QueryAsync<int>("SELECT max(attempts) FROM billing.outbox WHERE kind = 'subscription_changed'")
        );
        Assert.Equal("team", await app.QueryAsync<string>("SELECT plan FROM billing.subscriptions"));
    }

    private static Task<LibraryApp> StartAsync() =>
        LibraryApp.StartAsync(
            Some.Catalog,
            services =>
                services
                    .AddSingleton<ReceivedChanges>()
                    .OnSubscriptionChanged<Provision>()
                    .OnSubscriptionChanged<ProvisionElsewhere>()
        );

    private static async Task<SubscriptionChange> ReceivedAsync(
        LibraryApp app,
        Func<SubscriptionChange, bool> which,
        bool isSecondHandler = false
    )
    {
        var received = app.Service<ReceivedChanges>();
        var changes = isSecondHandler ? received.Elsewhere : received.Changes;
        await Eventually.Async(() => changes.Any(which), ct: Token, what: "the host to receive it");
        return changes.First(which);
    }

    private sealed class ReceivedChanges
    {
        public ConcurrentQueue<SubscriptionChange> Changes { get; } = new();

        public ConcurrentQueue<SubscriptionChange> Elsewhere { get; } = new();

        public int FailuresLeft { get; set; }
    }

    private sealed class Provision(ReceivedChanges received) : ISubscriptionChangedHandler
    {
        public Task HandleAsync(SubscriptionChange change, CancellationToken cancellationToken)
        {
            if (received.FailuresLeft > 0)
            {
                received.FailuresLeft--;
                throw new InvalidOperationException("No workspace can be had just now.");
            }

            received.Changes.Enqueue(change);
            return Task.CompletedTask;
        }
    }

    private sealed class ProvisionElsewhere(ReceivedChanges received) : ISubscriptionChangedHandler
    {
        public Task HandleAsync(SubscriptionChange change, CancellationToken cancellationToken)
        {
            received.Elsewhere.Enqueue(change);
            return Task.CompletedTask;
        }
    }
}
