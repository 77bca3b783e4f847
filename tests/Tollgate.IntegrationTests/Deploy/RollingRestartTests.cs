using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Tollgate.IntegrationTests.Notifications;
using Tollgate.Sandbox.Tests.Support;
using Tollgate.Testing;

namespace Tollgate.IntegrationTests.Deploy;

/// <summary>
/// docs/operations/deploy.md without containers: what deploy/Dockerfile builds, started as deploy/compose.yaml starts
/// it with the names of deploy/.env.example, behind deploy/Caddyfile, against a Sandbox in a process of its own.
/// </summary>
[Collection(PublishedHost.Collection)]
public sealed class RollingRestartTests
{
    private const string Card = "4242424242424242";
    private const string Key = "sk_test_of_a_deployed_host";
    private const int ImageUser = 1654;
    private static readonly TimeSpan GracePeriod = TimeSpan.FromSeconds(40);
    private static readonly Uri Nowhere = new("http://nowhere.test");

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task From_an_empty_database_to_two_nodes_that_are_restarted_one_by_one_while_people_buy()
    {
        using var hydra = await PublishedHost.PublishAsync("Hydra", Token);
        await using var database = await TestDatabase.CreateAsync();
        await using var mails = await FakeResend.StartAsync();
        using var stripe = SandboxProcess.Start("--port", "0");
        var stripeAddress = await stripe.AddressAsync();
        var sandbox = new SandboxApi(stripeAddress, Key);
        var settings = Settings(database, mails, stripeAddress);
        var site = CaddyProxy.FreeAddress();
        await SetUpAsync(hydra, settings, new Uri(site, "/api/webhooks/stripe"));

        await using var early = Start(hydra, settings, CaddyProxy.FreeAddress());
        Assert.Equal(1, await early.ExitCodeAsync());
        Assert.Contains("migrate", early.Errors, StringComparison.Ordinal);
        var migrated = await TypeAsync(hydra, settings, "migrate", "up");
        Assert.Contains("applied", migrated, StringComparison.Ordinal);
        Assert.DoesNotContain("missing", migrated, StringComparison.Ordinal);

        Uri[] addresses = [CaddyProxy.FreeAddress(), CaddyProxy.FreeAddress()];
        await using var first = Start(hydra, settings, addresses[0]);
        await using var second = Start(hydra, settings, addresses[1]);
        await Task.WhenAll(first.ReadyAsync(), second.ReadyAsync());
        await using var proxy = await CaddyProxy.StartAsync(site, addresses);
        await AssertHealthCommandAsync(hydra, settings, addresses[0]);

        using var anna = await SignUpAsync(site, mails, "anna@initech.test", "Initech");
        using var bert = await SignUpAsync(site, mails, "bert@globex.test", "Globex");
        using var end = CancellationTokenSource.CreateLinkedTokenSource(Token);
        var watching = WatchAsync(site, end.Token);

        await BuyWhileStoppingAsync(sandbox, anna, first);
        await using var firstAgain = Start(hydra, settings, addresses[0]);
        await firstAgain.ReadyAsync();
        await BuyWhileStoppingAsync(sandbox, bert, second);
        await using var secondAgain = Start(hydra, settings, addresses[1]);
        await secondAgain.ReadyAsync();

        await BecomesTeamAsync(anna);
        await BecomesTeamAsync(bert);
        await AllDeliveredAsync(sandbox);
        await end.CancelAsync();
        Assert.Equal([], await watching);
        await AssertHealthCommandAsync(hydra, settings, addresses[1]);
    }

    /// <summary>What a server has in .env, with this machine's addresses and keys where the example has none.</summary>
    private static Dictionary<string, string> Settings(TestDatabase database, FakeResend mails, Uri stripe)
    {
        var settings = File.ReadLines(PublishedHost.DeployFile(".env.example"))
            .Where(line => line.Length > 0 && line[0] != '#')
            .Concat(mails.Settings.Select(argument => argument.TrimStart('-')))
            .Select(line => line.Split('=', 2))
            .GroupBy(pair => pair[0], pair => pair[1], StringComparer.Ordinal)
            .ToDictionary(group => group.Key, group => group.Last(), StringComparer.Ordinal);
        settings["ASPNETCORE_ENVIRONMENT"] = "Production";
        settings["ConnectionStrings__Tollgate"] = database.ConnectionString;
        settings["Tollgate__MigrateAtStart"] = "false";
        settings["Tollgate__KnownProxies"] = "127.0.0.1";
        settings["STRIPE_API_BASE"] = stripe.AbsoluteUri;
        settings["STRIPE_SECRET_KEY"] = Key;
        settings["STRIPE_PUBLISHABLE_KEY"] = "pk_test_of_a_deployed_host";
        return settings;
    }

    private static async Task SetUpAsync(PublishedHost hydra, Dictionary<string, string> settings, Uri webhook)
    {
        var said = await TypeAsync(hydra, settings, "setup", "--yes", "--webhook-url", webhook.AbsoluteUri);
        var printed = said.Split('\n').Where(line => line.StartsWith("STRIPE_", StringComparison.Ordinal)).ToList();
        Assert.Equal(6, printed.Count);
        foreach (var line in printed)
        {
            var pair = line.Trim().Split('=', 2);
            Assert.Equal("", settings[pair[0]]); // its place is in the example
            settings[pair[0]] = pair[1];
        }
    }

