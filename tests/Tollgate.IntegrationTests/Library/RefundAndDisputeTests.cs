using System.Text.Json;
using Tollgate.Catalog;
using Tollgate.Subscriptions;
using Tollgate.Testing;

namespace Tollgate.IntegrationTests.Library;

public sealed class RefundAndDisputeTests
{
    private const string DisputingCard = "4000000000000259";

    private static readonly RefundAndDisputeTerms Strict = new()
    {
        OnFullRefund = OnRefundOrDispute.EndAccess,
        OnDispute = OnRefundOrDispute.EndAccess,
    };

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_disputed_payment_ends_access_with_an_alert_and_a_dispute_that_is_won_brings_it_back()
    {
        await using var app = await LibraryApp.StartAsync(CatalogOf(Strict));
        await PayAsync(app, DisputingCard);
        await Eventually.Async(async () => await OpenAlertsAsync(app) == 1, ct: Token);
        await TierBecomesAsync(app, "free");
        Assert.Equal(
            "unpaid active",
            await app.QueryAsync<string>("SELECT status || ' ' || stripe_status FROM billing.subscriptions")
        );
        Assert.Equal("already_subscribed", await app.RefusedAsync("checkout", Wish));

        var dispute = (await app.Stripe.GetAsync("/v1/disputes")).GetProperty("data")[0].GetProperty("id").GetString()!;
        await app.Stripe.PostAsync($"/v1/disputes/{dispute}", ("evidence[uncategorized_text]", "winning_evidence"));

        await TierBecomesAsync(app, "team");
        Assert.Equal(0, await OpenAlertsAsync(app));
        var timeline = await TimelineAsync(app);
        Assert.Equal(
            [
                $"dispute {dispute} of 40.00 usd: needs_response, fraudulent",
                $"dispute {dispute} of 40.00 usd: won, fraudulent",
            ],
            timeline.Where(line => !line.Contains("under_review", StringComparison.Ordinal))
        );
    }

    [Fact]
    public async Task A_refund_in_parts_ends_access_when_all_is_refunded_and_the_next_payment_brings_it_back()
    {
        await using var app = await LibraryApp.StartAsync(CatalogOf(Strict));
        await app.BuyAsync();
        var charge = await OnlyChargeAsync(app);

        await RefundAsync(app, charge, ("amount", "1500"));
        await ShownAsync(app, refunds: 1);
        Assert.Equal("team", (await app.GetAsync("status")).GetProperty("tier").GetString());

        await RefundAsync(app, charge, ("reason", "requested_by_customer"));
        await TierBecomesAsync(app, "free");
        var (_, explained) = await app.CommandAsync("explain", "acme", "--json");
        Assert.Contains("ended with refund re_", explained, StringComparison.Ordinal);

        await app.Sandbox.AdvanceAsync(TimeSpan.FromDays(31) + TimeSpan.FromHours(2), Token);
        await TierBecomesAsync(app, "team");
    }

    [Fact]
    public async Task By_default_access_is_kept_and_eight_events_are_asked_for_and_a_reconcile_sees_the_dispute()
    {
        await using var app = await LibraryApp.StartAsync(Some.Catalog);
        Assert.Equal(EventRoutes.Types.Order(), (await EndpointTypesAsync(app)).Order());
        Assert.Equal(8, EventRoutes.Types.Count);
        await PayAsync(app, DisputingCard);
        await TierBecomesAsync(app, "team");
        Assert.Equal(0, await OpenAlertsAsync(app));

        var (code, found) = await app.CommandAsync("reconcile", "--by", "sam");

        Assert.Equal(1, code); // there is something to see to
        Assert.Contains("payment_disputed", found, StringComparison.Ordinal);
        Assert.Equal(1, await OpenAlertsAsync(app));
        Assert.Single(await TimelineAsync(app));
        Assert.Equal("team", (await app.GetAsync("status")).GetProperty("tier").GetString());
    }

    [Fact]
    public async Task Events_of_refunds_and_disputes_in_any_order_and_twice_end_in_one_state()
    {
        await using var app = await LibraryApp.StartAsync(CatalogOf(Strict));
        Assert.Equal(15, (await EndpointTypesAsync(app)).Count);
        await app.Stripe.MuteAsync();
        var random = new Random(4711);
        var account = LibraryApp.Acme;
        await PayAsync(app, DisputingCard);
        await app.Service<SubscriptionSync>().ProjectAsync(account, "test", Token);
        await TierBecomesAsync(app, "team");
        var dispute = (await app.Stripe.GetAsync("/v1/disputes")).GetProperty("data")[0].GetProperty("id").GetString()!;
        await app.Stripe.PostAsync($"/v1/disputes/{dispute}", ("evidence[uncategorized_text]", "winning_evidence"));
        var charge = await OnlyChargeAsync(app);
        await RefundAsync(app, charge, ("amount", "1500"));
        await RefundAsync(app, charge);
        var listed = await app.Stripe.GetAsync("/v1/events?limit=100");
        var bodies = listed
            .GetProperty("data")
            .EnumerateArray()
            .Where(one => EventRoutes.TypesFor(CatalogOf(Strict)).Contains(one.GetProperty("type").GetString()!))
            .Where(one => !EventRoutes.Types.Contains(one.GetProperty("type").GetString()!))
            .Select(one => one.GetRawText())
            .ToArray();
        Assert.Equal(7, bodies.Length);

        string? first = null;
        for (var run = 0; run < 3; run++)
        {
            // new ids, so that each run gets all of it again
            var again = bodies
                .Select(body => body.Replace("\"evt_", $"\"evt_{run}", StringComparison.Ordinal))
                .ToArray();
            random.Shuffle(again);
            foreach (var body in again.SelectMany(body => new[] { body, body }))
            {
                await app.DeliverAsync(body);
            }

            await QuietAsync(app);
            var state = await app.QueryAsync<string>(
                """
                SELECT concat_ws(' ', coalesce(plan, 'none'), status, refunds_and_disputes::text)
                FROM billing.subscriptions
                """
            );
            Assert.StartsWith("none unpaid", state, StringComparison.Ordinal);
            Assert.Equal(first ??= state, state);
        }

        Assert.Equal(1L, await app.QueryAsync<long>("SELECT count(*) FROM billing.outbox WHERE kind = 'access_ended'"));
    }

