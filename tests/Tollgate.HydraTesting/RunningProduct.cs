using System.Net;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Tollgate.Access;
using Tollgate.Commands;
using Tollgate.Development;
using Tollgate.Notifications;
using Tollgate.Sandbox;
using Tollgate.Testing;

namespace Tollgate.HydraTesting;

/// <summary>A product in this process, on a database and a Sandbox of its own.</summary>
/// <param name="database">Dropped with the product; null for one that somebody else drops.</param>
public abstract partial class RunningProduct(WebApplication app, TestDatabase? database, Uri address) : IAsyncDisposable
{
    protected const string GoodCard = "4242424242424242";
    protected const string FailingCard = "4000000000000341";

    public WebApplication App => app;

    public Uri Address => address;

    public SandboxServer Sandbox => Service<RunningSandbox>().Server;

    /// <summary>Stripe's API as a developer with the secret key sees it.</summary>
    public SandboxApi Stripe => new(Sandbox.BaseAddress);

    public NpgsqlDataSource Database => Service<NpgsqlDataSource>();

    /// <summary>Of the endpoint; that of <c>stripe listen</c> stands behind it.</summary>
    public string WebhookSecret => Service<IConfiguration>()["STRIPE_WEBHOOK_SECRET"]!.Split(',')[0];

    public static CancellationToken Token => TestContext.Current.CancellationToken;

    public T Service<T>()
        where T : notnull => app.Services.GetRequiredService<T>();

    public virtual async ValueTask DisposeAsync()
    {
        await app.StopAsync(CancellationToken.None);
        await app.DisposeAsync();
        if (database is not null)
        {
            await database.DisposeAsync();
        }

        GC.SuppressFinalize(this);
    }

    /// <summary>A browser that nobody has signed in yet: cookies are kept, redirects are shown.</summary>
    public HttpClient Stranger(Func<SocketsHttpHandler, SocketsHttpHandler>? configure = null)
    {
        var handler = new SocketsHttpHandler { CookieContainer = new CookieContainer(), AllowAutoRedirect = false };
        return new HttpClient(configure is null ? handler : configure(handler)) { BaseAddress = Address };
    }

    /// <summary>What the newest mailed link to that page says, as soon as it is mailed.</summary>
    /// <param name="page">Such as <c>/confirm</c>.</param>
    /// <param name="to">Whose mail it is; null for anybody's.</param>
    public async Task<(string User, string Code)> LinkAsync(string page, string? to = null)
    {
        string? link = null;
        await Eventually.Async(
            async () =>
                (
                    link = (await Service<MailLog>().ListAsync(100, Token))
                        .Where(mail => to is null || mail.Message?.To == to)
                        .SelectMany(mail => mail.Message?.Text.Split() ?? [])
                        .FirstOrDefault(word => word.Contains($"{page}?", StringComparison.Ordinal))
                )
                    is not null,
            what: $"a mail with a link to {page}"
        );
        var query = System.Web.HttpUtility.ParseQueryString(new Uri(link!).Query);
        return (query["user"] ?? "", query["code"]!);
    }

    /// <summary>Opens the mail of a sign-up, and gives the password: signed in from then on.</summary>
    public async Task ConfirmAsync(HttpClient client, string email, string password)
    {
        var (user, code) = await LinkAsync("/confirm", email);
        var answer = await client.PostAsJsonAsync(
            "/api/auth/confirm",
            new
            {
                user,
                code,
                password,
            },
            Token
        );
        Assert.Equal(HttpStatusCode.NoContent, answer.StatusCode);
    }

    /// <summary>Subjects of the mails that were handed over, the oldest first.</summary>
    public async Task<IReadOnlyList<string>> MailsAsync() =>
        [
            .. (await Service<MailLog>().ListAsync(100, Token))
                .Where(mail => mail.State == "sent")
                .Select(mail => mail.Message!.Subject)
                .Reverse(),
        ];

    public Task MailAsync(string beginning) =>
        Eventually.Async(
            async () => (await MailsAsync()).Any(subject => subject.StartsWith(beginning, StringComparison.Ordinal)),
            what: $"a mail: {beginning}"
        );

    /// <summary>That it is refused like this; answers the problem.</summary>
    public static async Task<JsonElement> RefusedAsync(HttpResponseMessage answer, int status, string code)
    {
        var body = await answer.Content.ReadAsStringAsync(Token);
        Assert.True(status == (int)answer.StatusCode, $"{(int)answer.StatusCode}: {body}");
        var problem = JsonElement.Parse(body);
        Assert.Equal(code, problem.GetProperty("code").GetString());
        return problem;
    }

