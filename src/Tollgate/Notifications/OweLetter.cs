using Npgsql;
using Tollgate.Effects;

namespace Tollgate.Notifications;

/// <summary>
/// Owes an account's billing address, or a person, a mail of the host's own, whose words
/// <see cref="MailTexts.Letter"/> has. Each occurrence of a letter is sent once, however often it is owed.
/// </summary>
public sealed class OweLetter(NpgsqlDataSource database, BillingClock clock)
{
    /// <param name="occurrence">What makes this one different from the next of the same letter.</param>
    /// <param name="facts">What the words need, by names of the host's.</param>
    public Task RunAsync(
        AccountId account,
        string letter,
        string occurrence,
        IReadOnlyDictionary<string, string> facts,
        CancellationToken cancellationToken
    ) => RunAsync(account, to: null, letter, occurrence, facts, cancellationToken);

    /// <param name="account">With which the mail is erased; a person's letter needs none that billing knows.</param>
    /// <param name="to">The person's own address; null for the billing address.</param>
    /// <param name="occurrence">What makes this one different from the next of the same letter.</param>
    /// <param name="facts">What the words need, by names of the host's.</param>
    public async Task RunAsync(
        AccountId account,
        string? to,
        string letter,
        string occurrence,
        IReadOnlyDictionary<string, string> facts,
        CancellationToken cancellationToken
    )
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        var owed = new LetterOwed($"{letter}:{occurrence}", letter, facts) { To = to };
        await Outbox.AddAsync(connection, transaction, account, [owed], clock.Now, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
    }
}
