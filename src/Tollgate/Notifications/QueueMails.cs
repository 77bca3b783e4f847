using Tollgate.Effects;

namespace Tollgate.Notifications;

/// <summary>
/// Turns what the outbox tells into rows of mails that are due. It only writes, so no provider, slow or broken, ever
/// holds up the outbox; told twice, it writes once.
/// </summary>
internal sealed class QueueMails(MailQueue queue, MailOptions options, BillingClock clock) : IEffectHandler
{
    public async Task HandleAsync(AccountId account, Effect effect, CancellationToken cancellationToken)
    {
        if (DueMails.Of(effect, options, clock.Now) is { Count: > 0 } due)
        {
            await queue.AddAsync(account, effect, due, cancellationToken);
        }
    }
}
