using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using Microsoft.Extensions.Logging;
using Npgsql;
using Tollgate.Alerts;
using Tollgate.Startup;
using Tollgate.Telemetry;

namespace Tollgate.Notifications;

/// <summary>
/// Sends open alerts to whoever runs the product, some in one message, by mail and to a webhook as the settings say.
/// Each channel is retried until it takes them; a message that is repeated carries the same id.
/// </summary>
internal sealed partial class SendAlerts(
    NpgsqlDataSource database,
    Lazy<IMailSender> mails,
    AlertWebhook webhook,
    TollgateOptions options,
    WorkerHeartbeats heartbeats,
    ILogger<SendAlerts> log
) : WorkerLoop("alerts", Interval, heartbeats)
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(15);

    protected override bool StartsAtOnce => true;

    protected override Task PassAsync(CancellationToken stoppingToken) => RunAsync(stoppingToken);

    // they were not marked as sent: whoever takes them in two minutes tries again
    protected override void Failed(Exception failure) => LogFailed(failure);

    /// <summary>One message about all that nobody was sent yet; answers how many alerts it covers.</summary>
    internal async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        var alerts = await AlertLog.TakeUnsentAsync(database, cancellationToken);
        if (alerts.Count == 0)
        {
            return 0;
        }

        alerts = [.. alerts.OrderBy(alert => alert.AlertId)];
        var id = "alerts_" + Hash(string.Join(',', alerts.Select(alert => alert.AlertId)));
        if (options.Alerts.WebhookUrl is { } url)
        {
            await webhook.PostAsync(url, options.Alerts.WebhookSecret!, id, alerts, cancellationToken);
        }

        if (options.Alerts.Mail is { Length: > 0 } address)
        {
            await MailAsync(address, id, alerts, cancellationToken);
        }

        await AlertLog.MarkSentAsync(database, alerts, cancellationToken);
        return alerts.Count;
    }

    private async Task MailAsync(
        string address,
        string id,
        IReadOnlyList<UnsentAlert> alerts,
        CancellationToken cancellationToken
    )
    {
        var lines = alerts.Select(one => $"{one.RaisedAt:u} {one.Reason} {one.Account} {one.Detail}".TrimEnd());
        var text = $"Open at {options.AppUrl.Host}:\n\n{string.Join('\n', lines)}\n";
        var subject = alerts is [var only]
            ? $"Billing alert: {DisplayName.OneLine(only.Reason)}"
            : $"{alerts.Count} billing alerts";
        var html =
            $"<!doctype html><title>{HtmlEncoder.Default.Encode(subject)}</title>"
            + $"<pre>{HtmlEncoder.Default.Encode(text)}</pre>";
        if (
            await mails.Value.SendAsync(new Mail(address, subject, html, text, id), cancellationToken)
            is not MailAnswer.Accepted
                and var answer
        )
        {
            throw new InvalidOperationException($"The alerts could not be mailed: {answer.GetType().Name}.");
        }
    }

    private static string Hash(string text) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)))[..32];

    [LoggerMessage(Level = LogLevel.Error, Message = "Open alerts could not be sent and will be tried again")]
    private partial void LogFailed(Exception failure);
}
