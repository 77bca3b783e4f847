using System.Net.Http.Headers;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using Tollgate.Sandbox.Tests.Support;

namespace Tollgate.Sandbox.Tests;

/// <summary>The web socket of <c>stripe listen</c>, without the command line.</summary>
public sealed class ListenSocketTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Event_waits_for_an_acknowledgement_and_a_restart_ends_the_wait()
    {
        var folder = Directory.CreateTempSubdirectory("sandbox-listen-");
        try
        {
            await using (var sandbox = await TestSandbox.StartAsync(new() { DataDirectory = folder.FullName }))
            {
                using var socket = await ConnectAsync(sandbox);
                Assert.Equal("stripecli-devproxy-v1", socket.SubProtocol);
                await sandbox.PostAsync("/v1/customers", "name=Ada");
                var frame = await ReceiveAsync(socket);
                Assert.Equal("webhook_event", frame.GetProperty("type").GetString());
                Assert.Equal(JsonValueKind.Null, Answered.At(frame, "endpoint.api_version").ValueKind);
                await sandbox.Server.WaitForDeliveriesAsync(Token);
                Assert.Single((await sandbox.GetAsync("/v1/events", "delivery_success=false")).Data);
            }

            await using var again = await TestSandbox.StartAsync(new() { DataDirectory = folder.FullName });
            Assert.Single(await again.EventsAsync("customer.created"));
            Assert.Empty((await again.GetAsync("/v1/events", "delivery_success=false")).Data);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public async Task Socket_that_speaks_another_language_is_cut_off_and_forgotten()
    {
        await using var sandbox = await TestSandbox.StartAsync();
        using var socket = await ConnectAsync(sandbox);
        await sandbox.PostAsync("/v1/customers", "name=Ada");
        await socket.SendAsync("no JSON"u8.ToArray(), WebSocketMessageType.Text, endOfMessage: true, Token);
        await Until.TrueAsync(
            async () => (await sandbox.GetAsync("/v1/events", "delivery_success=false")).Data.Count == 0,
            static () => "the event still waits for the listener"
        );
    }

    [Theory]
    [InlineData("""{"type":"event_ack","webhook_conversation_id":5}""")]
    [InlineData("""{"type":7,"webhook_conversation_id":"wc_none"}""")]
    [InlineData("""{"type":"webhook_response","webhook_conversation_id":"wc_none","status":"x"}""")]
    [InlineData("""{"type":"event_ack","webhook_conversation_id":"wc_none"}""")]
    [InlineData("""[1]""")]
    public async Task Malformed_message_harms_nobody(string message)
    {
        await using var sandbox = await TestSandbox.StartAsync();
        using (var socket = await ConnectAsync(sandbox))
        {
            await socket.SendAsync(
                Encoding.UTF8.GetBytes(message),
                WebSocketMessageType.Text,
                endOfMessage: true,
                Token
            );
        }

        using var next = await ConnectAsync(sandbox);
        await sandbox.PostAsync("/v1/customers", "name=Ada");
        Assert.Equal("webhook_event", (await ReceiveAsync(next)).GetProperty("type").GetString());
    }

    private static async Task<ClientWebSocket> ConnectAsync(TestSandbox sandbox)
    {
        // The answer is none of the objects that Stripe declares, so it goes round the check of shapes.
        using var http = new HttpClient { BaseAddress = sandbox.Server.BaseAddress };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", StripeCli.Key);
        using var form = new FormUrlEncodedContent(
            new Dictionary<string, string>(StringComparer.Ordinal)
            {
                ["device_name"] = "test",
                ["websocket_features[]"] = "webhooks",
            }
        );
        var answer = await http.PostAsync("/v1/stripecli/sessions", form, Token);
        using var document = JsonDocument.Parse(await answer.Content.ReadAsStringAsync(Token));
        var (url, id) = (Text(document, "websocket_url"), Text(document, "websocket_id"));
        var socket = new ClientWebSocket();
        socket.Options.AddSubProtocol("stripecli-devproxy-v1");
        socket.Options.SetRequestHeader("Websocket-Id", id);
        await socket.ConnectAsync(new Uri(url + "?websocket_feature=webhooks"), Token);
        return socket;
    }

    private static string Text(JsonDocument document, string name) =>
        document.RootElement.GetProperty(name).GetString()!;

    private static async Task<JsonElement> ReceiveAsync(ClientWebSocket socket)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(Token);
        limit.CancelAfter(TimeSpan.FromSeconds(60));
        var buffer = new byte[64 * 1024];
        var length = 0;
        ValueWebSocketReceiveResult part;
        do
        {
            part = await socket.ReceiveAsync(buffer.AsMemory(length), limit.Token);
            length += part.Count;
        } while (!part.EndOfMessage);

        return JsonDocument.Parse(buffer.AsMemory(0, length)).RootElement;
    }
}
