using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Tollgate.Sandbox.Engine;
using Tollgate.Sandbox.Wire;

namespace Tollgate.Sandbox.Listen;

/// <summary>
/// <c>/subscribe/*</c>: the web socket that <c>stripe listen</c> or <c>stripe logs tail</c> opens for its session.
/// </summary>
internal sealed class ListenEndpoint(
    CommandLoop loop,
    ListenSessions sessions,
    RequestLog log,
    CancellationToken stopping
)
{
    private const string Protocol = "stripecli-devproxy-v1";

    public async Task HandleAsync(HttpContext context)
    {
        var id = context.Request.Headers["Websocket-Id"].ToString();
        var session = await loop.RunAsync(
            tx => tx.Find(ListenSessionRoutes.Kind, id),
            cancellationToken: context.RequestAborted
        );
        if (session is null)
        {
            // The command line makes a new session when it reads these words.
            await RefuseAsync(context, "Unknown WebSocket ID.");
            return;
        }

        if (
            !context.WebSockets.IsWebSocketRequest
            || !context.WebSockets.WebSocketRequestedProtocols.Contains(Protocol, StringComparer.Ordinal)
        )
        {
            await RefuseAsync(context, $"This is a web socket of the protocol {Protocol}.");
            return;
        }

        using var ending = CancellationTokenSource.CreateLinkedTokenSource(stopping, context.RequestAborted);
        if (session.TextOrNull("feature") == ListenSessionRoutes.RequestLogs)
        {
            var tail = new LogTail(log, LogFilter.Parse(session.TextOrNull("filters")));
            await tail.RunAsync(() => context.WebSockets.AcceptWebSocketAsync(Protocol), ending.Token);
            return;
        }

        await ListenAsync(context, id, ending.Token);
    }

    private async Task ListenAsync(HttpContext context, string id, CancellationToken ending)
    {
        // Before the other side knows that it is connected: what happens right after is meant for it.
        var listener = await sessions.ConnectAsync(id);
        try
        {
            using var socket = await context.WebSockets.AcceptWebSocketAsync(Protocol);
            await listener.RunAsync(socket, ending);
        }
        finally
        {
            if (!stopping.IsCancellationRequested)
            {
                await sessions.HangUpAsync(id, listener);
            }
        }
    }

    private static Task RefuseAsync(HttpContext context, string message)
    {
        var refusal = new StripeException(400, "invalid_request_error", message);
        context.Response.StatusCode = refusal.Status;
        context.Response.ContentType = "application/json";
        JsonObject body = refusal.ToJson();
        return context.Response.Body.WriteAsync(Rendering.ToBytes(body), context.RequestAborted).AsTask();
    }
}
