using System.Diagnostics.CodeAnalysis;
using System.Net.Mail;
using System.Text.RegularExpressions;
using MailKit.Security;
using Microsoft.Extensions.Configuration;
using MimeKit;

namespace Tollgate.Notifications;

/// <summary>
/// The settings of mail, read and checked once at start: <c>MAIL_FROM</c> with either <c>RESEND_API_KEY</c> or
/// <c>SMTP_URL</c>, each also by its key below <c>Tollgate:Mail</c>. One that is missing or malformed stops the start
/// with its name; no value is ever shown.
/// </summary>
public static partial class MailEnvironment
{
    public const string ResendKey = "RESEND_API_KEY";
    public const string SmtpUrl = "SMTP_URL";
    public const string From = "MAIL_FROM";

    /// <summary>Where another Resend answers than the real one.</summary>
    public const string ResendApiBase = "RESEND_API_BASE";

    private const int SubmissionPort = 587;
    private const int ImplicitTlsPort = 465;
    private const string ImplicitTls = "smtps";

    internal static readonly Setting ResendKeySetting = new(
        "Tollgate:Mail:ResendApiKey",
        "re_...",
        "the key of the mail provider Resend"
    )
    {
        OlderName = ResendKey,
        Takes = text => ResendKeyForm().IsMatch(text),
    };

    internal static readonly Setting SmtpUrlSetting = new(
        "Tollgate:Mail:SmtpUrl",
        "smtp://USER:PASSWORD@HOST:587 or smtps://USER:PASSWORD@HOST:465, with user and password percent-encoded",
        "a mail server in Resend's place"
    )
    {
        OlderName = SmtpUrl,
        Takes = text =>
            Uri.TryCreate(text, UriKind.Absolute, out var url)
            && url is { Scheme: "smtp" or ImplicitTls, Host.Length: > 0 },
    };

    internal static readonly Setting FromSetting = new(
        "Tollgate:Mail:From",
        "Hydra <billing@example.com>",
        "whom mails are from"
    )
    {
        OlderName = From,
        Takes = text => TryReadFrom(text, out _),
    };

    internal static readonly Setting ResendApiBaseSetting = new(
        "Tollgate:Mail:ResendApiBase",
        "an https address, or one on this machine",
        "where another Resend answers than the real one"
    )
    {
        OlderName = ResendApiBase,
        Takes = text =>
            Uri.TryCreate(text, UriKind.Absolute, out var uri) && (uri.Scheme == Uri.UriSchemeHttps || uri.IsLoopback),
    };

    /// <summary>True when a provider is given.</summary>
    public static bool IsGiven(IConfiguration configuration) =>
        ResendKeySetting.Read(configuration) is not null || SmtpUrlSetting.Read(configuration) is not null;

    /// <exception cref="StartupException">Names the setting that is missing or malformed.</exception>
    internal static IMailSender ReadSender(IConfiguration configuration)
    {
        var faults = new SettingFaults();
        var sender = ReadSender(configuration, faults);
        faults.ThrowIfAny();
        return sender!;
    }

    /// <summary>Null when something of it is among the faults.</summary>
    internal static IMailSender? ReadSender(IConfiguration configuration, SettingFaults faults)
    {
        var isResend = ResendKeySetting.Read(configuration) is not null;
        var isSmtp = SmtpUrlSetting.Read(configuration) is not null;
        if (isResend && isSmtp)
        {
            faults.Add($"{ResendKey} and {SmtpUrl} are both set: choose one.");
        }
        else if (!isResend && !isSmtp)
        {
            faults.Add(
                $"{ResendKey} is not set: {ResendKeySetting.Purpose}, {ResendKeySetting.Form} "
                    + $"(or {ResendKeySetting.Variable}). Set {SmtpUrl} instead for {SmtpUrlSetting.Purpose}, "
                    + "or Tollgate__SendsMail=false for no mail at all."
            );
        }

        var key = faults.Optional(configuration, ResendKeySetting);
        var smtp = faults.Optional(configuration, SmtpUrlSetting);
        var apiBase = faults.Optional(configuration, ResendApiBaseSetting) ?? "https://api.resend.com";
        var from = faults.Required(configuration, FromSetting);
        return from is null || !TryReadFrom(from, out var sender) || faults.Lines.Count > 0 ? null
            : key is not null ? new ResendSender(new Uri(apiBase), key, sender.ToString())
            : new SmtpSender(ReadSmtp(new Uri(smtp!)), new MailboxAddress(sender.DisplayName, sender.Address));
    }

    private static bool TryReadFrom(string text, [NotNullWhen(true)] out MailAddress? from)
    {
        from = null;
        return !text.AsSpan().ContainsAny('\r', '\n')
            && MailAddress.TryCreate(text, out from)
            && EmailAddress.IsOne(from.Address)
            // of two addresses the first would be taken for the other's name
            && !from.DisplayName.AsSpan().ContainsAny('@', ',', ';');
    }

    internal static SmtpSettings ReadSmtp(Uri url)
    {
        var parts = url.UserInfo.Split(':', 2);
        var port =
            url.Port > 0 ? url.Port
            : url.Scheme == ImplicitTls ? ImplicitTlsPort
            : SubmissionPort;
        return new SmtpSettings(
            url.Host,
            port,
            parts is [{ Length: > 0 } user, ..] ? Uri.UnescapeDataString(user) : null,
            parts is [_, { Length: > 0 } password] ? Uri.UnescapeDataString(password) : null,
            url.Scheme == ImplicitTls || port == ImplicitTlsPort ? SecureSocketOptions.SslOnConnect
                : url.IsLoopback ? SecureSocketOptions.None
                : SecureSocketOptions.StartTls
        );
    }

    [GeneratedRegex(@"^re_[A-Za-z0-9_]{8,250}\z", RegexOptions.None, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex ResendKeyForm();
}
