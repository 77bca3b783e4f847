using System.Collections.Concurrent;
using System.Net;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Tollgate.Sandbox.Tests.Support;

/// <summary>A webhook that was received.</summary>
internal sealed record Received(string Signature, byte[] Body)
{
    public string EventId => Root.GetProperty("id").GetString()!;

    public string Type => Root.GetProperty("type").GetString()!;

    public JsonElement Root { get; } = JsonDocument.Parse(Body).RootElement;
}

/// <summary>A webhook endpoint on a free port that keeps what it gets and answers as set.</summary>
internal sealed class Receiver : IAsyncDisposable
{
    private readonly WebApplication app;

    private Receiver(WebApplication app) => this.app = app;

    public ConcurrentQueue<Received> All { get; } = [];

    public string Url { get; private set; } = "";

    /// <summary>The status for each delivery, given how many came before it.</summary>
    public Func<int, int> Answer { get; set; } = static _ => 200;

    public static async Task<Receiver> StartAsync()
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        var receiver = new Receiver(builder.Build());
        receiver.app.Run(receiver.ReceiveAsync);
        await receiver.app.StartAsync(TestContext.Current.CancellationToken);
        var addresses = receiver.app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!;
        receiver.Url = addresses.Addresses.Single() + "/hooks";
        return receiver;
    }

    public ValueTask DisposeAsync() => app.DisposeAsync();

    private async Task ReceiveAsync(HttpContext context)
    {
        using var copy = new MemoryStream();
        await context.Request.Body.CopyToAsync(copy, context.RequestAborted);
        var before = All.Count;
        All.Enqueue(new Received(context.Request.Headers["Stripe-Signature"].ToString(), copy.ToArray()));
        context.Response.StatusCode = Answer(before);
        await context.Response.WriteAsync("ok", Encoding.UTF8, context.RequestAborted);
    }
}
