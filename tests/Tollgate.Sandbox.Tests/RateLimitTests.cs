using System.Net;
using Tollgate.Sandbox.Tests.Support;

namespace Tollgate.Sandbox.Tests;

/// <summary>Too much at once is answered 429, with the reason in a header.</summary>
public sealed class RateLimitTests
{
    private static readonly DateTimeOffset Start = new(2026, 11, 1, 0, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task Request_beyond_25_in_a_second_is_refused_until_the_second_is_over()
    {
        var watch = new StoppedWatch();
        await using var sandbox = await TestSandbox.StartAsync(new() { Machine = watch, RateLimits = new() });
        for (var count = 0; count < 25; count++)
        {
            await sandbox.GetAsync("/v1/customers");
        }

        var refused = await sandbox.RefusedAsync(429, HttpMethod.Get, "/v1/products");
        Assert.Equal("global-rate", refused.Header("Stripe-Rate-Limited-Reason"));
        Assert.Equal("rate_limit", refused["error.code"]);
        watch.Advance(TimeSpan.FromSeconds(1));
        await sandbox.GetAsync("/v1/products");
    }

    [Fact]
    public async Task Refused_request_leaves_no_trace_of_its_key()
    {
        var watch = new StoppedWatch();
        var limits = new RateLimits { RequestsPerSecond = 1 };
        await using var sandbox = await TestSandbox.StartAsync(new() { Machine = watch, RateLimits = limits });
        await sandbox.GetAsync("/v1/customers");
        var refused = await sandbox.SendAsync(HttpMethod.Post, "/v1/customers", ["name=Ada"], "key-1");
        Assert.Equal(HttpStatusCode.TooManyRequests, refused.Status);
        watch.Advance(TimeSpan.FromSeconds(1));
        var made = await sandbox.SendAsync(HttpMethod.Post, "/v1/customers", ["name=Ada"], "key-1");
        Assert.Equal(HttpStatusCode.OK, made.Status);
        Assert.Null(made.Header("Idempotent-Replayed"));
    }

    [Fact]
    public async Task Subscription_takes_ten_new_invoices_in_a_minute()
    {
        await using var sandbox = await StartAsync(new() { RequestsPerSecond = 1000 });
        var subscription = await Some.SubscriptionAsync(sandbox);
        // The first invoice is the one that it began with.
        for (var quantity = 2; quantity <= 10; quantity++)
        {
            await sandbox.PostAsync($"/v1/subscriptions/{subscription.Id}", Seats(subscription, quantity));
        }

        var refused = await sandbox.RefusedAsync(
            429,
            HttpMethod.Post,
            $"/v1/subscriptions/{subscription.Id}",
            Seats(subscription, 11)
        );
        Assert.Equal("resource-specific", refused.Header("Stripe-Rate-Limited-Reason"));
        var after = await sandbox.GetAsync($"/v1/subscriptions/{subscription.Id}");
        Assert.Equal(10, after.Int("items.data.0.quantity"));
        Assert.Equal(10, (await sandbox.GetAsync("/v1/invoices", "limit=100")).Data.Count);
        await sandbox.AdvanceAsync(TimeSpan.FromMinutes(1));
        await sandbox.PostAsync($"/v1/subscriptions/{subscription.Id}", Seats(subscription, 11));
    }

    [Fact]
    public async Task Quantity_changes_so_often_in_an_hour_and_no_more()
    {
        await using var sandbox = await StartAsync(new() { RequestsPerSecond = 1000, QuantityChangesPerHour = 3 });
        var subscription = await Some.SubscriptionAsync(sandbox);
        string[] Form(int quantity) =>
            [
                $"items[0][id]={subscription["items.data.0.id"]}",
                $"items[0][quantity]={quantity}",
                "proration_behavior=none",
            ];
        for (var quantity = 2; quantity <= 4; quantity++)
        {
            await sandbox.PostAsync($"/v1/subscriptions/{subscription.Id}", Form(quantity));
        }

        // What does not change the quantity is not counted.
        await sandbox.PostAsync($"/v1/subscriptions/{subscription.Id}", Form(4));
        await sandbox.RefusedAsync(429, HttpMethod.Post, $"/v1/subscriptions/{subscription.Id}", Form(5));
        await sandbox.AdvanceAsync(TimeSpan.FromHours(1));
        await sandbox.PostAsync($"/v1/subscriptions/{subscription.Id}", Form(5));
    }

    [Fact]
    public async Task Changes_of_single_items_count_as_changes_of_their_subscription()
    {
        await using var sandbox = await StartAsync(new() { RequestsPerSecond = 1000, QuantityChangesPerHour = 3 });
        var subscription = await Some.SubscriptionAsync(sandbox);
        var item = $"/v1/subscription_items/{subscription["items.data.0.id"]}";
        var price = await Some.PriceAsync(sandbox, 700);
        var added = await sandbox.PostAsync(
            "/v1/subscription_items",
            $"subscription={subscription.Id}",
            $"price={price}"
        );
        await sandbox.PostAsync(item, "quantity=4", "proration_behavior=none");
        await sandbox.DeleteAsync($"/v1/subscription_items/{added.Id}");
        var refused = await sandbox.RefusedAsync(429, HttpMethod.Post, item, "quantity=5");
        Assert.Equal("resource-specific", refused.Header("Stripe-Rate-Limited-Reason"));
        Assert.Equal("rate_limit", refused["error.code"]);
        Assert.Equal(4, (await sandbox.GetAsync(item)).Int("quantity"));
    }

    [Fact]
    public async Task Nothing_is_limited_unless_asked_for()
    {
        await using var sandbox = await TestSandbox.StartAsync(new() { Machine = new StoppedWatch() });
        for (var count = 0; count < 60; count++)
        {
            await sandbox.GetAsync("/v1/customers");
        }
    }

    private static Task<TestSandbox> StartAsync(RateLimits limits) =>
        TestSandbox.StartAsync(new() { Machine = new FrozenTime(Start), RateLimits = limits });

    private static string[] Seats(Answered subscription, int quantity) =>
        [
            $"items[0][id]={subscription["items.data.0.id"]}",
            $"items[0][quantity]={quantity}",
            "proration_behavior=always_invoice",
        ];

    /// <summary>A machine whose stop watch moves by hand; FakeTimeProvider would stop its timers, too.</summary>
    private sealed class StoppedWatch : TimeProvider
    {
        private long ticks;

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override DateTimeOffset GetUtcNow() => Start;

        public override long GetTimestamp() => Interlocked.Read(ref ticks);

        public void Advance(TimeSpan by) => Interlocked.Add(ref ticks, by.Ticks);
    }
}
