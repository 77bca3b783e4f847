using System.Text.Json;
using Npgsql;
using Tollgate.Outbox;
using Tollgate.Storage;
using Tollgate.Telemetry;

namespace Tollgate.Notifications;

/// <summary>
/// The table of mails. A row is taken with a lease, one at a time, and only who took it last writes the outcome:
/// the number of the attempt is the fencing token.
/// </summary>
internal sealed class MailQueue(NpgsqlDataSource database, BillingClock clock)
{
    /// <summary>Longer than all that one attempt does.</summary>
    private static readonly TimeSpan LeaseLength = TimeSpan.FromMinutes(2);

    /// <summary>
    /// All in one statement: when several are due already, nobody may see the first of them without the newest.
    /// </summary>
    public async Task AddAsync(
        AccountId account,
        Effect about,
        IReadOnlyCollection<DueMail> due,
        CancellationToken cancellationToken
    ) =>
        await database
            .CreateCommand(
                """
                INSERT INTO billing.mails
                    (account_id, kind, occurrence, episode, about, due_at, queued_at, state, not_before,
                        trace_parent)
                SELECT @account, @kind, due.occurrence, due.episode, @about::jsonb, due.due_at, clock_timestamp(),
                    'waiting', clock_timestamp(), @trace
                FROM unnest(@occurrences, @episodes, @times) AS due (occurrence, episode, due_at)
                ON CONFLICT (account_id, kind, occurrence) DO NOTHING
                """
            )
            .With("account", account)
            .With("kind", about.Kind)
            .With("about", EffectJson.Write(about))
            .With("trace", BillingSpans.ToKeep)
            .With("occurrences", due.Select(mail => mail.Occurrence).ToArray())
            .With("episodes", due.Select(mail => mail.Episode).ToArray())
            .With("times", due.Select(mail => mail.DueAt).ToArray())
            .RunAsync(cancellationToken);

    public async Task<PendingMail?> TakeAsync(bool onlyHostMail, CancellationToken cancellationToken)
    {
        var taken = await database
            .CreateCommand(
                """
                UPDATE billing.mails SET attempts = attempts + 1, leased_until = clock_timestamp() + @length,
                    first_tried_at = coalesce(first_tried_at, clock_timestamp())
                WHERE mail_id = (
                    SELECT mail_id FROM billing.mails
                    WHERE state = 'waiting' AND due_at <= @now AND not_before <= clock_timestamp()
                        AND (NOT @host OR kind = @kind)
                        AND (leased_until IS NULL OR leased_until < clock_timestamp())
                    ORDER BY due_at, mail_id LIMIT 1 FOR UPDATE SKIP LOCKED)
                RETURNING mail_id, account_id, occurrence, episode, about, due_at, attempts, message,
                    clock_timestamp() - first_tried_at, clock_timestamp() - unsure_since, trace_parent
                """
            )
            .With("length", LeaseLength)
            .With("now", clock.Now)
            .With("host", onlyHostMail)
            .With("kind", HostMailQueued.HostMailKind)
            .ReadAsync(PendingMail.Read, cancellationToken);
        return taken is [var pending] ? pending : null;
    }

    /// <summary>
    /// Which mails the account got, or may have got, and whether a newer mail takes this one's place.
    /// </summary>
    public async Task<(bool NewerIsDue, bool FailureNotified, bool EndNotified)> ReadSentAsync(
        PendingMail pending,
        CancellationToken cancellationToken
    )
    {
        var sent = await database
            .CreateCommand(
                """
                SELECT
                    EXISTS (SELECT FROM billing.mails
                        WHERE account_id = @account AND kind = @kind AND episode = @episode
                            AND due_at > @due AND due_at <= @now),
                    failure IS NOT NULL,
                    EXISTS (SELECT FROM billing.mails
                        WHERE account_id = @account AND kind = 'access_ended' AND mail_id > failure
                            AND (state = 'sent' OR unsure_since IS NOT NULL))
                FROM (SELECT min(mail_id) AS failure FROM billing.mails
                    WHERE account_id = @account AND kind = 'payment_failed' AND episode = @episode
                        AND (state = 'sent' OR unsure_since IS NOT NULL)) AS sent
                """
            )
            .With("account", pending.Account)
            .With("kind", pending.About.Kind)
            .With("episode", pending.Episode)
            .With("due", pending.DueAt)
            .With("now", clock.Now)
            .ReadAsync(row => (row.GetBoolean(0), row.GetBoolean(1), row.GetBoolean(2)), cancellationToken);
        return sent.Single();
    }

