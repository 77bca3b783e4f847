namespace Tollgate.Notifications;

/// <summary>When mails go out. A host registers its own before or after <c>AddTollgate</c>.</summary>
public sealed record MailOptions
{
    /// <summary>
    /// How long after the first failure of a payment its mails are due, in billing time; each less than the catalog's
    /// grace. Default: one mail, at once.
    /// </summary>
    public IReadOnlyList<TimeSpan> GraceMailsAfter { get; init; } = [TimeSpan.Zero];
}
