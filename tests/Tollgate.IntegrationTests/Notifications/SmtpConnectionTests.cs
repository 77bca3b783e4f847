using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using MailKit.Security;
using MimeKit;
using Tollgate.Notifications;

namespace Tollgate.IntegrationTests.Notifications;

/// <summary>What fails before a mail is handed over is tried again, and a password goes to no stranger.</summary>
public sealed class SmtpConnectionTests
{
    private const string Password = "not-for-strangers";

    private static readonly Mail Mail = new("billing@acme.test", "Hello", "<p>Hello</p>", "Hello", "acme/hello/1");

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task User_and_password_go_to_a_server_that_asks_for_them()
    {
        await using var server = new FakeMailServer { Offers = ["AUTH PLAIN"] };

        var answer = await Sender(server, SecureSocketOptions.None).SendAsync(Mail, Token);

        Assert.Equal(new MailAnswer.Accepted("<acme.hello.1@hydra.test>"), answer);
        Assert.Single(server.Mails);
        var secret = Convert.ToBase64String(Encoding.UTF8.GetBytes($"\0hydra\0{Password}"));
        Assert.Contains($"AUTH PLAIN {secret}", server.Commands);
    }

    [Fact]
    public async Task A_password_that_is_refused_is_tried_again_and_not_shown()
    {
        await using var server = new FakeMailServer
        {
            Offers = ["AUTH PLAIN"],
            SaysToPassword = $"535 no such password: {Password}",
        };
        var sender = Sender(server, SecureSocketOptions.None);

        var answer = await sender.SendAsync(Mail, Token);

        Assert.Equal(new MailAnswer.NotNow("the mail server does not accept user and password"), answer);
        Assert.Equal("the mail server does not accept user and password", await sender.FindFaultAsync(Token));
        Assert.Empty(server.Mails);
        Assert.DoesNotContain(
            Password,
            new SmtpSettings("mail.test", 587, "hydra", Password, SecureSocketOptions.StartTls).ToString(),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task Without_encryption_nothing_is_said()
    {
        await using var server = new FakeMailServer { Offers = ["AUTH PLAIN"] };

        var answer = await Sender(server, SecureSocketOptions.StartTls).SendAsync(Mail, Token);

        Assert.Equal(new MailAnswer.NotNow("the mail server offers no encryption by STARTTLS"), answer);
        Assert.Empty(Secrets(server));
    }

    [Theory]
    [InlineData(SecureSocketOptions.StartTls)]
    [InlineData(SecureSocketOptions.SslOnConnect)]
    public async Task A_server_that_nobody_vouches_for_gets_no_password(SecureSocketOptions security)
    {
        using var certificate = MakeCertificate();
        await using var server = new FakeMailServer { Offers = ["STARTTLS", "AUTH PLAIN"], Certificate = certificate };

        var answer = await Sender(server, security).SendAsync(Mail, Token);

        Assert.Equal(new MailAnswer.NotNow("the mail server's certificate or TLS version is not accepted"), answer);
        Assert.Empty(Secrets(server));
        Assert.Empty(server.Mails);
    }

    [Fact]
    public async Task A_server_that_does_not_greet_does_not_have_the_mail()
    {
        await using var server = new FakeMailServer { IsSilent = true };

        var answer = await Sender(server, SecureSocketOptions.None).SendAsync(Mail, Token);

        Assert.Equal(new MailAnswer.NotNow("no connection to the mail server: it does not answer in time"), answer);
    }

    private static IEnumerable<string> Secrets(FakeMailServer server) =>
        server.Commands.Where(line => line.StartsWith("AUTH", StringComparison.Ordinal));

    private static SmtpSender Sender(FakeMailServer server, SecureSocketOptions security) =>
        new(
            new SmtpSettings("127.0.0.1", server.Port, "hydra", Password, security),
            new MailboxAddress("Hydra", "billing@hydra.test")
        )
        {
            ConnectTimeout = TimeSpan.FromSeconds(server.IsSilent ? 0.5 : 10),
        };

    private static X509Certificate2 MakeCertificate()
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest("CN=127.0.0.1", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        using var made = request.CreateSelfSigned(
            DateTimeOffset.UnixEpoch.AddYears(50),
            DateTimeOffset.UnixEpoch.AddYears(99)
        );
        return X509CertificateLoader.LoadPkcs12(made.Export(X509ContentType.Pkcs12), password: null);
    }
}