    /// <summary>
    /// A command of the product's executable, on this one's database and Stripe: what it answers, and what is wrong
    /// where it fails.
    /// </summary>
    public async Task<(int Code, string Output)> CommandAsync(params string[] args)
    {
        await using var output = new StringWriter();
        await using var error = new StringWriter();
        var code = await HostCommands.RunAsync(app, args, output, error, Token);
        return (code, code == HostCommands.Done ? $"{output}" : $"{output}{error}");
    }

    /// <summary>One value of one row, by SQL, as an operator would read it.</summary>
    public async Task<T?> QueryAsync<T>(string sql)
    {
        await using var command = Database.CreateCommand(sql);
        var value = await command.ExecuteScalarAsync(Token);
        return value is null or DBNull ? default : (T)value;
    }

    /// <summary>What Stripe signs a body with; now, unless said otherwise.</summary>
    public string Sign(string body, DateTimeOffset? at = null)
    {
        var time = (at ?? TimeProvider.System.GetUtcNow()).ToUnixTimeSeconds();
        var hash = HMACSHA256.HashData(Encoding.UTF8.GetBytes(WebhookSecret), Encoding.UTF8.GetBytes($"{time}.{body}"));
        return $"t={time},v1={Convert.ToHexStringLower(hash)}";
    }

    public static async Task<JsonElement> Json(HttpResponseMessage answer) =>
        await answer.Content.ReadFromJsonAsync<JsonElement>(Token);

    /// <summary>Scripts, styles and pictures that a file below <c>wwwroot</c> names and nobody serves.</summary>
    public async Task<IReadOnlyList<string>> MissingFilesAsync()
    {
        using var client = new HttpClient { BaseAddress = Address };
        var missing = new List<string>();
        foreach (var file in Directory.EnumerateFiles(app.Environment.WebRootPath))
        {
            foreach (Match named in NamedFile().Matches(await File.ReadAllTextAsync(file, Token)))
            {
                using var answer = await client.GetAsync(named.Groups["path"].Value, Token);
                if (!answer.IsSuccessStatusCode)
                {
                    missing.Add($"{named.Groups["path"].Value}, named by {Path.GetFileName(file)}");
                }
            }
        }

        return missing;
    }

    protected static Uri FreeAddress() => new($"http://127.0.0.1:{FreePort.Next()}");

    /// <summary>What a product is started with in a test; those of the test come last and so hold.</summary>
    protected static string[] Settings(Uri address, string connectionString, params IEnumerable<string> settings) =>
        [
            "--environment=Development",
            $"--urls={address.GetLeftPart(UriPartial.Authority)}",
            $"--ConnectionStrings:Tollgate={connectionString}",
            "--Development:SandboxPort=0",
            "--Development:KeepSandbox=false",
            "--Development:DatabaseIsPrivate=true",
            "--BILLING_ENABLED=true",
            "--Logging:LogLevel:Default=Warning",
            // whatever the machine has, no test's mail leaves it
            "--RESEND_API_KEY=",
            "--SMTP_URL=",
            .. settings,
        ];

    /// <summary>As it is run from the checkout.</summary>
    protected static string ContentRoot(string host) => $"--contentRoot={Path.Combine(Repository.Root, "hosts", host)}";

    /// <summary>Until the gate knows the row as it is: it is invalidated a moment after the commit.</summary>
    protected Task GateInvalidatedAsync(string account) =>
        Eventually.Async(
            async () =>
                (await Service<AccessGate>().DecideAsync(new AccountId(account), Token)).State.Version
                >= await QueryAsync<long>(
                    $"SELECT coalesce(max(version), 0) FROM billing.subscriptions WHERE account_id = '{account}'"
                ),
            what: $"the gate to be invalidated for {account}"
        );

    /// <summary>The period goes by, and the renewal's charge fails if the card is such.</summary>
    protected async Task RenewAsync(string customer, string subscription, DateTime end, string card)
    {
        await Stripe.ChargeToAsync(customer, subscription, card);
        // an hour passes between the renewal's draft invoice and its charge
        await Sandbox.AdvanceAsync(end + TimeSpan.FromMinutes(61) - Sandbox.Clock.GetUtcNow().UtcDateTime, Token);
    }

    /// <summary>The card is changed to a good one, and the open invoice is paid with it.</summary>
    protected async Task PayLatestInvoiceAsync(string customer, string subscription)
    {
        await Stripe.ChargeToAsync(customer, subscription, GoodCard);
        var latest = await Stripe.GetAsync($"/v1/subscriptions/{subscription}");
        await Stripe.PostAsync($"/v1/invoices/{latest.GetProperty("latest_invoice").GetString()}/pay");
    }

    [GeneratedRegex(
        """(?:from |import |src=|href=)['"](?:\.?(?<path>/[\w./-]+\.(?:js|css|svg)))['"]""",
        RegexOptions.None,
        matchTimeoutMilliseconds: 10_000
    )]
    private static partial Regex NamedFile();
}
