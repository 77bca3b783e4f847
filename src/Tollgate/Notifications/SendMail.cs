using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Tollgate.Accounts;
using Tollgate.Catalog;
using Tollgate.Effects;
using Tollgate.Storage;
using Tollgate.Stripe;
using Tollgate.Subscriptions;

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

    public async Task RunAsync(OwedMail owed, CancellationToken cancellationToken)
    {
        using var span = BillingSpans.Continue("mail", owed.TraceParent);
        span?.SetTag("tollgate.account", owed.Account.Value).SetTag("tollgate.mail", owed.About.Kind);
        try
        {
            await TryAsync(owed, cancellationToken);
        }
        catch (Exception failure) when (!cancellationToken.IsCancellationRequested)
        {
            span.Fail(failure);
            LogFailed(failure, owed.MailId, owed.Account, owed.Attempts);
            await LeaveAsync(owed, failure.GetType().Name, retryAfter: null, isUnsure: true, cancellationToken);
        }
    }

    private async Task TryAsync(OwedMail owed, CancellationToken cancellationToken)
    {
        var (account, situation) = await LookAsync(owed, cancellationToken);
        if (account.ClosedAt is not null)
        {
            await EndAsync(owed, MailEnd.Superseded(EraseMails.AccountClosed), cancellationToken);
            return;
        }

        if (MailCondition.Supersedes(owed.About, situation, catalog, clock.Now) is { } reason)
        {
            await EndAsync(owed, MailEnd.Superseded(reason), cancellationToken);
            return;
        }

        if (owed.UnsureFor >= sender.Value.KeyLifetime)
        {
            await EndAsync(owed, MailEnd.Unknown("the provider may have it, and cannot tell"), cancellationToken);
            return;
        }

        var made = MakeOrKeep(owed, account, situation);
        if (made.Mail is not { } mail)
        {
            await EndAsync(owed, MailEnd.Dead(made.Fault!), cancellationToken);
        }
        else if (await queue.TryKeepAsync(owed, mail, cancellationToken))
        {
            await HearAsync(owed, await HandOverAsync(mail, cancellationToken), cancellationToken);
        }
    }

    private async Task<(BillingAccount Account, MailSituation Situation)> LookAsync(
        OwedMail owed,
        CancellationToken cancellationToken
    )
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var account = await db.Set<BillingAccount>()
            .AsNoTracking()
            .SingleOrDefaultAsync(row => row.AccountId == owed.Account, cancellationToken);
        var state = await db.Set<SubscriptionState>()
            .AsNoTracking()
            .SingleOrDefaultAsync(row => row.AccountId == owed.Account, cancellationToken);
        var told = await queue.ReadToldAsync(owed, cancellationToken);
        var situation = new MailSituation(
            state ?? SubscriptionState.None(owed.Account),
            told.NewerIsDue,
            told.ToldOfFailure,
            told.ToldOfEnd,
            owed.About is PaymentActionRequired ? await ReadInvoiceAsync(owed.Occurrence, cancellationToken) : null
        );
        return (account ?? Person(owed), situation);
    }

    // who signs in may have no account: an administrator, or somebody who has yet to confirm
    private static BillingAccount Person(OwedMail owed) =>
        owed.About is LetterOwed { To: { } to }
            ? new BillingAccount
            {
                AccountId = owed.Account,
                Name = to,
                BillingEmail = to,
                CreatedAt = owed.DueAt,
            }
            : throw new InvalidOperationException($"There is no account {owed.Account} to mail to.");

    private async Task<StripeInvoice?> ReadInvoiceAsync(string invoiceId, CancellationToken cancellationToken)
    {
        await budget.SpendAsync(cancellationToken);
        var answer = await stripe.GetInvoice(invoiceId, cancellationToken);
        return answer.Refusal is StripeRefusal.ResourceMissing ? null : answer.OrThrow();
    }

    // what the provider may have already is handed over again as it was: its key stands for those bytes
    private (Mail? Mail, string? Fault) MakeOrKeep(OwedMail owed, BillingAccount account, MailSituation situation) =>
        owed.Kept is { } kept
            ? (kept, null)
            : compose.Run(owed, account, situation.State, situation.Invoice?.HostedInvoiceUrl, clock.Now);

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

    private async Task HearAsync(OwedMail owed, MailAnswer answer, CancellationToken cancellationToken)
    {
        switch (answer)
        {
            case MailAnswer.Accepted accepted:
                await EndAsync(owed, MailEnd.Sent(accepted.ProviderId), cancellationToken);
                break;
            case MailAnswer.Refused refused:
                await EndAsync(owed, MailEnd.Dead(refused.Reason), cancellationToken);
                break;
            case MailAnswer.NotNow notNow:
                var wasUnsure = owed.UnsureFor is not null;
                await LeaveAsync(owed, notNow.Reason, notNow.RetryAfter, wasUnsure, cancellationToken);
                break;
            case MailAnswer.Unclear unclear:
                await LeaveAsync(owed, unclear.Reason, retryAfter: null, isUnsure: true, cancellationToken);
                break;
        }
    }

    private async Task LeaveAsync(
        OwedMail owed,
        string reason,
        TimeSpan? retryAfter,
        bool isUnsure,
        CancellationToken cancellationToken
    )
    {
        if (MailRetries.IsTooLate(owed))
        {
            await EndAsync(owed, MailEnd.Dead(reason), cancellationToken);
            return;
        }

        BillingMetrics.Mailed(owed.About.Kind, "put_back");
        var retryIn = MailRetries.After(owed.Attempts, retryAfter);
        LogPutBack(owed.MailId, owed.Account, reason, owed.Attempts, retryIn);
        await queue.PutBackAsync(owed, retryIn, reason, isUnsure, cancellationToken);
    }

    private async Task EndAsync(OwedMail owed, MailEnd end, CancellationToken cancellationToken)
    {
        await queue.SettleAsync(owed, end, cancellationToken);
        BillingMetrics.Mailed(owed.About.Kind, end.State);
        LogEnded(owed.MailId, owed.About.Kind, owed.Account, end.State, end.Reason);
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
