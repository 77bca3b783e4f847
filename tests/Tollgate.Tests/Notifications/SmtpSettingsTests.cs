using MailKit.Security;
using Tollgate.Notifications;

namespace Tollgate.Tests.Notifications;

public sealed class SmtpSettingsTests
{
    [Theory]
    [InlineData("smtp://mail.test", 587, SecureSocketOptions.StartTls)]
    [InlineData("smtp://mail.test:25", 25, SecureSocketOptions.StartTls)]
    [InlineData("smtp://mail.test:465", 465, SecureSocketOptions.SslOnConnect)]
    [InlineData("smtps://mail.test", 465, SecureSocketOptions.SslOnConnect)]
    [InlineData("smtps://mail.test:2465", 2465, SecureSocketOptions.SslOnConnect)]
    [InlineData("smtp://localhost:1025", 1025, SecureSocketOptions.None)]
    [InlineData("smtps://localhost", 465, SecureSocketOptions.SslOnConnect)]
    public void Only_this_machine_is_spoken_to_without_encryption(string url, int port, SecureSocketOptions security)
    {
        var settings = MailEnvironment.ReadSmtp(new Uri(url));

        Assert.Equal((port, security), (settings.Port, settings.Security));
    }

    [Fact]
    public void User_and_password_are_percent_encoded()
    {
        var settings = MailEnvironment.ReadSmtp(new Uri("smtp://a%40hydra.test:p%3Aw%2Fd@mail.test"));

        Assert.Equal(("a@hydra.test", "p:w/d"), (settings.User, settings.Password));
    }
}
