using System.Net.Http.Json;
using Tollgate.Testing;

namespace Tollgate.IntegrationTests.Telemetry;

/// <summary>
/// What a collector gets from a running Hydra, in a process of its own: listeners get the whole process.
/// </summary>
public sealed class ExportTests
{
    private static readonly string[] WayOfAnEvent =
    [
        "webhook",
        "sync",
        "stripe GET /v1/subscriptions",
        "commit",
        "dispatch",
        "mail",
    ];

    private const string Card = "4242424242424242";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_collector_gets_traces_metrics_and_logs_and_no_data_of_people()
    {
        await using var collector = await FakeCollector.StartAsync();
        await using var database = await TestDatabase.CreateAsync();
        var sandbox = new Uri($"http://127.0.0.1:{FreePort.Next()}");
        await using var hydra = HydraProcess.Start(
            new Uri($"http://127.0.0.1:{FreePort.Next()}"),
            new Dictionary<string, string>(collector.Environment)
            {
                ["ConnectionStrings__Tollgate"] = database.ConnectionString,
                ["Development__SandboxPort"] = $"{sandbox.Port}",
                ["Development__KeepSandbox"] = "false",
            }
        );
        await hydra.ReadyAsync();
        await BuyAsync(hydra.Address, sandbox);

        await Eventually.Async(
            () => collector.Spans.GroupBy(span => span.Trace).Any(IsWholeWay),
            TimeSpan.FromSeconds(120),
            Token,
            what: "one event's way, from the webhook to the mail, in one trace"
        );
        // a gauge shows what was found after an earlier collection
        await Eventually.Async(() => collector.Metrics.Contains("tollgate.stripe.read_budget"), ct: Token);
        Assert.Equal(0, await hydra.StopAsync(TimeSpan.FromSeconds(60)));

        Assert.Superset(
            new HashSet<string>
            {
                "tollgate.webhook.deliveries",
                "tollgate.webhook.delivery.age",
                "tollgate.webhook.apply.age",
                "tollgate.webhook.oldest_unapplied",
                "tollgate.stripe.call.duration",
                "tollgate.stripe.circuit.open",
                "tollgate.outbox.effects",
                "tollgate.mail.attempts",
                "http.server.request.duration",
                "db.client.connection.count",
            },
            collector.Metrics.ToHashSet()
        );
        Assert.Contains(collector.Logs, line => line.StartsWith("Stripe event evt_", StringComparison.Ordinal));
        Assert.Equal(
            ["logs of product-under-test", "metrics of product-under-test", "traces of product-under-test"],
            collector.ServiceNames.Order()
        );
        Assert.Contains("stripe.event.id", collector.Spans.SelectMany(span => span.Tags));
        Assert.Contains("http.route", collector.Spans.SelectMany(span => span.Tags));
        Assert.Contains("POST /api/auth/login", collector.Spans.Select(span => span.Name));
        foreach (
            var secret in new[]
            {
                "Zanzibar",
                "zanzibar.test",
                "sk_test_",
                "whsec_",
                "useCookies=true", // a query
                HydraHost.Password,
                Card,
            }
        )
        {
            Assert.DoesNotContain(secret, collector.Everything, StringComparison.Ordinal);
        }
    }

    private static bool IsWholeWay(IEnumerable<ExportedSpan> trace) =>
        WayOfAnEvent.ToHashSet().IsSubsetOf(trace.Select(span => span.Name));

    private static async Task BuyAsync(Uri address, Uri sandbox)
    {
        using var owner = new HttpClient(new HttpClientHandler { CookieContainer = new() }) { BaseAddress = address };
        var who = new { email = "owner@acme.test", password = HydraHost.Password };
        (await owner.PostAsJsonAsync("/api/auth/login?useCookies=true", who, Token)).EnsureSuccessStatusCode();
        var wanted = new { price_id = "team_monthly", seat_count = 3 };
        var answer = await owner.PostAsJsonAsync("/api/billing/checkout", wanted, Token);
        var url = (await HydraHost.Json(answer)).GetProperty("checkout_url").GetString()!;
        await new SandboxApi(sandbox).PayCheckoutAsync(url, Card);
    }
}
