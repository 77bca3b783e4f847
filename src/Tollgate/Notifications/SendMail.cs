using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Tollgate.Accounts;
using Tollgate.Catalog;
using Tollgate.Outbox;
using Tollgate.Storage;
using Tollgate.Stripe;
using Tollgate.Subscriptions;
using Tollgate.Telemetry;

namespace Tollgate.Notifications;

/// <summary>
/// One attempt at one mail: is it still so, what does it say, keep it, hand it over, write what came of it. At most one
/// mail per occurrence reaches the customer, whatever fails in between (decision E1).
/// </summary>
internal sealed partial class SendMail(
    MailQueue queue,
    ComposeMail compose,
    Lazy<IMailSender> sender,
    IDbContextFactory<TollgateDb> contexts,
    StripeClient stripe,
    StripeReadBudget budget,
    PlanCatalog catalog,
    BillingClock clock,
    ILogger<SendMail> log
)
{
    /// <summary>How long the provider may take; far less than the lease.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    public async Task RunAsync(PendingMail pending, CancellationToken cancellationToken)
    {
        using var span = BillingSpans.Continue("mail", pending.TraceParent);
        span?.SetTag("tollgate.account", pending.Account.Value).SetTag("tollgate.mail", pending.About.Kind);
        try
        {
            await TryAsync(pending, cancellationToken);
        }
        catch (Exception failure) when (!cancellationToken.IsCancellationRequested)
        {
            span.Fail(failure);
            LogFailed(failure, pending.MailId, pending.Account, pending.Attempts);
            await LeaveAsync(pending, failure.GetType().Name, retryAfter: null, isUnsure: true, cancellationToken);
        }
    }

    private async Task TryAsync(PendingMail pending, CancellationToken cancellationToken)
    {
        var (account, situation) = await ReadSituationAsync(pending, cancellationToken);
        if (account.ClosedAt is not null)
        {
            await EndAsync(pending, MailEnd.Superseded(EraseMails.AccountClosed), cancellationToken);
            return;
        }

        if (MailCondition.Supersedes(pending.About, situation, catalog, clock.Now) is { } reason)
        {
            await EndAsync(pending, MailEnd.Superseded(reason), cancellationToken);
            return;
        }

        if (pending.UnsureFor >= sender.Value.KeyLifetime)
        {
            await EndAsync(pending, MailEnd.Unknown("the provider may have it, and cannot say so"), cancellationToken);
            return;
        }

        var made = MakeOrKeep(pending, account, situation);
        if (made.Mail is not { } mail)
        {
            await EndAsync(pending, MailEnd.Dead(made.Fault!), cancellationToken);
        }
        else if (await queue.TryKeepAsync(pending, mail, cancellationToken))
        {
            await ApplyAnswerAsync(pending, await HandOverAsync(mail, cancellationToken), cancellationToken);
        }
    }

    private async Task<(BillingAccount Account, MailSituation Situation)> ReadSituationAsync(
        PendingMail pending,
        CancellationToken cancellationToken
    )
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var account = await db.Set<BillingAccount>()
            .AsNoTracking()
            .SingleOrDefaultAsync(row => row.AccountId == pending.Account, cancellationToken);
        var state = await db.Set<SubscriptionState>()
            .AsNoTracking()
            .SingleOrDefaultAsync(row => row.AccountId == pending.Account, cancellationToken);
        var sent = await queue.ReadSentAsync(pending, cancellationToken);
        var situation = new MailSituation(
            state ?? SubscriptionState.None(pending.Account),
            sent.NewerIsDue,
            sent.FailureNotified,
            sent.EndNotified,
            pending.About is PaymentActionRequired
                ? await ReadInvoiceAsync(pending.Occurrence, cancellationToken)
                : null
        );
        return (account ?? Person(pending), situation);
    }

    // who signs in may have no account: an administrator, or somebody who has yet to confirm
    private static BillingAccount Person(PendingMail pending) =>
        pending.About is HostMailQueued { To: { } to }
            ? new BillingAccount
            {
                AccountId = pending.Account,
                Name = to,
                BillingEmail = to,
                CreatedAt = pending.DueAt,
            }
            : throw new InvalidOperationException($"There is no account {pending.Account} to mail to.");

    private async Task<StripeInvoice?> ReadInvoiceAsync(string invoiceId, CancellationToken cancellationToken)
    {
        await budget.SpendAsync(cancellationToken);
        var answer = await stripe.GetInvoice(invoiceId, cancellationToken);
        return answer.Refusal is StripeRefusal.ResourceMissing ? null : answer.OrThrow();
    }

    // what the provider may have already is handed over again as it was: its key stands for those bytes
    private (Mail? Mail, string? Fault) MakeOrKeep(
        PendingMail pending,
        BillingAccount account,
        MailSituation situation
    ) =>
        pending.Kept is { } kept
            ? (kept, null)
            : compose.Run(pending, account, situation.State, situation.Invoice?.HostedInvoiceUrl, clock.Now);

    private async Task<MailAnswer> HandOverAsync(Mail mail, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(Patience);
        try
        {
            return await sender.Value.SendAsync(mail, limit.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return new MailAnswer.Unclear("no answer in time");
        }
    }

    private async Task ApplyAnswerAsync(PendingMail pending, MailAnswer answer, CancellationToken cancellationToken)
    {
        switch (answer)
        {
            case MailAnswer.Accepted accepted:
                await EndAsync(pending, MailEnd.Sent(accepted.ProviderId), cancellationToken);
                break;
            case MailAnswer.Refused refused:
                await EndAsync(pending, MailEnd.Dead(refused.Reason), cancellationToken);
                break;
            case MailAnswer.NotNow notNow:
                var wasUnsure = pending.UnsureFor is not null;
                await LeaveAsync(pending, notNow.Reason, notNow.RetryAfter, wasUnsure, cancellationToken);
                break;
            case MailAnswer.Unclear unclear:
                await LeaveAsync(pending, unclear.Reason, retryAfter: null, isUnsure: true, cancellationToken);
                break;
        }
    }

    private async Task LeaveAsync(
        PendingMail pending,
        string reason,
        TimeSpan? retryAfter,
        bool isUnsure,
        CancellationToken cancellationToken
    )
    {
        if (MailRetries.IsTooLate(pending))
        {
            await EndAsync(pending, MailEnd.Dead(reason), cancellationToken);
            return;
        }

        BillingMetrics.Mailed(pending.About.Kind, "put_back");
        var retryIn = MailRetries.After(pending.Attempts, retryAfter);
        LogPutBack(pending.MailId, pending.Account, reason, pending.Attempts, retryIn);
        await queue.PutBackAsync(pending, retryIn, reason, isUnsure, cancellationToken);
    }

    private async Task EndAsync(PendingMail pending, MailEnd end, CancellationToken cancellationToken)
    {
        await queue.SettleAsync(pending, end, cancellationToken);
        BillingMetrics.Mailed(pending.About.Kind, end.State);
        LogEnded(pending.MailId, pending.About.Kind, pending.Account, end.State, end.Reason);
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Mail {MailId} ({Kind}) of {Account} is {State}: {Reason}")]
    private partial void LogEnded(long mailId, string kind, AccountId account, string state, string? reason);

    [LoggerMessage(
        Level = LogLevel.Warning,
        Message = "Mail {MailId} of {Account} was not sent: {Reason} (attempt {Attempt}, again in {RetryIn})"
    )]
    private partial void LogPutBack(long mailId, AccountId account, string reason, int attempt, TimeSpan retryIn);

    [LoggerMessage(Level = LogLevel.Error, Message = "Mail {MailId} of {Account} failed (attempt {Attempt})")]
    private partial void LogFailed(Exception failure, long mailId, AccountId account, int attempt);
}
