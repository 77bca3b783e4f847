using System.Text.Json;
using Npgsql;
using Tollgate.Storage;

namespace Tollgate.Notifications;

/// <summary>What became of the mails: for a mailbox page, and for whoever asks why a customer got no mail.</summary>
internal sealed class MailLog(NpgsqlDataSource database)
{
    private const string Columns = """
        SELECT mail_id, account_id, kind, occurrence, due_at, state, reason, attempts, message, provider_id, settled_at
        FROM billing.mails
        """;

    /// <summary>The newest first, whatever became of them.</summary>
    public async Task<IReadOnlyList<MailEntry>> ListAsync(int most, CancellationToken cancellationToken) =>
        await database
            .CreateCommand($"{Columns} ORDER BY mail_id DESC LIMIT @most")
            .With("most", most)
            .ReadAsync(Read, cancellationToken);

    /// <summary>Of one account, the newest first.</summary>
    public async Task<IReadOnlyList<MailEntry>> ListAsync(
        AccountId account,
        int most,
        CancellationToken cancellationToken
    ) =>
        await database
            .CreateCommand($"{Columns} WHERE account_id = @account ORDER BY mail_id DESC LIMIT @most")
            .With("account", account)
            .With("most", most)
            .ReadAsync(Read, cancellationToken);

    public async Task<MailEntry?> FindAsync(long mailId, CancellationToken cancellationToken)
    {
        var found = await database
            .CreateCommand($"{Columns} WHERE mail_id = @id")
            .With("id", mailId)
            .ReadAsync(Read, cancellationToken);
        return found is [var entry] ? entry : null;
    }

    private static MailEntry Read(NpgsqlDataReader row) =>
        new(
            row.GetInt64(0),
            new AccountId(row.GetString(1)),
            row.GetString(2),
            row.GetString(3),
            row.Time(4),
            row.GetString(5),
            row.Nullable<string>(6),
            row.GetInt32(7),
            row.Nullable<string>(8) is { } message ? JsonSerializer.Deserialize<Mail>(message) : null,
            row.Nullable<string>(9),
            row.IsDBNull(10) ? null : row.Time(10)
        );
}

/// <summary>One mail, pending or done.</summary>
/// <param name="DueAt">In billing time.</param>
/// <param name="State">
/// <c>waiting</c>, <c>sent</c>, <c>superseded</c> (not so any more), <c>unknown</c> (the provider may have it) or
/// <c>dead</c>.
/// </param>
/// <param name="Reason">Why it is not sent, or was not at the last attempt.</param>
/// <param name="Message">What was handed over; null before that.</param>
/// <param name="ProviderId">Its name at the provider.</param>
/// <param name="SettledAt">In machine time.</param>
internal sealed record MailEntry(
    long MailId,
    AccountId Account,
    string Kind,
    string Occurrence,
    DateTimeOffset DueAt,
    string State,
    string? Reason,
    int Attempts,
    Mail? Message,
    string? ProviderId,
    DateTimeOffset? SettledAt
);
