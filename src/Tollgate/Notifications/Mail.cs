namespace Tollgate.Notifications;

/// <summary>A mail as it is handed to a provider: one address, one line of subject, HTML and text that say the
/// same.</summary>
/// <param name="IdempotencyKey">
/// The same for every attempt at the same occurrence, at most 256 characters of ASCII.
/// </param>
public sealed record Mail(string To, string Subject, string Html, string Text, string IdempotencyKey)
{
    /// <summary>No address and no words: this may end up in a log.</summary>
    public override string ToString() => $"{nameof(Mail)} {{ {IdempotencyKey} }}";
}

/// <summary>Hands mails to a provider. A host's own registration replaces the one that the settings name.</summary>
public interface IMailSender
{
    /// <summary>
    /// How long the provider knows an idempotency key again. A mail that it may have is not handed over again after
    /// that; zero where it knows no keys.
    /// </summary>
    TimeSpan KeyLifetime { get; }

    /// <summary>Hands the mail over once. Whatever the provider says is an answer and no exception.</summary>
    Task<MailAnswer> SendAsync(Mail mail, CancellationToken cancellationToken);

    /// <summary>
    /// Why a mail would not go out now, found out without sending one; null, the default, where nothing speaks against
    /// it.
    /// </summary>
    Task<string?> FindFaultAsync(CancellationToken cancellationToken) => Task.FromResult<string?>(null);
}

/// <summary>What came of handing a mail over.</summary>
public abstract record MailAnswer
{
    private MailAnswer() { }

    /// <summary>The provider has it.</summary>
    /// <param name="ProviderId">Its name there; null where the provider gives none.</param>
    public sealed record Accepted(string? ProviderId) : MailAnswer;

    /// <summary>The provider will never take it, for example because there is no such address.</summary>
    public sealed record Refused(string Reason) : MailAnswer;

    /// <summary>The provider does not have it, and may take it later.</summary>
    public sealed record NotNow(string Reason, TimeSpan? RetryAfter = null) : MailAnswer;

    /// <summary>No answer, or none that says it: the provider may have it or not.</summary>
    public sealed record Unclear(string Reason) : MailAnswer;
}
