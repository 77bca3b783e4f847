using Microsoft.Extensions.Logging;
using Tollgate.Inbox;
using Tollgate.Notifications;
using Tollgate.Startup;
using Tollgate.Telemetry;

namespace Tollgate.Lifecycle;

/// <summary>
/// Erases once a day the bodies of events and mails that are older than the host keeps them. Every statement repeats
/// harmlessly, so any number of nodes may run it.
/// </summary>
internal sealed partial class ForgetBodies(
    EventInbox inbox,
    MailQueue mails,
    TollgateOptions options,
    WorkerHeartbeats heartbeats,
    ILogger<ForgetBodies> log
) : WorkerLoop("bodies", Interval, heartbeats)
{
    private static readonly TimeSpan Interval = TimeSpan.FromDays(1);
    private static readonly TimeSpan RetryAfter = TimeSpan.FromMinutes(10);

    /// <summary>Of received events, so that no statement is long.</summary>
    private static readonly TimeSpan Slice = TimeSpan.FromDays(1);

    /// <summary>
    /// Runs again each day, for what was quarantined and is done with by now; the first run covers everything.
    /// </summary>
    private static readonly TimeSpan LateDays = TimeSpan.FromDays(40);

    private DateTimeOffset? eventsFrom;

    protected override bool StartsAtOnce => true;

    protected override Task PassAsync(CancellationToken stoppingToken) => RunAsync(stoppingToken);

    protected override void Failed(Exception failure) => LogFailed(failure);

    protected override Task WaitAsync(bool succeeded, PeriodicTimer ticks, CancellationToken stoppingToken) =>
        Task.Delay(succeeded ? Interval : RetryAfter, MachineTime, stoppingToken);

    /// <summary>How many bodies of each were erased.</summary>
    internal async Task<(int Events, int Mails)> RunAsync(CancellationToken cancellationToken)
    {
        var events = await ForgetEventsAsync(cancellationToken);
        var texts = await ForgetMailsAsync(cancellationToken);
        BillingMetrics.Forgot("event", events);
        BillingMetrics.Forgot("mail", texts);
        if (events + texts > 0)
        {
            LogForgotten(events, texts);
        }

        return (events, texts);
    }

    private async Task<int> ForgetEventsAsync(CancellationToken cancellationToken)
    {
        if (options.Retention.EventBodyDays is not (> 0 and var days))
        {
            return 0;
        }

        var before = MachineTime.GetUtcNow() - TimeSpan.FromDays(days);
        var from = eventsFrom ?? await inbox.ReadOldestAsync(cancellationToken) ?? before;
        var all = 0;
        for (; from < before; from += Slice)
        {
            var to = from + Slice < before ? from + Slice : before;
            Beat();
            all += await inbox.ForgetBodiesAsync(from, to, cancellationToken);
        }

        eventsFrom = before - LateDays;
        return all;
    }

    private async Task<int> ForgetMailsAsync(CancellationToken cancellationToken)
    {
        if (options.Retention.MailBodyDays is not (> 0 and var days))
        {
            return 0;
        }

        var before = MachineTime.GetUtcNow() - TimeSpan.FromDays(days);
        var all = 0;
        while (await mails.ForgetBodiesAsync(before, cancellationToken) is > 0 and var some)
        {
            Beat();
            all += some;
        }

        return all;
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "Old bodies could not be erased and will be tried again")]
    private partial void LogFailed(Exception failure);

    [LoggerMessage(Level = LogLevel.Information, Message = "Erased the bodies of {Events} events and {Mails} mails")]
    private partial void LogForgotten(int events, int mails);
}
