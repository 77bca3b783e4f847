namespace Tollgate.Notifications;

/// <summary>
/// When a mail is tried again: after five seconds, doubling up to a quarter of an hour, or after what the provider
/// says. A mail that is three days late is not sent any more.
/// </summary>
internal static class MailRetries
{
    private const int DoublingsMost = 8;
    private static readonly TimeSpan First = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(15);
    private static readonly TimeSpan LongestAsked = TimeSpan.FromHours(6);
    private static readonly TimeSpan TooLate = TimeSpan.FromDays(3);

    public static TimeSpan After(int attempts, TimeSpan? asked)
    {
        var own = First * Math.Pow(2, Math.Min(attempts - 1, DoublingsMost));
        var wait = own < Longest ? own : Longest;
        return asked is not { } longer || longer < wait ? wait
            : longer < LongestAsked ? longer
            : LongestAsked;
    }

    public static bool IsTooLate(PendingMail pending) => pending.TriedFor > TooLate;
}
