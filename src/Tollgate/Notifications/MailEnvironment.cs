using System.Net.Mail;
using System.Text.RegularExpressions;
using Microsoft.Extensions.Configuration;

namespace Tollgate.Notifications;

/// <summary>
/// The settings of mail, read and checked once at start: <c>MAIL_FROM</c> with either <c>RESEND_API_KEY</c> or
/// <c>SMTP_URL</c>. A missing or malformed one stops the start with its name; no value is ever shown.
/// </summary>
public static partial class MailEnvironment
{
    public const string ResendKey = "RESEND_API_KEY";
    public const string SmtpUrl = "SMTP_URL";
    public const string From = "MAIL_FROM";

    /// <summary>Where another Resend answers than the real one.</summary>
    public const string ResendApiBase = "RESEND_API_BASE";

    private const int SubmissionPort = 587;

    /// <summary>True when a provider is given.</summary>
    public static bool IsGiven(IConfiguration configuration) =>
        Text(configuration, ResendKey) is not null || Text(configuration, SmtpUrl) is not null;

    /// <exception cref="StartupException">Names the setting that is missing or malformed.</exception>
    internal static IMailSender ReadSender(IConfiguration configuration)
    {
        var key = Text(configuration, ResendKey);
        var smtp = Text(configuration, SmtpUrl);
        return (key, smtp) switch
        {
            (null, null) => throw new StartupException(
                $"{ResendKey} is not set. Set it together with {From}, or set {SmtpUrl} instead."
            ),
            (not null, not null) => throw new StartupException($"{ResendKey} and {SmtpUrl} are both set: choose one."),
            (not null, _) => new ResendSender(
                ReadResendBase(configuration),
                Checked(key),
                ReadFrom(configuration).ToString()
            ),
            _ => new SmtpSender(ReadSmtp(smtp), ReadFrom(configuration)),
        };
    }

    private static string Checked(string key) =>
        ResendKeyForm().IsMatch(key) ? key : throw new StartupException($"{ResendKey} must look like re_...");

    private static Uri ReadResendBase(IConfiguration configuration) =>
        Text(configuration, ResendApiBase) is not { } text ? new Uri("https://api.resend.com")
        : Uri.TryCreate(text, UriKind.Absolute, out var uri) && (uri.Scheme == Uri.UriSchemeHttps || uri.IsLoopback)
            ? uri
        : throw new StartupException($"{ResendApiBase} must be an https address, or one on this machine.");

    private static MailAddress ReadFrom(IConfiguration configuration) =>
        Text(configuration, From) is { } text
        && !text.AsSpan().ContainsAny('\r', '\n')
        && MailAddress.TryCreate(text, out var from)
        && EmailAddress.IsOne(from.Address)
        // of two addresses the first would be taken for the other's name
        && !from.DisplayName.AsSpan().ContainsAny('@', ',', ';')
            ? from
            : throw new StartupException($"{From} must look like Hydra <billing@example.com>");

    private static SmtpSettings ReadSmtp(string text)
    {
        if (!Uri.TryCreate(text, UriKind.Absolute, out var url) || url.Scheme != "smtp" || url.Host.Length == 0)
        {
            throw new StartupException(
                $"{SmtpUrl} must look like smtp://USER:PASSWORD@HOST:587, with user and password percent-encoded."
            );
        }

        var parts = url.UserInfo.Split(':', 2);
        return new SmtpSettings(
            url.Host,
            url.Port > 0 ? url.Port : SubmissionPort,
            parts is [{ Length: > 0 } user, ..] ? Uri.UnescapeDataString(user) : null,
            parts is [_, { Length: > 0 } password] ? Uri.UnescapeDataString(password) : null,
            IsPlain: url.IsLoopback
        );
    }

    private static string? Text(IConfiguration configuration, string name) =>
        configuration[name] is { Length: > 0 } text ? text : null;

    [GeneratedRegex(@"^re_[A-Za-z0-9_]{8,250}\z", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex ResendKeyForm();
}
