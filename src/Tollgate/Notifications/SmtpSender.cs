using System.Net;
using System.Net.Mail;
using System.Net.Mime;
using System.Net.Sockets;
using System.Text;

namespace Tollgate.Notifications;

/// <summary>
/// Sends through a mail server. SMTP knows no idempotency keys: a mail whose fate is unclear is not sent again.
/// <see cref="SmtpClient"/> is part of .NET and does all that is wanted here: STARTTLS, a password, one mail of two
/// parts.
/// </summary>
internal sealed class SmtpSender(SmtpSettings settings, MailAddress from) : IMailSender
{
    public TimeSpan KeyLifetime => TimeSpan.Zero;

    public async Task<MailAnswer> SendAsync(Mail mail, CancellationToken cancellationToken)
    {
        using var message = Message(mail);
        using var client = new SmtpClient(settings.Host, settings.Port)
        {
            EnableSsl = !settings.IsPlain,
            UseDefaultCredentials = false,
            Credentials = settings.Password is { } password ? new NetworkCredential(settings.User, password) : null,
        };
        try
        {
            await client.SendMailAsync(message, cancellationToken);
            return new MailAnswer.Accepted(message.Headers["Message-ID"]);
        }
        catch (SmtpException failure)
        {
            // what the server says is an answer
            return Answer(failure);
        }
    }

    /// <summary>The server greets; the password is first tried by a mail.</summary>
    public async Task<string?> FindFaultAsync(CancellationToken cancellationToken)
    {
        try
        {
            using var connection = new TcpClient();
            await connection.ConnectAsync(settings.Host, settings.Port, cancellationToken);
            using var lines = new StreamReader(connection.GetStream(), Encoding.ASCII);
            var greeting = await lines.ReadLineAsync(cancellationToken);
            return greeting?.StartsWith("220", StringComparison.Ordinal) == true
                ? null
                : $"no mail server greets at {settings.Host}:{settings.Port}";
        }
        catch (Exception failure) when (failure is SocketException or IOException)
        {
            return $"no connection to the mail server {settings.Host}:{settings.Port}";
        }
    }

    private MailMessage Message(Mail mail)
    {
        var message = new MailMessage(from, new MailAddress(mail.To))
        {
            Subject = mail.Subject,
            SubjectEncoding = Encoding.UTF8,
            Body = mail.Text,
            BodyEncoding = Encoding.UTF8,
        };
        message.AlternateViews.Add(
            AlternateView.CreateAlternateViewFromString(mail.Html, Encoding.UTF8, MediaTypeNames.Text.Html)
        );
        message.Headers["Message-ID"] = $"<{mail.IdempotencyKey.Replace('/', '.')}@{from.Host}>";
        message.Headers["Auto-Submitted"] = "auto-generated";
        return message;
    }

    private static MailAnswer Answer(SmtpException failure)
    {
        var reason = $"the mail server says {(int)failure.StatusCode}";
        return failure switch
        {
            SmtpFailedRecipientException { StatusCode: >= SmtpStatusCode.MailboxUnavailable } => new MailAnswer.Refused(
                reason
            ),
            { StatusCode: SmtpStatusCode.TransactionFailed or SmtpStatusCode.ExceededStorageAllocation } =>
                new MailAnswer.Refused(reason),
            { StatusCode: SmtpStatusCode.GeneralFailure, InnerException: SocketException cause } =>
                new MailAnswer.NotNow($"no connection to the mail server: {cause.SocketErrorCode}"),
            { StatusCode: SmtpStatusCode.GeneralFailure } => new MailAnswer.Unclear("the mail server's answer is lost"),
            _ => new MailAnswer.NotNow(reason),
        };
    }
}

/// <summary>Where the mail server is, and as whom to speak to it. Its text form names no password.</summary>
/// <param name="IsPlain">Without encryption; for a server on this machine only.</param>
internal sealed record SmtpSettings(string Host, int Port, string? User, string? Password, bool IsPlain)
{
    public override string ToString() => $"{nameof(SmtpSettings)} {{ {Host}:{Port} }}";
}
