using MailKit.Security;
using Microsoft.Extensions.Configuration;
using MimeKit;
using Tollgate.Settings;

namespace Tollgate.Notifications;

/// <summary>
/// The settings of mail, read and checked once at start: <c>MAIL_FROM</c> with either <c>RESEND_API_KEY</c> or
/// <c>SMTP_URL</c>, each also by its key below <c>Tollgate:Mail</c>. One that is missing or malformed stops the start
/// with its name; no value is ever shown.
/// </summary>
internal static class MailEnvironment
{
    private const int SubmissionPort = 587;
    private const int ImplicitTlsPort = 465;
    private const string ImplicitTls = "smtps";

    /// <summary>True when a provider is given.</summary>
    public static bool IsGiven(IConfiguration configuration) =>
        MailSettings.ResendKey.Read(configuration) is not null || MailSettings.SmtpUrl.Read(configuration) is not null;

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
        var (resend, server) = (MailSettings.ResendKey, MailSettings.SmtpUrl);
        var isResend = resend.Read(configuration) is not null;
        var isSmtp = server.Read(configuration) is not null;
        if (isResend && isSmtp)
        {
            faults.Add($"{resend.Name} and {server.Name} are both set: choose one.");
        }
        else if (!isResend && !isSmtp)
        {
            faults.Add(
                $"{resend.Name} is not set: {resend.Purpose}, {resend.Form} (or {resend.Variable}). "
                    + $"Set {server.Name} instead for {server.Purpose}, "
                    + "or Tollgate__SendsMail=false for no mail at all."
            );
        }

        var key = faults.Optional(configuration, resend);
        var smtp = faults.Optional(configuration, server);
        var apiBase = faults.Optional(configuration, MailSettings.ResendApiBase) ?? "https://api.resend.com";
        var from = faults.Required(configuration, MailSettings.From);
        return from is null || !MailSettings.TryReadFrom(from, out var sender) || faults.Lines.Count > 0 ? null
            : key is not null ? new ResendSender(new Uri(apiBase), key, sender.ToString())
            : new SmtpSender(ReadSmtp(new Uri(smtp!)), new MailboxAddress(sender.DisplayName, sender.Address));
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
}
