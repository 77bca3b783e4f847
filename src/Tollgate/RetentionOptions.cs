namespace Tollgate;

/// <summary>
/// How long bodies are kept that hold people's data; ids, kinds and times stay for ever (decision W3). Settings
/// <c>Tollgate:Retention:*</c>.
/// </summary>
public sealed class RetentionOptions
{
    /// <summary>
    /// Days after which the body of an event that was applied or ignored is erased; what is quarantined keeps its own.
    /// 0 keeps all for ever. Default 365.
    /// </summary>
    public int EventBodyDays { get; set; } = 365;

    /// <summary>
    /// Days after which the text of a mail that was sent, or will not be sent, is erased. 0 keeps all for ever.
    /// Default 90.
    /// </summary>
    public int MailBodyDays { get; set; } = 90;

    /// <summary>What is wrong with the settings, a sentence each.</summary>
    internal IEnumerable<string> Complaints()
    {
        if (EventBodyDays < 0)
        {
            yield return "Tollgate__Retention__EventBodyDays must be days, or 0 to keep all for ever.";
        }

        if (MailBodyDays < 0)
        {
            yield return "Tollgate__Retention__MailBodyDays must be days, or 0 to keep all for ever.";
        }
    }
}
