using System.Globalization;
using Tollgate.Outbox;

namespace Tollgate.Notifications;

/// <summary>Which mails an effect makes due, and when. Most effects make none.</summary>
internal static class DueMails
{
    public static IReadOnlyList<DueMail> Of(Effect effect, MailOptions options, DateTimeOffset now) =>
        effect switch
        {
            PaymentFailed failed => [.. options.GraceMailsAfter.Select(after => InGrace(failed, after))],
            PlanActivated or PaymentActionRequired or PaymentRecovered or AccessEnded or HostMailQueued =>
            [
                new DueMail(effect.Occurrence, effect.Occurrence, now),
            ],
            UsageReached reached => [Reached(reached)],
            _ => [],
        };

    private static DueMail InGrace(PaymentFailed failed, TimeSpan after) =>
        new(
            $"{failed.Occurrence}+{((long)after.TotalMinutes).ToString(CultureInfo.InvariantCulture)}m",
            failed.Occurrence,
            failed.Since + after
        );

    // of two that one run reached the higher one is the newer
    private static DueMail Reached(UsageReached about) =>
        new(
            about.Occurrence,
            $"{about.Meter}:{about.WindowEndsAt.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture)}",
            about.At + TimeSpan.FromMicroseconds(about.Percent)
        );
}

/// <param name="Episode">What several mails of one kind have in common: of those due, the newest is sent.</param>
/// <param name="DueAt">In billing time.</param>
internal sealed record DueMail(string Occurrence, string Episode, DateTimeOffset DueAt);
