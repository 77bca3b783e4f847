using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Npgsql;
using NpgsqlTypes;
using Tollgate.Outbox;
using Tollgate.Storage;

namespace Tollgate.Notifications;

/// <summary>A mail taken from the table, for the how-many-th time.</summary>
/// <param name="Kept">What was handed to the provider before, and may have been accepted.</param>
/// <param name="TriedFor">Since the first attempt, in machine time.</param>
/// <param name="UnsureFor">Since when the provider may have it; null when it does not.</param>
internal sealed record PendingMail(
    long MailId,
    AccountId Account,
    string Occurrence,
    string Episode,
    Effect About,
    DateTimeOffset DueAt,
    int Attempts,
    Mail? Kept,
    TimeSpan TriedFor,
    TimeSpan? UnsureFor
)
{
    /// <summary>The trace of what it is about.</summary>
    public string? TraceParent { get; init; }

    /// <summary>
    /// Made of what the mail is about and nothing of this database, so that a restored backup makes the same key.
    /// </summary>
    public string Key
    {
        get
        {
            var hash = SHA256.HashData(Encoding.UTF8.GetBytes($"{Account} {About.Kind} {Occurrence}"));
            return $"{About.Kind}/{Convert.ToHexStringLower(hash.AsSpan(0, 16))}";
        }
    }

    public static PendingMail Read(NpgsqlDataReader row) =>
        new(
            row.GetInt64(0),
            new AccountId(row.GetString(1)),
            row.GetString(2),
            row.GetString(3),
            EffectJson.Read(row.GetString(4)),
            row.Time(5),
            row.GetInt32(6),
            row.Nullable<string>(7) is { } message ? JsonSerializer.Deserialize<Mail>(message) : null,
            row.GetTimeSpan(8),
            row.IsDBNull(9) ? null : row.GetTimeSpan(9)
        )
        {
            TraceParent = row.Nullable<string>(10),
        };
}

/// <summary>How a mail ended.</summary>
internal sealed record MailEnd(string State, string? Reason, string? ProviderId = null)
{
    public static MailEnd Sent(string? providerId) => new("sent", Reason: null, providerId);

    /// <summary>What it would say is not so any more.</summary>
    public static MailEnd Superseded(string reason) => new("superseded", reason);

    /// <summary>It may have been sent or not, and the provider no longer knows.</summary>
    public static MailEnd Unknown(string reason) => new("unknown", reason);

    public static MailEnd Dead(string reason) => new("dead", reason);

    public bool WantsOperator => State is "unknown" or "dead";
}

internal static class PendingMailArguments
{
    public static NpgsqlCommand With(this NpgsqlCommand command, PendingMail pending) =>
        command.With("id", pending.MailId).With("attempts", pending.Attempts);

    public static NpgsqlCommand WithJson(this NpgsqlCommand command, string name, string json)
    {
        command.Parameters.Add(new NpgsqlParameter(name, NpgsqlDbType.Jsonb) { Value = json });
        return command;
    }
}
