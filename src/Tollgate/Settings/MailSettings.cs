using System.Diagnostics.CodeAnalysis;
using System.Net.Mail;
using System.Text.RegularExpressions;

namespace Tollgate.Settings;

/// <summary>The settings of mail, each by its key below <c>Tollgate:Mail</c> and by its older name.</summary>
internal static partial class MailSettings
{
    public static readonly Setting ResendKey = new(
        "Tollgate:Mail:ResendApiKey",
        "re_...",
        "the key of the mail provider Resend"
    )
    {
        OlderName = "RESEND_API_KEY",
        Takes = text => ResendKeyForm().IsMatch(text),
    };

    public static readonly Setting SmtpUrl = new(
        "Tollgate:Mail:SmtpUrl",
        "smtp://USER:PASSWORD@HOST:587 or smtps://USER:PASSWORD@HOST:465, with user and password percent-encoded",
        "a mail server in Resend's place"
    )
    {
        OlderName = "SMTP_URL",
        Takes = text =>
            Uri.TryCreate(text, UriKind.Absolute, out var url)
            && url is { Scheme: "smtp" or "smtps", Host.Length: > 0 },
    };

    public static readonly Setting From = new("Tollgate:Mail:From", "Acme <billing@example.com>", "whom mails are from")
    {
        OlderName = "MAIL_FROM",
        Takes = text => TryReadFrom(text, out _),
    };

    public static readonly Setting ResendApiBase = new(
        "Tollgate:Mail:ResendApiBase",
        "an https address, or one on this machine",
        "where another Resend answers than the real one"
    )
    {
        OlderName = "RESEND_API_BASE",
        Takes = text =>
            Uri.TryCreate(text, UriKind.Absolute, out var uri) && (uri.Scheme == Uri.UriSchemeHttps || uri.IsLoopback),
    };

    public static bool TryReadFrom(string text, [NotNullWhen(true)] out MailAddress? from)
    {
        from = null;
        return !text.AsSpan().ContainsAny('\r', '\n')
            && MailAddress.TryCreate(text, out from)
            && EmailAddress.IsOne(from.Address)
            // of two addresses the first would be taken for the other's name
            && !from.DisplayName.AsSpan().ContainsAny('@', ',', ';');
    }

    [GeneratedRegex(@"^re_[A-Za-z0-9_]{8,250}\z", RegexOptions.None, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex ResendKeyForm();
}