    /// <summary>As the image's user, which owns nothing; where the tests are a person's, as that person.</summary>
    private static ProductProcess Start(PublishedHost hydra, Dictionary<string, string> settings, Uri address) =>
        Environment.IsPrivilegedProcess
            ? ProductProcess.StartProgram(
                "setpriv",
                address,
                new Dictionary<string, string>(At(settings, address)) { ["HOME"] = "/" },
                $"--reuid={ImageUser}",
                $"--regid={ImageUser}",
                "--clear-groups",
                hydra.Program
            )
            : ProductProcess.StartProgram(hydra.Program, address, At(settings, address));

    private static Dictionary<string, string> At(Dictionary<string, string> settings, Uri address) =>
        new(settings, StringComparer.Ordinal) { ["ASPNETCORE_URLS"] = address.GetLeftPart(UriPartial.Authority) };

    private static async Task<string> TypeAsync(
        PublishedHost hydra,
        Dictionary<string, string> settings,
        params string[] command
    )
    {
        await using var typed = ProductProcess.StartProgram(hydra.Program, Nowhere, settings, command);
        Assert.True(await typed.ExitCodeAsync() == 0, $"{typed.Errors}{typed.Output}");
        return typed.Output;
    }

    private static async Task AssertHealthCommandAsync(
        PublishedHost hydra,
        Dictionary<string, string> settings,
        Uri address
    )
    {
        Assert.Contains("200", await TypeAsync(hydra, At(settings, address), "health"), StringComparison.Ordinal);
        var nobody = At(settings, CaddyProxy.FreeAddress());
        await using var unhealthy = ProductProcess.StartProgram(hydra.Program, Nowhere, nobody, "health");
        Assert.Equal(1, await unhealthy.ExitCodeAsync());
    }

    private static async Task<HttpClient> SignUpAsync(Uri site, FakeResend mails, string email, string organization)
    {
        var client = new HttpClient { BaseAddress = site };
        Assert.Contains("<html", await client.GetStringAsync("/sign-in", Token), StringComparison.Ordinal);
        var password = HydraHost.Password;
        await PostAsync(
            client,
            "/api/auth/register",
            new
            {
                organization,
                email,
                password,
            }
        );
        string? link = null;
        await Eventually.Async(
            () =>
                (
                    link = mails
                        .Mails.Where(mail => mail.ToString().Contains(email, StringComparison.Ordinal))
                        .SelectMany(mail => mail.GetProperty("text").GetString()!.Split())
                        .FirstOrDefault(word => word.Contains("/confirm?", StringComparison.Ordinal))
                )
                    is not null,
            what: "the mail of the sign-up"
        );
        var query = System.Web.HttpUtility.ParseQueryString(new Uri(link!).Query);
        var (user, code) = (query["user"] ?? "", query["code"]!);
        await PostAsync(
            client,
            "/api/auth/confirm",
            new
            {
                user,
                code,
                password,
            }
        );
        // the cookie is for https alone
        var signedIn = JsonElement.Parse(await PostAsync(client, "/api/auth/login", new { email, password }));
        client.DefaultRequestHeaders.Authorization = new("Bearer", signedIn.GetProperty("access_token").GetString());
        return client;
    }

    private static async Task BuyWhileStoppingAsync(SandboxApi sandbox, HttpClient buyer, ProductProcess node)
    {
        var order = new { price_id = "team_monthly", seat_count = 2 };
        var checkout = JsonElement.Parse(await PostAsync(buyer, "/api/billing/checkout", order));
        var stopping = node.StopAsync(GracePeriod);
        await sandbox.PayCheckoutAsync(checkout.GetProperty("checkout_url").GetString()!, Card);
        Assert.Equal(0, await stopping);
    }

    /// <summary>Somebody who looks at a page again and again; answers what went wrong.</summary>
    private static async Task<List<string>> WatchAsync(Uri site, CancellationToken cancellationToken)
    {
        using var client = new HttpClient { BaseAddress = site };
        var wrong = new List<string>();
        using var pace = new PeriodicTimer(TimeSpan.FromMilliseconds(50), TimeProvider.System);
        while (!cancellationToken.IsCancellationRequested)
        {
            try
            {
                await pace.WaitForNextTickAsync(cancellationToken);
                using var answer = await client.GetAsync("/sign-in", cancellationToken);
                if (answer.StatusCode != HttpStatusCode.OK)
                {
                    wrong.Add($"{answer.StatusCode}");
                }
            }
            catch (HttpRequestException failed)
            {
                wrong.Add(failed.Message); // what is asserted
            }
            catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
            {
                break;
            }
        }

        return wrong;
    }

    private static Task BecomesTeamAsync(HttpClient buyer) =>
        Eventually.Async(
            async () =>
                (await buyer.GetFromJsonAsync<JsonElement>("/api/billing/status", Token))
                    .GetProperty("tier")
                    .GetString() == "team",
            timeout: TimeSpan.FromSeconds(90),
            what: "the plan to arrive"
        );

    private static Task AllDeliveredAsync(SandboxApi sandbox) =>
        Eventually.Async(
            async () =>
                (await sandbox.GetAsync("/v1/events?delivery_success=false")).GetProperty("data").GetArrayLength() == 0,
            timeout: TimeSpan.FromSeconds(90),
            what: "every event to be delivered"
        );

    private static async Task<string> PostAsync(HttpClient client, string path, object body)
    {
        using var answer = await client.PostAsJsonAsync(path, body, Token);
        var text = await answer.Content.ReadAsStringAsync(Token);
        Assert.True(answer.IsSuccessStatusCode, $"{path}: {(int)answer.StatusCode} {text}");
        return text;
    }
}
