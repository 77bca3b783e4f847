using System.Collections.Concurrent;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Threading.Channels;
using Tollgate.Sandbox.Events;
using Tollgate.Sandbox.Wire;

namespace Tollgate.Sandbox.Listen;

/// <summary>
/// The web socket of one <c>stripe listen</c>: events go out, signed, as text frames; what the command line and the
/// host behind it make of them comes back. It takes events before the socket is open, so that none is missed between.
/// </summary>
internal sealed class ListenSocket(TimeProvider machine, string secret) : IListener
{
    private const int MaxFrameBytes = 8 * 1024 * 1024;

    /// <summary>
    /// Each event goes out twice, as the account's default version (null) and as the latest: the command line drops
    /// the one that it was not asked for (<c>--latest</c>), and acknowledges both.
    /// </summary>
    private const string LatestSuffix = "_latest";
    private readonly Channel<DeliveryAttempt> outgoing = Channel.CreateUnbounded<DeliveryAttempt>();
    private readonly ConcurrentDictionary<string, long> sentAt = new(StringComparer.Ordinal);

    public string Secret => secret;

    /// <summary>Called with the id of each delivery when its frame was written, or never will be.</summary>
    public Action<string> Written { get; init; } = static _ => { };

    /// <summary>Called with each acknowledgement and each answer of the host.</summary>
    public Action<ListenResult> Reported { get; init; } = static _ => { };

    public void Send(DeliveryAttempt attempt)
    {
        if (!outgoing.Writer.TryWrite(attempt))
        {
            Written(attempt.DeliveryId);
        }
    }

    /// <summary>Runs until the other side hangs up or the token is canceled.</summary>
    public async Task RunAsync(WebSocket socket, CancellationToken cancellationToken)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var writing = WriteAllAsync(socket, either.Token);
        try
        {
            await ReadAllAsync(socket, cancellationToken);
        }
        catch (Exception error) when (error is WebSocketException or OperationCanceledException or JsonException)
        {
            // Hung up without a farewell, or not the command line's language: either way the socket is done.
            socket.Abort();
        }
        finally
        {
            outgoing.Writer.TryComplete();
            await either.CancelAsync();
            await writing;
            while (outgoing.Reader.TryRead(out var unsent))
            {
                Written(unsent.DeliveryId);
            }
        }
    }

    private async Task WriteAllAsync(WebSocket socket, CancellationToken cancellationToken)
    {
        try
        {
            await foreach (var attempt in outgoing.Reader.ReadAllAsync(cancellationToken))
            {
                sentAt[attempt.DeliveryId] = machine.GetTimestamp();
                try
                {
                    foreach (var frame in Frames(attempt))
                    {
                        await socket.SendAsync(frame, WebSocketMessageType.Text, true, cancellationToken);
                    }
                }
                finally
                {
                    Written(attempt.DeliveryId);
                }
            }
        }
        catch (Exception error) when (error is WebSocketException or OperationCanceledException)
        {
            // The reading side ends as well and the listener is taken off; its deliveries are dropped there.
            socket.Abort();
        }
    }

    private byte[][] Frames(DeliveryAttempt attempt) =>
        [
            Frame(attempt, attempt.DeliveryId, version: null),
            Frame(attempt, attempt.DeliveryId + LatestSuffix, ApiEndpoint.DefaultVersion),
        ];

    private byte[] Frame(DeliveryAttempt attempt, string conversation, string? version)
    {
        var headers = new JsonObject
        {
            ["Accept"] = "*/*; q=0.5, application/xml",
            ["Cache-Control"] = "no-cache",
            ["Content-Type"] = "application/json; charset=utf-8",
            ["Stripe-Signature"] = WebhookSignature.Header(machine.GetUtcNow(), attempt.Secrets, attempt.Body),
            ["User-Agent"] = "Stripe/1.0 (+https://stripe.com/docs/webhooks)",
        };
        return JsonSerializer.SerializeToUtf8Bytes(
            new JsonObject
            {
                ["type"] = "webhook_event",
                ["endpoint"] = new JsonObject { ["api_version"] = version },
                ["event_payload"] = Encoding.UTF8.GetString(attempt.Body),
                ["http_headers"] = headers,
                ["webhook_conversation_id"] = conversation,
                ["webhook_id"] = attempt.EndpointId,
            }
        );
    }

    private async Task ReadAllAsync(WebSocket socket, CancellationToken cancellationToken)
    {
        var buffer = new byte[16 * 1024];
        using var frame = new MemoryStream();
        while (true)
        {
            var part = await socket.ReceiveAsync(buffer.AsMemory(), cancellationToken);
            if (part.MessageType == WebSocketMessageType.Close)
            {
                await socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, cancellationToken);
                return;
            }

            frame.Write(buffer, 0, part.Count);
            if (frame.Length > MaxFrameBytes)
            {
                throw new WebSocketException("A frame is larger than 8 MB.");
            }

            if (part.EndOfMessage)
            {
                Read(frame.ToArray());
                frame.SetLength(0);
            }
        }
    }

    private void Read(byte[] frame)
    {
        using var document = JsonDocument.Parse(frame);
        var message = document.RootElement;
        if (TextOf(message, "webhook_conversation_id") is not { } conversation)
        {
            return;
        }

        var isLatest = conversation.EndsWith(LatestSuffix, StringComparison.Ordinal);
        var delivery = isLatest ? conversation[..^LatestSuffix.Length] : conversation;
        switch (TextOf(message, "type"))
        {
            case "event_ack" when !isLatest:
                Reported(new ListenResult(delivery, Status: null, Elapsed(delivery)));
                break;
            case "webhook_response" when StatusOf(message) is { } status:
                Reported(new ListenResult(delivery, status, Elapsed(delivery)));
                sentAt.TryRemove(delivery, out _);
                break;
            default:
                // Other messages of the command line say nothing about a delivery.
                break;
        }
    }

    private static string? TextOf(JsonElement message, string name) =>
        message.ValueKind == JsonValueKind.Object
        && message.TryGetProperty(name, out var value)
        && value.ValueKind == JsonValueKind.String
            ? value.GetString()
            : null;

    private static int? StatusOf(JsonElement message) =>
        message.TryGetProperty("status", out var value)
        && value.ValueKind == JsonValueKind.Number
        && value.TryGetInt32(out var status)
            ? status
            : null;

    private long Elapsed(string delivery) =>
        sentAt.TryGetValue(delivery, out var started) ? (long)machine.GetElapsedTime(started).TotalMilliseconds : 0;
}

/// <summary>What <c>stripe listen</c> says of a delivery.</summary>
/// <param name="Status">The status that the host answered; null for the acknowledgement before it.</param>
internal sealed record ListenResult(string DeliveryId, int? Status, long DurationMs);
