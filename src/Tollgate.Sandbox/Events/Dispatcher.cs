using System.Collections.Concurrent;
using System.Globalization;
using System.Net.Http.Headers;
using System.Threading.Channels;

namespace Tollgate.Sandbox.Events;

/// <summary>A signed POST that is to be made.</summary>
/// <param name="Url">Null where a session of <c>stripe listen</c> makes the POST.</param>
internal sealed record DeliveryAttempt(
    string DeliveryId,
    string EndpointId,
    Uri? Url,
    IReadOnlyList<string> Secrets,
    byte[] Body
);

/// <summary>How a POST went. <paramref name="Status"/> is null if there was no answer.</summary>
internal sealed record DeliveryResult(string DeliveryId, int? Status, string? Error, long DurationMs)
{
    public bool IsSuccess => Status is >= 200 and < 300;
}

/// <summary>
/// Makes the POSTs: for each endpoint they start in the order of the events, several at once. Signature times and
/// time-outs are machine time, which no advance of the Sandbox's clock moves.
/// </summary>
internal sealed class Dispatcher : IAsyncDisposable
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(30);
    private readonly TimeProvider machine;
    private readonly int atOncePerEndpoint;
    private readonly CancellationTokenSource stop = new();
    private readonly ConcurrentDictionary<string, Channel<DeliveryAttempt>> lanes = new(StringComparer.Ordinal);
    private readonly ConcurrentBag<Task> pumps = [];
    private readonly HttpClient http;

    public Dispatcher(TimeProvider machine, int atOncePerEndpoint)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(atOncePerEndpoint, 1);
        this.machine = machine;
        this.atOncePerEndpoint = atOncePerEndpoint;
        var handler = new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseProxy = false,
            UseCookies = false,
        };
        http = new HttpClient(handler) { Timeout = Timeout };
    }

    /// <summary>Called with each result, on any thread.</summary>
    public Action<DeliveryResult> Finished { get; set; } = static _ => { };

    public void Start(DeliveryAttempt attempt)
    {
        var lane = lanes.GetOrAdd(
            attempt.EndpointId,
            _ =>
            {
                var added = Channel.CreateUnbounded<DeliveryAttempt>();
                pumps.Add(PumpAsync(added.Reader));
                return added;
            }
        );
        lane.Writer.TryWrite(attempt);
    }

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        await Task.WhenAll(pumps);
        http.Dispose();
        stop.Dispose();
    }

    private async Task PumpAsync(ChannelReader<DeliveryAttempt> lane)
    {
        using var slots = new SemaphoreSlim(atOncePerEndpoint);
        var running = new ConcurrentDictionary<string, Task>(StringComparer.Ordinal);
        try
        {
            await foreach (var attempt in lane.ReadAllAsync(stop.Token))
            {
                await slots.WaitAsync(stop.Token);
                running[attempt.DeliveryId] = FinishAsync(attempt);
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // Deliveries that were not made are in the journal, still due.
        }

        await Task.WhenAll(running.Values);

        async Task FinishAsync(DeliveryAttempt attempt)
        {
            // The POST starts on this thread, so that the lane's order is the order on the wire.
            var result = await PostAsync(attempt);
            running.TryRemove(attempt.DeliveryId, out _);
            slots.Release();
            if (!stop.IsCancellationRequested)
            {
                Finished(result);
            }
        }
    }

    private async Task<DeliveryResult> PostAsync(DeliveryAttempt attempt)
    {
        var started = machine.GetTimestamp();
        using var request = new HttpRequestMessage(HttpMethod.Post, attempt.Url);
        request.Content = new ByteArrayContent(attempt.Body);
        request.Content.Headers.ContentType = MediaTypeHeaderValue.Parse("application/json; charset=utf-8");
        var signature = WebhookSignature.Header(machine.GetUtcNow(), attempt.Secrets, attempt.Body);
        request.Headers.TryAddWithoutValidation("Stripe-Signature", signature);
        request.Headers.TryAddWithoutValidation("User-Agent", "Stripe/1.0 (+https://stripe.com/docs/webhooks)");
        request.Headers.TryAddWithoutValidation("Accept", "*/*; q=0.5, application/xml");
        request.Headers.TryAddWithoutValidation("Cache-Control", "no-cache");
        try
        {
            using var answer = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, stop.Token);
            return Result((int)answer.StatusCode, error: null);
        }
        catch (HttpRequestException error)
        {
            // Not reached: recorded with its cause, and tried again later.
            return Result(status: null, error.Message);
        }
        catch (OperationCanceledException)
        {
            // The time-out; on shutdown the result is dropped and the delivery stays due.
            var seconds = Timeout.TotalSeconds.ToString(CultureInfo.InvariantCulture);
            return Result(status: null, $"No answer within {seconds} seconds");
        }

        DeliveryResult Result(int? status, string? error) =>
            new(attempt.DeliveryId, status, error, (long)machine.GetElapsedTime(started).TotalMilliseconds);
    }
}
