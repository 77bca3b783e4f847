using System.Net.Sockets;
using MailKit;
using MailKit.Net.Smtp;
using MailKit.Security;
using MimeKit;

namespace Tollgate.Notifications;

/// <summary>
/// Sends through a mail server. SMTP knows no idempotency keys: a mail whose fate is unclear is not sent again. What
/// fails before the mail is handed over is no such case. No text of the server is kept: it may quote an address.
/// </summary>
internal sealed class SmtpSender(SmtpSettings settings, MailboxAddress from) : IMailSender
{
    public TimeSpan KeyLifetime => TimeSpan.Zero;

    /// <summary>How long the server may take until it would accept a mail; less than what the caller allows.</summary>
    internal TimeSpan ConnectTimeout { get; init; } = TimeSpan.FromSeconds(8);

    public async Task<MailAnswer> SendAsync(Mail mail, CancellationToken cancellationToken)
    {
        using var message = Message(mail);
        using var client = NewClient();
        if (await FindFaultAsync(client, cancellationToken) is { } fault)
        {
            return new MailAnswer.NotNow(fault);
        }

        try
        {
            await client.SendAsync(message, cancellationToken);
        }
        catch (SmtpCommandException refusal)
        {
            // what the server says is an answer
            return Answer(refusal);
        }
        catch (Exception failure) when (failure is IOException or ProtocolException)
        {
            return new MailAnswer.Unclear("the mail server's answer is lost");
        }

        // a QUIT that fails changes nothing; MailKit ignores it
        await client.DisconnectAsync(quit: true, cancellationToken);
        return new MailAnswer.Accepted($"<{message.MessageId}>");
    }

    /// <summary>Connects, encrypts and signs in, as for a mail.</summary>
    public async Task<string?> FindFaultAsync(CancellationToken cancellationToken)
    {
        using var client = NewClient();
        var fault = await FindFaultAsync(client, cancellationToken);
        await client.DisconnectAsync(quit: true, cancellationToken);
        return fault;
    }

    private async Task<string?> FindFaultAsync(SmtpClient client, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(ConnectTimeout);
        try
        {
            await client.ConnectAsync(settings.Host, settings.Port, settings.Security, limit.Token);
            // a relay that trusts the network asks for no password
            if (settings.Password is { } password && client.Capabilities.HasFlag(SmtpCapabilities.Authentication))
            {
                await client.AuthenticateAsync(settings.User ?? "", password, limit.Token);
            }

            return null;
        }
        catch (SmtpCommandException refusal)
        {
            // a greeting or an EHLO that is refused: that is what was to be found out, here and below
            return Says(refusal);
        }
        catch (SocketException failure)
        {
            // nobody listens, or there is no such host
            return $"no connection to the mail server: {failure.SocketErrorCode}";
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return "no connection to the mail server: it does not answer in time";
        }
        catch (Exception failure)
            when (failure
                    is IOException
                        or ProtocolException
                        or SslHandshakeException
                        or AuthenticationException
                        or NotSupportedException
            )
        {
            return failure switch
            {
                SslHandshakeException => "the mail server's certificate or TLS version is not accepted",
                AuthenticationException => "the mail server does not accept user and password",
                NotSupportedException => "the mail server offers no encryption by STARTTLS",
                _ => "the mail server breaks off the connection",
            };
        }
    }

    private static SmtpClient NewClient() =>
        new()
        {
            // a list of revoked certificates that cannot be fetched would stop all mail
            CheckCertificateRevocation = false,
        };

    private MimeMessage Message(Mail mail)
    {
        var message = new MimeMessage
        {
            Subject = mail.Subject,
            MessageId = $"{mail.IdempotencyKey.Replace('/', '.')}@{from.Domain}",
            Body = new BodyBuilder { TextBody = mail.Text, HtmlBody = mail.Html }.ToMessageBody(),
        };
        message.From.Add(from);
        message.To.Add(new MailboxAddress(name: null, mail.To));
        message.Headers[HeaderId.AutoSubmitted] = "auto-generated";
        return message;
    }

    private static MailAnswer Answer(SmtpCommandException refusal) =>
        refusal switch
        {
            { ErrorCode: SmtpErrorCode.RecipientNotAccepted, StatusCode: >= SmtpStatusCode.MailboxUnavailable } =>
                new MailAnswer.Refused(Says(refusal)),
            { StatusCode: SmtpStatusCode.TransactionFailed or SmtpStatusCode.ExceededStorageAllocation } =>
                new MailAnswer.Refused(Says(refusal)),
            _ => new MailAnswer.NotNow(Says(refusal)),
        };

    private static string Says(SmtpCommandException refusal) => $"the mail server says {(int)refusal.StatusCode}";
}

/// <summary>Where the mail server is, and as whom to speak to it. Its text form names no password.</summary>
/// <param name="Security">None for a server on this machine only.</param>
internal sealed record SmtpSettings(string Host, int Port, string? User, string? Password, SecureSocketOptions Security)
{
    public override string ToString() => $"{nameof(SmtpSettings)} {{ {Host}:{Port} }}";
}
