using Microsoft.Extensions.Logging;
using Tollgate.Settings;
using Tollgate.Startup;
using Tollgate.Telemetry;

namespace Tollgate.Notifications;

/// <summary>
/// Sends the mails that are due, one after the other. While billing is switched off those about billing wait; mails
/// of the product's own, such as the link that confirms an address, go out.
/// </summary>
internal sealed partial class MailWorker(
    MailQueue queue,
    SendMail send,
    BillingSwitch billing,
    WorkerHeartbeats heartbeats,
    ILogger<MailWorker> log
) : WorkerLoop("mails", Interval, heartbeats)
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(500);

    protected override bool FailsHealth => true;

    protected override Task PassAsync(CancellationToken stoppingToken) => DrainAsync(stoppingToken);

    protected override void Failed(Exception failure) => LogDrainFailed(failure);

    internal async Task DrainAsync(CancellationToken cancellationToken)
    {
        while (await queue.TakeAsync(onlyHostMail: !billing.IsOn, cancellationToken) is { } pending)
        {
            await send.RunAsync(pending, cancellationToken);
            Beat();
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "The mails could not be sent and will be tried again")]
    private partial void LogDrainFailed(Exception failure);
}
