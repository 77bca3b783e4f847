using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Extensions.Options;
using Tollgate.Commands;
using Tollgate.Identity;
using Tollgate.Notifications;

namespace Tollgate.ImportCsvTests;

/// <summary>A password that was forgotten, and those who did not forget it.</summary>
public sealed class PasswordTests
{
    private const string Newer = "some-newer-words";
    private const string ResetMail = "Choose a new password for ImportCSV";
    private const string ChangedMail = "Your ImportCSV password was changed";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_forgotten_password_is_set_by_the_link_once_and_ends_every_session()
    {
        await using var host = await ImportCsvHost.StartAsync();
        using var elsewhere = await host.SignInAsync();
        using var client = host.Anonymous();
        var link = await AskAsync(host, client);
        Assert.Equal(HttpStatusCode.NoContent, (await ResetAsync(client, link, Newer)).StatusCode);

        Assert.Equal(HttpStatusCode.Unauthorized, (await elsewhere.GetAsync("/api/me", Token)).StatusCode);
        await ImportCsvHost.RefusedAsync(await LogInAsync(client, ImportCsvHost.Password), 401, "wrong_password");
        using var signedIn = await host.SignInAsync(password: Newer);
        Assert.Equal(HttpStatusCode.OK, (await signedIn.GetAsync("/api/me", Token)).StatusCode);
        await ImportCsvHost.RefusedAsync(await ResetAsync(client, link, "words-of-a-thief"), 404, "reset_not_found");
        await host.MailAsync(ChangedMail);
    }

    [Fact]
    public async Task Asked_for_again_within_ten_minutes_the_link_is_mailed_once()
    {
        await using var host = await ImportCsvHost.StartAsync();
        using var client = host.Anonymous();
        await AskAsync(host, client);
        await AskAsync(host, client);
        // whoever asks last is served last
        await AskAsync(host, client, Admin);
        var mailed = (await host.Service<MailLog>().ListAsync(100, Token)).Count(mail =>
            mail.Message is { To: ImportCsvHost.Owner, Subject: ResetMail }
        );
        Assert.Equal(1, mailed);
    }

    [Fact]
    public async Task Nobody_learns_by_asking_whether_an_address_is_known()
    {
        await using var host = await ImportCsvHost.StartAsync();
        using var client = host.Anonymous();
        var unknown = await ForgotAsync(client, "nobody@example.com");
        var known = await ForgotAsync(client, ImportCsvHost.Owner);
        Assert.Equal(HttpStatusCode.NoContent, unknown.StatusCode);
        Assert.Equal(known.StatusCode, unknown.StatusCode);
        Assert.Equal(known.Headers.Select(header => header.Key), unknown.Headers.Select(header => header.Key));
        await host.MailAsync(ResetMail);
        Assert.Single(await host.MailsAsync());
    }

    [Fact]
    public async Task A_new_password_confirms_the_e_mail_of_a_user_from_before_there_was_mail()
    {
        await using var host = await ImportCsvHost.StartAsync();
        using var client = host.Anonymous();
        await host.RunAsync("""UPDATE importcsv."AspNetUsers" SET email_confirmed = false""");
        await ImportCsvHost.RefusedAsync(await LogInAsync(client, ImportCsvHost.Password), 401, "email_not_confirmed");

        var again = await client.PostAsJsonAsync("/api/auth/confirm/again", new { email = ImportCsvHost.Owner }, Token);
        Assert.Equal(HttpStatusCode.NoContent, again.StatusCode);
        var (user, code) = await host.LinkAsync("/reset");
        Assert.Equal(HttpStatusCode.NoContent, (await ResetAsync(client, new Link(user, code), Newer)).StatusCode);
        using var signedIn = await host.SignInAsync(password: Newer);
        await host.MailAsync("Welcome to ImportCSV");
    }

    [Fact]
    public async Task A_link_that_is_too_old_wrong_or_somebody_elses_sets_nothing()
    {
        await using var host = await ImportCsvHost.StartAsync();
        using var client = host.Anonymous();
        var lifespan = host.Service<IOptions<ResetLinkOptions>>().Value;
        Assert.Equal(TimeSpan.FromHours(1), lifespan.TokenLifespan);
        var link = await AskAsync(host, client);
        await RefusedAsync(client, link with { Code = "wrong" });
        await RefusedAsync(client, link with { User = "nobody" });
        await RefusedAsync(client, link with { User = (await host.UserAsync<string>("user_id", Admin))! });
        await ImportCsvHost.RefusedAsync(await ResetAsync(client, link, "short"), 400, "password_refused");
        lifespan.TokenLifespan = TimeSpan.FromTicks(-1);
        await RefusedAsync(client, link);

        lifespan.TokenLifespan = TimeSpan.FromHours(1);
        Assert.Equal(HttpStatusCode.NoContent, (await ResetAsync(client, link, Newer)).StatusCode);
    }

    [Fact]
    public async Task One_address_asks_for_so_many_links_a_minute_and_no_more()
    {
        await using var host = await ImportCsvHost.StartAsync("--SignIn:MailsPerMinute=1");
        using var client = host.Anonymous();
        await ForgotAsync(client, ImportCsvHost.Owner);
        await ImportCsvHost.RefusedAsync(await ForgotAsync(client, ImportCsvHost.Owner), 429, "too_many_calls");
    }

