using System.Threading.Channels;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Tollgate.Tests.Stripe;

/// <summary>
/// A server on a free loopback port that answers what the test says, in that order. It is no Stripe: it is there for
/// what can go wrong with a connection.
/// </summary>
internal sealed class ScriptedServer : IAsyncDisposable
{
    private readonly WebApplication app;
    private readonly Channel<Received> received = Channel.CreateUnbounded<Received>();
    private readonly Channel<RequestDelegate> script = Channel.CreateUnbounded<RequestDelegate>();

    private ScriptedServer()
    {
        var builder = WebApplication.CreateEmptyBuilder(new());
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        app = builder.Build();
        app.Run(Serve);
    }

    public Uri Address => new(app.Urls.Single());

    public static async Task<ScriptedServer> Start(CancellationToken cancellationToken)
    {
        var server = new ScriptedServer();
        await server.app.StartAsync(cancellationToken);
        return server;
    }

    public ScriptedServer Answers(int status, string body, params (string Name, string Value)[] headers) =>
        Does(async context =>
        {
            context.Response.StatusCode = status;
            context.Response.Headers["Request-Id"] = "req_scripted";
            foreach (var (name, value) in headers)
            {
                context.Response.Headers[name] = value;
            }

            await context.Response.WriteAsync(body, context.RequestAborted);
        });

    /// <summary>Takes the request and says nothing until the client goes.</summary>
    public ScriptedServer Hangs() =>
        Does(context =>
        {
            var gone = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            context.RequestAborted.Register(gone.SetResult);
            return gone.Task;
        });

    public ScriptedServer BreaksTheConnection() =>
        Does(context =>
        {
            context.Abort();
            return Task.CompletedTask;
        });

    /// <summary>The next request that came, waiting for it if need be.</summary>
    public ValueTask<Received> Next(CancellationToken cancellationToken) =>
        received.Reader.ReadAsync(cancellationToken);

    /// <summary>Requests that came and were not looked at.</summary>
    public int Unseen => received.Reader.Count;

    public ValueTask DisposeAsync() => app.DisposeAsync();

    private ScriptedServer Does(RequestDelegate step)
    {
        Assert.True(script.Writer.TryWrite(step));
        return this;
    }

    private async Task Serve(HttpContext context)
    {
        using var body = new StreamReader(context.Request.Body);
        var request = new Received(
            context.Request.Method,
            $"{context.Request.Path}{context.Request.QueryString}",
            context.Request.Headers.ToDictionary(header => header.Key, header => header.Value.ToString()),
            await body.ReadToEndAsync(context.RequestAborted)
        );
        await received.Writer.WriteAsync(request, context.RequestAborted);
        if (script.Reader.TryRead(out var step))
        {
            await step(context);
        }
        else
        {
            context.Response.StatusCode = StatusCodes.Status418ImATeapot; // more requests than the test foresaw
        }
    }
}

internal sealed record Received(string Method, string Target, Dictionary<string, string> Headers, string Body)
{
    public string? Header(string name) => Headers.GetValueOrDefault(name);
}