    /// <summary>
    /// Keeps what is about to be handed over, before it is: whoever finds the row after a crash sends the same, or
    /// knows that it may have been sent. False when another has taken the mail since.
    /// </summary>
    public async Task<bool> TryKeepAsync(PendingMail pending, Mail mail, CancellationToken cancellationToken) =>
        await database
            .CreateCommand(
                """
                UPDATE billing.mails
                SET message = @message, unsure_since = coalesce(unsure_since, clock_timestamp())
                WHERE mail_id = @id AND attempts = @attempts
                """
            )
            .With(pending)
            .WithJson("message", JsonSerializer.Serialize(mail))
            .RunAsync(cancellationToken) == 1;

    /// <summary>Says how it ended, and raises the alert with it.</summary>
    public async Task SettleAsync(PendingMail pending, MailEnd end, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        var settled = await connection
            .Statement(
                transaction,
                """
                UPDATE billing.mails SET state = @state, reason = @reason, provider_id = @provider,
                    settled_at = clock_timestamp(), leased_until = NULL,
                    unsure_since = CASE WHEN @state <> 'dead' THEN unsure_since END
                WHERE mail_id = @id AND attempts = @attempts
                """
            )
            .With(pending)
            .With("state", end.State)
            .With("reason", end.Reason)
            .With("provider", end.ProviderId)
            .RunAsync(cancellationToken);
        if (settled == 1 && end.WantsOperator)
        {
            var alert = new AlertRaised(pending.Key, $"mail_{end.State}", $"{pending.About.Kind}: {end.Reason}");
            await EffectOutbox.AddAsync(
                connection,
                transaction,
                pending.Account,
                [alert],
                clock.Now,
                cancellationToken
            );
        }

        await transaction.CommitAsync(cancellationToken);
    }

    /// <summary>Leaves it for later.</summary>
    /// <param name="isUnsure">The provider may have it; what was handed over then stays as it is.</param>
    public async Task PutBackAsync(
        PendingMail pending,
        TimeSpan retryIn,
        string reason,
        bool isUnsure,
        CancellationToken cancellationToken
    ) =>
        await database
            .CreateCommand(
                """
                UPDATE billing.mails SET leased_until = NULL, reason = @reason,
                    not_before = clock_timestamp() + @retry,
                    message = CASE WHEN @unsure THEN message END,
                    unsure_since = CASE WHEN @unsure THEN unsure_since END
                WHERE mail_id = @id AND attempts = @attempts
                """
            )
            .With(pending)
            .With("reason", reason)
            .With("retry", retryIn)
            .With("unsure", isUnsure)
            .RunAsync(cancellationToken);

    /// <summary>Erases the texts of some mails that were settled before; how many, and 0 when none is left.</summary>
    public Task<int> ForgetBodiesAsync(DateTimeOffset before, CancellationToken cancellationToken) =>
        database
            .CreateCommand(
                """
                UPDATE billing.mails SET message = NULL
                WHERE mail_id IN (
                    SELECT mail_id FROM billing.mails
                    WHERE message IS NOT NULL AND state <> 'waiting' AND settled_at < @before
                    LIMIT 1000)
                """
            )
            .With("before", before)
            .RunAsync(cancellationToken);
}