    [Theory]
    [InlineData("true")]
    [InlineData("false")]
    public async Task Whoever_runs_the_server_gives_a_new_password_by_a_command(string cloud)
    {
        await using var host = await ImportCsvHost.StartFreshAsync($"--IMPORTCSV_CLOUD={cloud}");
        using var before = await host.SignInAsync();
        Assert.Equal(1, (await RunAsync(host, "nobody@example.com")).Code);
        var (code, output) = await RunAsync(host, ImportCsvHost.Owner);
        Assert.Equal(0, code);
        var password = JsonElement.Parse(output).GetProperty("password").GetString()!;
        Assert.Equal(HttpStatusCode.Unauthorized, (await before.GetAsync("/api/me", Token)).StatusCode);
        using var signedIn = await host.SignInAsync(password: password);
        Assert.Equal(HttpStatusCode.OK, (await signedIn.GetAsync("/api/me", Token)).StatusCode);
    }

    [Fact]
    public async Task A_changed_password_keeps_the_session_that_changed_it_and_ends_the_others()
    {
        await using var host = await ImportCsvHost.StartAsync();
        using var elsewhere = await host.SignInAsync();
        using var client = await host.SignInAsync();
        await ImportCsvHost.RefusedAsync(await ChangeAsync(client, "not-my-password"), 403, "not_your_password");
        await ImportCsvHost.RefusedAsync(
            await ChangeAsync(client, ImportCsvHost.Password, "short"),
            400,
            "password_refused"
        );
        Assert.Equal(HttpStatusCode.OK, (await elsewhere.GetAsync("/api/me", Token)).StatusCode);

        Assert.Equal(HttpStatusCode.NoContent, (await ChangeAsync(client, ImportCsvHost.Password)).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await client.GetAsync("/api/me", Token)).StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, (await elsewhere.GetAsync("/api/me", Token)).StatusCode);
        using var anew = await host.SignInAsync(password: Newer);
        await host.MailAsync(ChangedMail);
        Assert.Single(await host.MailsAsync());
    }

    [Fact]
    public async Task Whoever_finds_a_browser_open_cannot_try_passwords_for_ever()
    {
        await using var host = await ImportCsvHost.StartAsync();
        using var client = await host.SignInAsync();
        for (var time = 0; time < 5; time++)
        {
            await ImportCsvHost.RefusedAsync(await ChangeAsync(client, "a-guess-or-two"), 403, "not_your_password");
        }

        await ImportCsvHost.RefusedAsync(await ChangeAsync(client, ImportCsvHost.Password), 429, "too_many_calls");
        using var elsewhere = await host.SignInAsync(); // which is another matter
    }

    private const string Admin = "admin@importcsv.test";

    private sealed record Link(string User, string Code);

    private static async Task<(int Code, string Output)> RunAsync(ImportCsvHost host, string email)
    {
        await using var output = new StringWriter();
        string[] args = ["users", "reset-password", email, "--json"];
        var code = await HostCommands.RunAsync(host.App, args, output, TextWriter.Null, Token);
        return (code, output.ToString());
    }

    /// <summary>Asks, and opens the mail.</summary>
    private static async Task<Link> AskAsync(ImportCsvHost host, HttpClient client, string email = ImportCsvHost.Owner)
    {
        Assert.Equal(HttpStatusCode.NoContent, (await ForgotAsync(client, email)).StatusCode);
        MailEntry? mail = null;
        await Eventually.Async(
            async () =>
                (
                    mail = (await host.Service<MailLog>().ListAsync(100, Token)).FirstOrDefault(one =>
                        one.State == "sent" && one.Message!.To == email && one.Message.Subject == ResetMail
                    )
                )
                    is not null,
            what: $"a link for {email}"
        );
        var link = mail!.Message!.Text.Split().Single(word => word.Contains("/reset?", StringComparison.Ordinal));
        var query = System.Web.HttpUtility.ParseQueryString(new Uri(link).Query);
        return new Link(query["user"]!, query["code"]!);
    }

    private static Task<HttpResponseMessage> ChangeAsync(HttpClient client, string from, string to = Newer) =>
        client.PostAsJsonAsync("/api/me/password", new { current_password = from, new_password = to }, Token);

    private static Task<HttpResponseMessage> ForgotAsync(HttpClient client, string email) =>
        client.PostAsJsonAsync("/api/auth/forgot", new { email }, Token);

    private static Task<HttpResponseMessage> ResetAsync(HttpClient client, Link link, string password) =>
        client.PostAsJsonAsync(
            "/api/auth/reset",
            new
            {
                user = link.User,
                code = link.Code,
                password,
            },
            Token
        );

    private static async Task RefusedAsync(HttpClient client, Link link) =>
        await ImportCsvHost.RefusedAsync(await ResetAsync(client, link, Newer), 404, "reset_not_found");

    private static Task<HttpResponseMessage> LogInAsync(
        HttpClient client,
        string password,
        string email = ImportCsvHost.Owner
    ) => client.PostAsJsonAsync("/api/auth/login", new { email, password }, Token);
}
