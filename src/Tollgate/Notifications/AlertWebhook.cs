using System.Text.Json;
using StandardWebhooks;
using Tollgate.Alerts;

namespace Tollgate.Notifications;

/// <summary>Posts alerts to an address of the operators', signed as Standard Webhooks says.</summary>
internal sealed class AlertWebhook(TimeProvider machineTime) : IDisposable
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
    };

    private readonly HttpClient http = new(new SocketsHttpHandler { AllowAutoRedirect = false })
    {
        Timeout = TimeSpan.FromSeconds(10),
    };

    /// <param name="id">The same for every attempt at the same message.</param>
    /// <exception cref="HttpRequestException">Nobody took it, or not with a 2xx.</exception>
    public async Task PostAsync(
        Uri url,
        string secret,
        string id,
        IReadOnlyList<UnsentAlert> alerts,
        CancellationToken cancellationToken
    )
    {
        using var content = new StandardWebhook(secret).MakeHttpContent(
            new AlertMessage("alerts.raised", machineTime.GetUtcNow(), alerts),
            id,
            machineTime.GetUtcNow(),
            Json
        );
        using var answer = await http.PostAsync(url, content, cancellationToken);
        answer.EnsureSuccessStatusCode();
    }

    public void Dispose() => http.Dispose();

    /// <summary>What is posted: <c>type</c>, <c>timestamp</c> and <c>data</c>, as Standard Webhooks advises.</summary>
    private sealed record AlertMessage(string Type, DateTimeOffset Timestamp, IReadOnlyList<UnsentAlert> Data);
}
