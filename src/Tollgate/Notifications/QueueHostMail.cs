using Npgsql;
using Tollgate.Outbox;

namespace Tollgate.Notifications;

/// <summary>
/// Queues for an account's billing address, or a person, a mail of the host's own, whose words
/// <see cref="MailTexts.HostMail"/> has. Each occurrence of a mail is sent once, however often it is queued.
/// </summary>
public sealed class QueueHostMail(NpgsqlDataSource database, BillingClock clock)
{
    /// <summary>A mail to an account's billing address.</summary>
    /// <param name="occurrence">What makes this one different from the next of the same mail.</param>
    /// <param name="facts">What the words need, by names of the host's.</param>
    public Task RunAsync(
        AccountId account,
        string mail,
        string occurrence,
        IReadOnlyDictionary<string, string> facts,
        CancellationToken cancellationToken
    ) => RunAsync(account, to: null, mail, occurrence, facts, cancellationToken);

    /// <summary>A mail to a person, or to an account's billing address.</summary>
    /// <param name="account">With which the mail is erased; a person's mail needs none that billing knows.</param>
    /// <param name="to">The person's own address; null for the billing address.</param>
    /// <param name="occurrence">What makes this one different from the next of the same mail.</param>
    /// <param name="facts">What the words need, by names of the host's.</param>
    public async Task RunAsync(
        AccountId account,
        string? to,
        string mail,
        string occurrence,
        IReadOnlyDictionary<string, string> facts,
        CancellationToken cancellationToken
    )
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        var pending = new HostMailQueued($"{mail}:{occurrence}", mail, facts) { To = to };
        await EffectOutbox.AddAsync(connection, transaction, account, [pending], clock.Now, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
    }
}