    [Fact]
    public async Task A_dispute_of_nobody_we_know_is_parked_and_one_without_a_customer_is_ignored()
    {
        await using var app = await LibraryApp.StartAsync(CatalogOf(new RefundAndDisputeTerms()));
        await ChargeAsync(app);
        var stranger = await app.Stripe.PostAsync("/v1/customers", ("email", "stranger@elsewhere.test"));
        await ChargeAsync(app, ("customer", stranger.GetProperty("id").GetString()!));

        await Eventually.Async(
            async () =>
                await app.QueryAsync<string>(
                    """
                    SELECT string_agg(state || ' ' || reason, ', ' ORDER BY state) FROM billing.inbox_receipts
                    WHERE type = 'charge.dispute.created'
                    """
                ) == "ignored no_customer, parked unknown_account",
            ct: Token
        );
    }

    private static object Wish => new { price_id = "team_monthly", seat_count = 2 };

    private static PlanCatalog CatalogOf(RefundAndDisputeTerms terms)
    {
        var usual = Some.Catalog;
        return new PlanCatalog(usual.Product, usual.Plans, usual.Meters, usual.Features)
        {
            Seats = usual.Seats,
            RefundsAndDisputes = terms,
        };
    }

    private static async Task PayAsync(LibraryApp app, string card)
    {
        var session = await app.OpenCheckoutAsync("team_monthly");
        await app.Stripe.PayCheckoutAsync(session.GetProperty("url").GetString()!, card);
    }

    private static Task<JsonElement> ChargeAsync(LibraryApp app, params (string, string)[] more) =>
        app.Stripe.PostAsync(
            "/v1/payment_intents",
            [
                ("amount", "2000"),
                ("currency", "usd"),
                ("payment_method", "pm_card_createDispute"),
                ("confirm", "true"),
                .. more,
            ]
        );

    private static Task<JsonElement> RefundAsync(LibraryApp app, string charge, params (string, string)[] more) =>
        app.Stripe.PostAsync("/v1/refunds", [("charge", charge), .. more]);

    private static async Task<string> OnlyChargeAsync(LibraryApp app) =>
        Assert
            .Single((await app.Stripe.GetAsync("/v1/charges")).GetProperty("data").EnumerateArray())
            .GetProperty("id")
            .GetString()!;

    private static async Task<List<string>> EndpointTypesAsync(LibraryApp app) =>
        [
            .. (await app.Stripe.GetAsync("/v1/webhook_endpoints"))
                .GetProperty("data")[0]
                .GetProperty("enabled_events")
                .EnumerateArray()
                .Select(type => type.GetString()!),
        ];

    private static Task TierBecomesAsync(LibraryApp app, string tier) =>
        app.StatusBecomesAsync(status => status.GetProperty("tier").GetString() == tier, $"the tier to be {tier}");

    private static Task ShownAsync(LibraryApp app, int refunds) =>
        Eventually.Async(
            async () =>
                await app.QueryAsync<int>("SELECT jsonb_array_length(refunds_and_disputes) FROM billing.subscriptions")
                == refunds,
            ct: Token
        );

    private static async Task<long> OpenAlertsAsync(LibraryApp app) =>
        await app.QueryAsync<long>(
            "SELECT count(*) FROM billing.alerts WHERE reason = 'payment_disputed' AND resolved_at IS NULL"
        );

    private static Task QuietAsync(LibraryApp app) =>
        Eventually.Async(
            async () =>
                await app.QueryAsync<long>(
                    "SELECT count(*) FROM billing.inbox_receipts WHERE state IN ('received', 'waiting')"
                ) == 0,
            ct: Token
        );

    /// <summary>What <c>explain</c> says of refunds and disputes, without the charge.</summary>
    private static async Task<List<string>> TimelineAsync(LibraryApp app)
    {
        var (_, output) = await app.CommandAsync("explain", "acme", "--json");
        using var explained = JsonDocument.Parse(output);
        return
        [
            .. explained
                .RootElement.GetProperty("timeline")
                .EnumerateArray()
                .Where(entry => entry.GetProperty("kind").GetString() == "refund_or_dispute")
                .Select(entry => (What: entry.GetProperty("what"), Detail: entry.GetProperty("detail")))
                .Select(entry => $"{entry.What.GetString()}: {entry.Detail.GetString()!.Split(", ch_")[0]}"),
        ];
    }
}
