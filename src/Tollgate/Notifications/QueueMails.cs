using Tollgate.Outbox;

namespace Tollgate.Notifications;

/// <summary>
/// Turns what the outbox dispatches into rows of mails that are due. It only writes, so no provider, slow or broken,
/// ever holds up the outbox; dispatched twice, it writes once. A host that sends no mail has none queued either, so
/// that none goes out late on the day when it begins to.
/// </summary>
internal sealed class QueueMails(MailQueue queue, MailOptions options, TollgateOptions host, BillingClock clock)
    : IEffectHandler
{
    public async Task HandleAsync(AccountId account, Effect effect, CancellationToken cancellationToken)
    {
        if (host.SendsMail && DueMails.Of(effect, options, clock.Now) is { Count: > 0 } due)
        {
            await queue.AddAsync(account, effect, due, cancellationToken);
        }
    }
}
