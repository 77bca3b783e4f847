using System.Net.WebSockets;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Threading.Channels;
using Tollgate.Sandbox.Wire;

namespace Tollgate.Sandbox.Listen;

/// <summary>
/// The web socket of one <c>stripe logs tail</c>: each API request that ends goes out as a text frame.
/// </summary>
internal sealed class LogTail(RequestLog log, LogFilter filter)
{
    private const int MaxWaiting = 1000;
    private readonly Channel<LoggedRequest> outgoing = Channel.CreateBounded<LoggedRequest>(
        new BoundedChannelOptions(MaxWaiting) { FullMode = BoundedChannelFullMode.DropOldest }
    );

    /// <summary>Runs until the other side hangs up or the token is canceled.</summary>
    public async Task RunAsync(Func<Task<WebSocket>> accept, CancellationToken cancellationToken)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        // Before the other side knows that it is connected: what comes right after is meant for it.
        log.Follow(Take);
        try
        {
            using var socket = await accept();
            var writing = WriteAllAsync(socket, either.Token);
            await ReadToEndAsync(socket, cancellationToken);
            await either.CancelAsync();
            await writing;
        }
        finally
        {
            log.Leave(Take);
        }
    }

    private static async Task ReadToEndAsync(WebSocket socket, CancellationToken cancellationToken)
    {
        try
        {
            var buffer = new byte[1024];
            while (true)
            {
                var part = await socket.ReceiveAsync(buffer.AsMemory(), cancellationToken);
                if (part.MessageType == WebSocketMessageType.Close)
                {
                    await socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, cancellationToken);
                    return;
                }
            }
        }
        catch (Exception error) when (error is WebSocketException or OperationCanceledException)
        {
            // Hung up without a farewell.
            socket.Abort();
        }
    }

    private static byte[] Frame(LoggedRequest entry)
    {
        var payload = new JsonObject
        {
            ["created_at"] = entry.At.ToUnixTimeSeconds(),
            ["error"] = Error(entry),
            ["livemode"] = false,
            ["method"] = entry.Method,
            ["request_id"] = entry.Id,
            ["status"] = entry.Status ?? 0,
            ["url"] = entry.Target,
        };
        return JsonSerializer.SerializeToUtf8Bytes(
            new JsonObject
            {
                ["type"] = "request_log_event",
                ["event_payload"] = payload.ToJsonString(),
                ["request_log_id"] = $"reslog_{entry.Id}",
            }
        );
    }

    /// <summary>What the command line shows of a refusal, or nothing.</summary>
    private static JsonObject Error(LoggedRequest entry)
    {
        var shown = new JsonObject();
        if (entry.Status is not >= 400)
        {
            return shown;
        }

        var error = JsonNode.Parse(entry.AnswerText)?["error"];
        foreach (var name in (string[])["type", "charge", "code", "decline_code", "message", "param"])
        {
            if (error?[name] is JsonValue value)
            {
                shown[name] = LoggedRequest.Masked(value.ToString());
            }
        }

        return shown;
    }

    private void Take(LoggedRequest entry)
    {
        if (filter.Wants(entry))
        {
            outgoing.Writer.TryWrite(entry);
        }
    }

    private async Task WriteAllAsync(WebSocket socket, CancellationToken cancellationToken)
    {
        try
        {
            await foreach (var entry in outgoing.Reader.ReadAllAsync(cancellationToken))
            {
                await socket.SendAsync(Frame(entry), WebSocketMessageType.Text, true, cancellationToken);
            }
        }
        catch (Exception error) when (error is WebSocketException or OperationCanceledException)
        {
            // The reading side ends as well.
            socket.Abort();
        }
    }
}
