using System.Text.Json.Nodes;
using Tollgate.Sandbox;
using Tollgate.Sandbox.Engine;
using Tollgate.Sandbox.Server;
using Tollgate.Sandbox.Wire;

namespace Tollgate.SandboxLoad;

/// <summary>The Sandbox's command loop without a server in front: what a route costs, and no HTTP.</summary>
internal sealed class CommandRig : IAsyncDisposable
{
    private const string BaseUrl = "http://127.0.0.1";
    private readonly RunningLoop running = new(
        StoredKinds.NewState(BaseUrl),
        new SandboxOptions(),
        new SandboxClock(TimeProvider.System),
        journal: null
    );

    private readonly Queue<string> waiting = new();
    private string price = "";

    public string LastCustomer { get; private set; } = "";

    /// <summary>The price that all subscriptions have.</summary>
    public async Task AddPriceAsync()
    {
        var product = await SendAsync("POST", "/v1/products", "name=Team");
        price = Read(await SendAsync("POST", "/v1/prices", Forms.Price(Read(product).Id()))).Id();
    }

    /// <summary>Makes so many customers with a card, one after another; they wait for a subscription.</summary>
    public async Task AddCustomersAsync(int count)
    {
        for (var i = 0; i < count; i++)
        {
            waiting.Enqueue(Read(await SendAsync("POST", "/v1/customers", Forms.Customer)).Id());
        }
    }

    /// <summary>Gives each customer that waits a subscription, and returns the last.</summary>
    public async Task<JsonObject> SubscribeAsync()
    {
        byte[] subscription = [];
        while (waiting.TryDequeue(out var customer))
        {
            LastCustomer = customer;
            subscription = await SendAsync("POST", "/v1/subscriptions", Forms.Subscription(customer, price));
        }

        return Read(subscription);
    }

    public Task AdvanceAsync(TimeSpan by) => running.Loop.AdvanceToAsync(now => now + by);

    /// <summary>The bytes of the answer.</summary>
    public Task<byte[]> SendAsync(string method, string path, string form)
    {
        var (route, ids) = SandboxApi.Surface.Routes.Match(method, path);
        return running.Loop.RunAsync(tx =>
        {
            var input = ParamBinding.Bind(FormNode.Parse(form), route.Known);
            var answer = route.Handle(new Call(tx, input, ids, BaseUrl, path));
            return Rendering.ToBytes(answer.Body);
        });
    }

    public ValueTask DisposeAsync() => running.DisposeAsync();

    private static JsonObject Read(byte[] answer) => (JsonObject)JsonNode.Parse(answer)!;
}
