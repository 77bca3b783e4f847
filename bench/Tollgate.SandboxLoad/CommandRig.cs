using System.Text.Json.Nodes;
using Tollgate.Sandbox;
using Tollgate.Sandbox.Http;
using Tollgate.Sandbox.State;
using Tollgate.Sandbox.Time;
using Tollgate.Sandbox.Webhooks;

namespace Tollgate.SandboxLoad;

/// <summary>The Sandbox's command loop without a server in front: what a route costs, and no HTTP.</summary>
internal sealed class CommandRig : IAsyncDisposable
{
    private const string BaseUrl = "http://127.0.0.1";
    private readonly CancellationTokenSource stop = new();
    private readonly Dispatcher dispatcher = new(TimeProvider.System);
    private readonly Journal? journal;
    private readonly CommandLoop loop;
    private readonly Task running;
    private string price = "";

    public CommandRig(string? folder = null)
    {
        var state = new SandboxState { BaseUrl = BaseUrl };
        journal = folder is null ? null : Journal.Open(folder, state, out _);
        loop = new CommandLoop(state, new SandboxOptions(), new SandboxClock(TimeProvider.System), journal, dispatcher);
        running = Task.Run(() => loop.RunUntilAsync(stop.Token));
    }

    /// <summary>The price that all subscriptions have.</summary>
    public async Task AddPriceAsync()
    {
        var product = await SendAsync("POST", "/v1/products", "name=Team");
        price = (string)
            (
                await SendAsync(
                    "POST",
                    "/v1/prices",
                    $"product={(string)product["id"]!}&currency=usd&unit_amount=2000&recurring[interval]=month"
                )
            )["id"]!;
    }

    public async Task<JsonObject> SubscribeAsync()
    {
        var customer = await SendAsync("POST", "/v1/customers", Forms.Customer);
        return await SendAsync("POST", "/v1/subscriptions", Forms.Subscription((string)customer["id"]!, price));
    }

    public Task AdvanceAsync(TimeSpan by) => loop.AdvanceToAsync(now => now + by);

    public Task<JsonObject> SendAsync(string method, string path, string form)
    {
        var (route, ids) = RouteTable.Match(method, path);
        return loop.RunAsync(tx =>
        {
            var input = ParamBinding.Bind(FormNode.Parse(form), route.Known);
            var answer = route.Handle(new Call(tx, input, ids, BaseUrl, path));
            return Rendering.Publish(answer.Body);
        });
    }

    public async ValueTask DisposeAsync()
    {
        await dispatcher.DisposeAsync();
        await stop.CancelAsync();
        await running;
        journal?.Dispose();
        loop.Dispose();
        stop.Dispose();
    }
}
