using System.Net.Http.Json;
using Tollgate.ImportCsvTesting;
using Tollgate.Notifications;

namespace Tollgate.BrowserTests;

/// <summary>Every mail of ImportCSV as it is read: light, dark and narrow.</summary>
public sealed class ImporterMailTests(BrowserFixture browser)
{
    private const string Csv = "email,name\r\nada@example.com,Ada\r\n";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_mail_is_readable()
    {
        await using var host = await ImportCsvHost.StartAsync();
        await SignUpAsync(host);
        await ForgetAsync(host);
        await UseUpAsync(host);
        await SubscribeAndFailAsync(host);

        var mails = (await host.Service<MailLog>().ListAsync(100, Token)).Where(mail => mail.State == "sent").ToList();
        Assert.Equal(11, mails.Count);
        Assert.Equal(11, mails.Select(mail => mail.Message!.Subject).Distinct().Count());
        foreach (var mail in mails)
        {
            await ReadAsync(mail, width: 720);
            await ReadAsync(mail, width: 390);
        }
    }

    private async Task ReadAsync(MailEntry entry, int width)
    {
        var subject = entry.Message!.Subject.ToLowerInvariant();
        var words = string.Concat(subject.Select(letter => char.IsAsciiLetterOrDigit(letter) ? letter : ' '));
        var name =
            $"importcsv-mail-{string.Join('-', words.Split(' ', StringSplitOptions.RemoveEmptyEntries))}-{width}";
        await using var reader = await Visitor.ComesAsync(browser, new Uri("http://mail.invalid"), width);
        await reader.Page.SetContentAsync(entry.Message.Html);
        await reader.SeesAsync(name);
        var overflow = await reader.Page.EvaluateAsync<int>("document.documentElement.scrollWidth - innerWidth");
        Assert.True(overflow <= 0, $"{name} is {overflow} px too wide");
    }

    private static async Task SignUpAsync(ImportCsvHost host)
    {
        using var newcomer = host.Anonymous();
        var credentials = new { email = "new@example.com", password = "long-enough-words" };
        (await newcomer.PostAsJsonAsync("/api/auth/sign-up", credentials, Token)).EnsureSuccessStatusCode();
        await host.MailAsync("Confirm your e-mail");
        var (user, code) = await host.LinkAsync("/confirm");
        (
            await newcomer.PostAsJsonAsync(
                "/api/auth/confirm",
                new
                {
                    user,
                    code,
                    credentials.password,
                },
                Token
            )
        ).EnsureSuccessStatusCode();
        await host.MailAsync("Welcome to ImportCSV");
    }

    private static async Task ForgetAsync(ImportCsvHost host)
    {
        using var forgetful = host.Anonymous();
        var asked = new { email = "new@example.com" };
        (await forgetful.PostAsJsonAsync("/api/auth/forgot", asked, Token)).EnsureSuccessStatusCode();
        await host.MailAsync("Choose a new password");
        var (user, code) = await host.LinkAsync("/reset");
        var wanted = new
        {
            user,
            code,
            password = "some-newer-words",
        };
        (await forgetful.PostAsJsonAsync("/api/auth/reset", wanted, Token)).EnsureSuccessStatusCode();
        await host.MailAsync("Your ImportCSV password was changed");
    }

    private static async Task UseUpAsync(ImportCsvHost host)
    {
        (await host.ImportAsync(Csv)).EnsureSuccessStatusCode();
        foreach (var (used, told) in new[] { (79, "80 % of your"), (99, "The limit of your") })
        {
            await host.RunAsync($"UPDATE billing.meters SET used = {used}");
            (await host.ImportAsync(Csv)).EnsureSuccessStatusCode();
            await host.MailAsync(told);
        }
    }

    private static async Task SubscribeAndFailAsync(ImportCsvHost host)
    {
        using var owner = await host.SignInAsync();
        await host.BuyAsync(owner, "pro");
        await host.MailAsync("You're on ImportCSV Pro");
        await host.FailRenewalAsync();
        foreach (var left in new[] { "7 days", "4 days", "1 day" })
        {
            await host.MailAsync($"Your ImportCSV payment did not go through: {left} left");
            await host.Sandbox.AdvanceAsync(TimeSpan.FromDays(3), Token);
        }

        await host.MailAsync("Your ImportCSV Pro plan is paused");
    }
}
