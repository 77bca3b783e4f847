using Tollgate.Sandbox.Chaos;
using Tollgate.Sandbox.Tests.Support;

namespace Tollgate.Sandbox.Tests;

/// <summary>Faults on request, of events and of their deliveries.</summary>
public sealed class ChaosEventTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Dropped_delivery_never_comes_and_its_event_stays_undelivered()
    {
        await using var world = await ChaosWorld.StartAsync();
        world.Chaos.Add(new ChaosRule(Fault.Drop) { EventTypes = ["customer.created"], Times = 1 });
        await world.CustomersAsync(2);
        await world.SettleAsync();
        var received = Assert.Single(world.Receiver.All);
        var lost = Assert.Single((await world.Sandbox.GetAsync("/v1/events", "delivery_success=false")).Ids);
        Assert.NotEqual(lost, received.EventId);
        var injected = Assert.Single(world.Chaos.Injected);
        Assert.Equal(("customer.created", lost), (injected.What, injected.Id));
        Assert.Equal(1, world.Chaos.Count(Fault.Drop));
    }

    [Fact]
    public async Task Hidden_event_is_neither_delivered_nor_listed()
    {
        await using var world = await ChaosWorld.StartAsync();
        world.Chaos.Add(new ChaosRule(Fault.Hide) { EventTypes = ["customer.*"] });
        await world.CustomersAsync(1);
        await world.Sandbox.PostAsync("/v1/products", "name=Team");
        await world.SettleAsync();
        Assert.Equal("product.created", Assert.Single(world.Receiver.All).Type);
        Assert.Equal(["product.created"], await world.Sandbox.EventTypesAsync());
        Assert.Equal(1, world.Chaos.Count(Fault.Hide));
    }

    [Fact]
    public async Task Duplicate_has_the_same_id_and_a_clone_another()
    {
        await using var world = await ChaosWorld.StartAsync();
        var rule = world.Chaos.Add(new ChaosRule(Fault.Duplicate));
        await world.CustomersAsync(1);
        await world.SettleAsync();
        Assert.Equal(2, world.Receiver.All.Count);
        Assert.Single(world.Receiver.All.Select(one => one.EventId).Distinct(StringComparer.Ordinal));
        Assert.Empty((await world.Sandbox.GetAsync("/v1/events", "delivery_success=false")).Data);
        Assert.True(world.Chaos.Remove(rule.Id));
        Assert.False(world.Chaos.Remove(rule.Id));
        world.Chaos.Add(new ChaosRule(Fault.Clone));
        await world.CustomersAsync(1);
        await world.SettleAsync();
        var duplicates = world.Receiver.All.Skip(2).ToList();
        Assert.Equal(2, duplicates.Select(one => one.EventId).Distinct(StringComparer.Ordinal).Count());
        Assert.Single(duplicates.Select(one => Answered.At(one.Root, "data.object.id").GetString()).Distinct());
        Assert.Equal(3, (await world.Sandbox.EventsAsync()).Count);
    }

    [Fact]
    public async Task Delayed_delivery_waits_for_its_time()
    {
        await using var world = await ChaosWorld.StartAsync();
        world.Chaos.Add(new ChaosRule(Fault.Delay) { By = TimeSpan.FromHours(72), Times = 1 });
        await world.CustomersAsync(2);
        await world.SettleAsync();
        var first = (await world.Sandbox.EventsAsync())[0].GetProperty("id").GetString();
        Assert.NotEqual(first, Assert.Single(world.Receiver.All).EventId);
        await world.Sandbox.AdvanceAsync(TimeSpan.FromHours(72));
        await world.SettleAsync();
        Assert.Equal(first, world.Receiver.All.Last().EventId);
    }

    [Fact]
    public async Task Held_deliveries_go_out_in_the_order_of_the_seed()
    {
        var orders = new List<string>();
        foreach (var seed in (long[])[7, 7, 8, 9, 10])
        {
            await using var world = await ChaosWorld.StartAsync();
            world.Chaos.Reset(seed);
            world.Chaos.Add(new ChaosRule(Fault.Reorder) { Window = 5 });
            await world.CustomersAsync(5);
            await world.SettleAsync();
            var names = world.Receiver.All.Select(one => Answered.At(one.Root, "data.object.name").GetString());
            orders.Add(string.Join(' ', names));
            Assert.Equal(5, world.Receiver.All.Count);
        }

        Assert.Equal(orders[0], orders[1]);
        Assert.True(orders.Distinct(StringComparer.Ordinal).Count() > 1, string.Join('\n', orders));
    }

    [Fact]
    public async Task Window_that_does_not_fill_is_let_go_when_somebody_waits()
    {
        await using var world = await ChaosWorld.StartAsync();
        world.Chaos.Add(new ChaosRule(Fault.Reorder) { Window = 100 });
        await world.CustomersAsync(3);
        await world.SettleAsync();
        Assert.Equal(3, world.Receiver.All.Count);
    }

    [Fact]
    public async Task Other_version_has_the_period_at_the_top_and_not_on_the_items()
    {
        await using var world = await ChaosWorld.StartAsync();
        world.Chaos.Add(new ChaosRule(Fault.OtherVersion));
        world.Chaos.Add(new ChaosRule(Fault.LiveMode) { EventTypes = ["invoice.paid"] });
        await Some.SubscriptionAsync(world.Sandbox);
        await world.SettleAsync();
        var created = world.Receiver.All.Single(one => one.Type == "customer.subscription.created").Root;
        Assert.Equal("2024-06-20", created.GetProperty("api_version").GetString());
        Assert.True(Answered.At(created, "data.object.current_period_end").GetInt64() > 0);
        Assert.False(Answered.At(created, "data.object.items.data.0").TryGetProperty("current_period_end", out _));
        Assert.False(created.GetProperty("livemode").GetBoolean());
        var paid = world.Receiver.All.Single(one => one.Type == "invoice.paid").Root;
        Assert.True(paid.GetProperty("livemode").GetBoolean());
        Assert.StartsWith("sub_", Answered.At(paid, "data.object.subscription").GetString(), StringComparison.Ordinal);
        // The event itself is as ever.
        var listed = (await world.Sandbox.EventsAsync("invoice.paid")).Single();
        Assert.Equal("2026-10-28.endive", listed.GetProperty("api_version").GetString());
    }

    [Fact]
    public async Task Events_of_one_span_are_equally_old()
    {
        await using var world = await ChaosWorld.StartAsync();
        world.Chaos.Add(new ChaosRule(Fault.SameSecond) { By = TimeSpan.FromMinutes(10) });
        await world.CustomersAsync(1);
        await world.Sandbox.AdvanceAsync(TimeSpan.FromMinutes(4));
        await world.CustomersAsync(1);
        var ages = (await world.Sandbox.EventsAsync()).Select(one => one.GetProperty("created").GetInt64());
        Assert.Single(ages.Distinct());
    }

    [Fact]
    public async Task Same_seed_strikes_the_same_requests()
    {
        var runs = new List<string>();
        foreach (var seed in (long[])[1, 1, 2])
        {
            await using var world = await ChaosWorld.StartAsync();
            world.Chaos.Reset(seed);
            world.Chaos.Add(new ChaosRule(Fault.Drop) { Probability = 0.3 });
            world.Chaos.Add(new ChaosRule(Fault.Duplicate) { Probability = 0.5 });
            await world.CustomersAsync(20);
            await world.SettleAsync();
            var names = world.Receiver.All.Select(one => Answered.At(one.Root, "data.object.name").GetString());
            runs.Add(string.Join(' ', names.Order(StringComparer.Ordinal)));
            Assert.InRange(world.Chaos.Count(Fault.Drop), 1, 19);
            Assert.InRange(world.Chaos.Count(Fault.Duplicate), 1, 19);
        }

        Assert.Equal(runs[0], runs[1]);
        Assert.NotEqual(runs[0], runs[2]);
    }

    [Fact]
    public async Task Only_the_customer_named_is_struck_and_a_refused_command_is_not()
    {
        await using var world = await ChaosWorld.StartAsync();
        var struck = (await world.Sandbox.PostAsync("/v1/customers")).Id;
        var spared = (await world.Sandbox.PostAsync("/v1/customers")).Id;
        world.Chaos.Add(new ChaosRule(Fault.Hide) { Customer = struck });
        await world.Sandbox.PostAsync($"/v1/customers/{struck}", "name=Ada");
        await world.Sandbox.PostAsync($"/v1/customers/{spared}", "name=Bea");
        await world.Sandbox.RefusedAsync(400, HttpMethod.Post, $"/v1/customers/{struck}", "nonsense=1");
        await world.SettleAsync();
        var updated = (await world.Sandbox.EventsAsync("customer.updated")).Single();
        Assert.Equal(spared, Answered.At(updated, "data.object.id").GetString());
        Assert.Equal(1, world.Chaos.Count(Fault.Hide));
    }

    /// <summary>A Sandbox whose time is stopped, with a webhook endpoint for all events.</summary>
    private sealed class ChaosWorld(TestSandbox sandbox, Receiver receiver) : IAsyncDisposable
    {
        private int customers;

        public TestSandbox Sandbox => sandbox;

        public Receiver Receiver => receiver;

        public ChaosRules Chaos => sandbox.Server.Chaos;

        public static async Task<ChaosWorld> StartAsync()
        {
            var receiver = await Receiver.StartAsync();
            var machine = new FrozenTime(new DateTimeOffset(2026, 11, 1, 8, 0, 0, TimeSpan.Zero));
            var sandbox = await TestSandbox.StartAsync(new SandboxOptions { Machine = machine, DeliveriesAtOnce = 1 });
            await sandbox.PostAsync("/v1/webhook_endpoints", $"url={receiver.Url}", "enabled_events[]=*");
            return new ChaosWorld(sandbox, receiver);
        }

        public async Task CustomersAsync(int count)
        {
            for (var made = 0; made < count; made++)
            {
                await sandbox.PostAsync("/v1/customers", $"name=c{++customers}");
            }
        }

        public Task SettleAsync() => sandbox.Server.WaitForDeliveriesAsync(Token);

        public async ValueTask DisposeAsync()
        {
            await sandbox.DisposeAsync();
            await receiver.DisposeAsync();
        }
    }
}
