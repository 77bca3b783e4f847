using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using StandardWebhooks;
using StandardWebhooks.Diagnostics;
using Tollgate.Testing;

namespace Tollgate.IntegrationTests.StandaloneService;

/// <summary>A server of the app's that is told what happened, and answers what the test wants.</summary>
internal sealed class WebhookReceiver : IAsyncDisposable
{
    private readonly WebApplication app;

    private WebhookReceiver(WebApplication app, Uri address) => (this.app, Address) = (app, address);

    public Uri Address { get; }

    /// <summary>What it answers from now on.</summary>
    public int Status { get; set; } = 204;

    public ConcurrentQueue<Received> Messages { get; } = [];

    public static async Task<WebhookReceiver> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        var server = builder.Build();
        var address = new Uri($"http://127.0.0.1:{FreePort.Next()}/hooks");
        var receiver = new WebhookReceiver(server, address);
        server.MapPost(
            "/hooks",
            async (HttpContext http) =>
            {
                using var reader = new StreamReader(http.Request.Body);
                receiver.Messages.Enqueue(
                    new Received(
                        await reader.ReadToEndAsync(),
                        new HeaderDictionary(http.Request.Headers.ToDictionary())
                    )
                );
                return Results.StatusCode(receiver.Status);
            }
        );
        server.Urls.Add(address.GetLeftPart(UriPartial.Authority));
        await server.StartAsync(TestContext.Current.CancellationToken);
        return receiver;
    }

    public async Task<Received> HearsAsync(string type, int times = 1)
    {
        await Eventually.Async(
            () => Task.FromResult(Messages.Count(message => message.Type == type) >= times),
            ct: TestContext.Current.CancellationToken,
            what: $"{type} to arrive ({times})"
        );
        return Messages.Last(message => message.Type == type);
    }

    public ValueTask DisposeAsync() => app.DisposeAsync();

    internal sealed record Received(string Body, HeaderDictionary Headers)
    {
        public System.Text.Json.JsonElement Json { get; } = System.Text.Json.JsonElement.Parse(Body);

        public string Type => Json.GetProperty("type").GetString()!;

        public string Id => Headers["webhook-id"].Single()!;

        /// <summary>
        /// Whether one of its signatures is by the secret, as the library of Standard Webhooks says, which looks at the
        /// first alone.
        /// </summary>
        public bool IsSignedBy(string secret) =>
            Array.Exists(Headers["webhook-signature"].Single()!.Split(' '), one => Holds(secret, one));

        private bool Holds(string secret, string signature)
        {
            var headers = new HeaderDictionary(Headers.ToDictionary()) { ["webhook-signature"] = signature };
            try
            {
                new StandardWebhook(secret).Verify(Body, headers);
                return true;
            }
            catch (WebhookVerificationException)
            {
                return false; // how the library says no
            }
        }
    }
}
