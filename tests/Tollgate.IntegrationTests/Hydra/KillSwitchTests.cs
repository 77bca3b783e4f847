using System.Net;
using System.Net.Http.Json;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Tollgate.IntegrationTests.Reconciliation;
using Tollgate.Settings;
using Tollgate.Testing;

namespace Tollgate.IntegrationTests.Hydra;

/// <summary>Billing is off: nothing is sold, changed or opened, everything can be read, and events wait.</summary>
public sealed class KillSwitchTests
{
    private const string Prefix = "/api/billing/";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Switched_off_every_billing_route_that_acts_answers_503_and_every_one_that_reads_200()
    {
        await using var hydra = await HydraHost.StartAsync();
        using var owner = await hydra.SignInAsync();
        var session = await hydra.BuyAsync(owner);
        await hydra.TierBecomesAsync("team");
        await hydra.Sandbox.WaitForDeliveriesAsync(Token);
        await hydra.QuietAsync();
        var events = await CountEventsAsync(hydra);
        await hydra.Service<SetBillingSwitch>().RunAsync(isOn: false, "a test", "sam", Token);

        await EveryRouteAsync(hydra, owner, session);

        Assert.Equal(events, await CountEventsAsync(hydra));
    }

    [Fact]
    public async Task Off_by_the_environment_every_billing_route_that_acts_answers_503()
    {
        await using var hydra = await HydraHost.StartAsync("--BILLING_ENABLED=false");
        using var owner = await hydra.SignInAsync();

        await EveryRouteAsync(hydra, owner, session: null);
    }

    [Fact]
    public async Task Off_by_the_environment_events_are_recorded_and_wait_until_it_is_on()
    {
        await using var hydra = await HydraHost.StartAsync("--BILLING_ENABLED=false");
        await hydra.QueryAsync<object>(
            """
            INSERT INTO billing.stripe_bindings (stripe_id, account_id, bound_at)
            VALUES ('cus_unknown', 'acme', clock_timestamp())
            """
        );
        Assert.Equal(HttpStatusCode.OK, (await hydra.DeliverAsync(SampleEvents.Event("evt_waits"))).StatusCode);
        await using (await HydraHost.StartOnAsync(hydra.ConnectionString, "--BILLING_ENABLED=false"))
        {
            // two nodes have come round several times by now, and one has just begun with what waits
            Assert.Equal("received", await StateAsync(hydra));
        }

        await using var on = await HydraHost.StartOnAsync(hydra.ConnectionString);
        await Eventually.Async(
            async () => await StateAsync(on) != "received",
            ct: Token,
            what: "the event that waited to be taken"
        );
    }

    private static async Task EveryRouteAsync(HydraHost hydra, HttpClient owner, string? session)
    {
        var routes = hydra
            .App.Services.GetServices<EndpointDataSource>()
            .SelectMany(source => source.Endpoints)
            .OfType<RouteEndpoint>()
            .Where(endpoint => IsBilling($"/{endpoint.RoutePattern.RawText!.TrimStart('/')}"))
            .SelectMany(endpoint =>
                endpoint
                    .Metadata.GetMetadata<HttpMethodMetadata>()!
                    .HttpMethods.Select(method => $"{method} /{endpoint.RoutePattern.RawText!.TrimStart('/')}")
            )
            .Distinct()
            .Order(StringComparer.Ordinal)
            .ToList();
        Assert.Equal([.. Reads.Concat(Actions.Keys).Order(StringComparer.Ordinal)], routes);
        foreach (var read in Reads.Where(read => session is not null || read != Success))
        {
            var path = read == Success ? $"{Prefix}success?session_id={session}" : read[4..];
            using var answer = await owner.GetAsync(path, HttpCompletionOption.ResponseHeadersRead, Token);
            Assert.Equal((read, HttpStatusCode.OK), (read, answer.StatusCode));
        }

        foreach (var (action, bodies) in Actions)
        {
            foreach (var body in bodies)
            {
                var parts = action.Split(' ');
                using var request = new HttpRequestMessage(new HttpMethod(parts[0]), parts[1]);
                request.Content = JsonContent.Create(body);
                using var answer = await owner.SendAsync(request, Token);
                var problem = await HydraHost.Json(answer);
                Assert.Equal(
                    (action, 503, "billing_disabled"),
                    (action, (int)answer.StatusCode, problem.GetProperty("code").GetString())
                );
            }
        }
    }

    private const string Success = $"GET {Prefix}success";

    private static readonly string[] Reads =
    [
        $"GET {Prefix}features",
        $"GET {Prefix}plans",
        $"GET {Prefix}status",
        $"GET {Prefix}stream",
        Success,
    ];

    /// <summary>Each route that acts, with every kind of body that it takes.</summary>
    private static readonly Dictionary<string, object[]> Actions = new()
    {
        [$"POST {Prefix}checkout"] = [new { price_id = "team_monthly", seat_count = 3 }],
        [$"POST {Prefix}seats"] = [new { seat_count = 5, preview = true }, Changing.Seats(5, 1_795_000_000)],
        [$"POST {Prefix}upgrade"] =
        [
            new { price_id = "business_monthly", preview = true },
            new
            {
                price_id = "business_monthly",
                preview = false,
                proration_date = 1_795_000_000,
            },
            new
            {
                price_id = "team_annual",
                preview = true,
                effective = "period_end",
            },
            new
            {
                price_id = "team_annual",
                preview = false,
                effective = "period_end",
            },
        ],
        [$"DELETE {Prefix}upgrade"] = [new { }],
        [$"POST {Prefix}portal"] = [new { }],
    };

    // administrators go on: the switch is one of their routes
    private static bool IsBilling(string path) =>
        path.StartsWith(Prefix, StringComparison.Ordinal)
        && !path.StartsWith($"{Prefix}admin/", StringComparison.Ordinal);

    private static async Task<int> CountEventsAsync(HydraHost hydra) =>
        (await hydra.Stripe.GetAsync("/v1/events?limit=100")).GetProperty("data").GetArrayLength();

    private static Task<string?> StateAsync(HydraHost hydra) =>
        hydra.QueryAsync<string>("SELECT state FROM billing.inbox_receipts WHERE event_id = 'evt_waits'");
}
