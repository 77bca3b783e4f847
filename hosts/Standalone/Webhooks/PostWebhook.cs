using System.Globalization;
using System.Text;

namespace Standalone.Webhooks;

/// <summary>Posts a message to an endpoint once, signed as Standard Webhooks says. Follows no redirect.</summary>
internal sealed class PostWebhook(WebhookSecrets secrets, TimeProvider machineTime) : IDisposable
{
    private readonly HttpClient http = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false })
    {
        Timeout = TimeSpan.FromSeconds(15),
        MaxResponseContentBufferSize = 64 * 1024,
    };

    public async Task<PostedWebhook> RunAsync(
        WebhookEndpoint endpoint,
        WebhookDelivery delivery,
        CancellationToken cancellationToken
    )
    {
        var now = machineTime.GetUtcNow();
        using var request = new HttpRequestMessage(HttpMethod.Post, endpoint.Url)
        {
            Content = new StringContent(delivery.Body, Encoding.UTF8, "application/json"),
        };
        request.Headers.Add("webhook-id", delivery.MessageId);
        request.Headers.Add("webhook-timestamp", now.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture));
        request.Headers.Add("webhook-signature", secrets.Sign(endpoint, delivery.MessageId, delivery.Body, now));
        try
        {
            using var answer = await http.SendAsync(
                request,
                HttpCompletionOption.ResponseHeadersRead,
                cancellationToken
            );
            return new PostedWebhook(
                answer.IsSuccessStatusCode ? null : $"status {(int)answer.StatusCode}",
                IsGone: answer.StatusCode == System.Net.HttpStatusCode.Gone
            );
        }
        catch (Exception failure) when (failure is HttpRequestException or IOException or TaskCanceledException)
        {
            cancellationToken.ThrowIfCancellationRequested();
            return new PostedWebhook(failure.GetType().Name, IsGone: false);
        }
    }

    public void Dispose() => http.Dispose();
}

/// <param name="Fault">Null when it was taken: a status of 200 to 299. Else why not.</param>
/// <param name="IsGone">The endpoint answered 410: it wants nothing any more.</param>
internal sealed record PostedWebhook(string? Fault, bool IsGone);
