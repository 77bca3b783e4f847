using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Tollgate.Settings;
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
    TimeProvider machineTime,
    ILogger<MailWorker> log
) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(500);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, machineTime);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            heartbeats.Beat("mails");
            try
            {
                await DrainAsync(stoppingToken);
                heartbeats.Succeed("mails");
            }
            catch (Exception failure) when (failure is not OperationCanceledException)
            {
                heartbeats.Fail("mails", failure);
                LogDrainFailed(failure); // the database may be away; the next tick tries again
            }
        }
    }

    internal async Task DrainAsync(CancellationToken cancellationToken)
    {
        while (await queue.TakeAsync(onlyHostMail: !billing.IsOn, cancellationToken) is { } pending)
        {
            await send.RunAsync(pending, cancellationToken);
            heartbeats.Beat("mails");
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "The mails could not be sent and will be tried again")]
    private partial void LogDrainFailed(Exception failure);
}
