using Tollgate.Sandbox.Tests.Support;
using Tollgate.Subscriptions;
using static Tollgate.IntegrationTests.Hydra.Changing;

namespace Tollgate.IntegrationTests.Hydra;

/// <summary>Stripe's own command line delivers every event to Hydra twice; the second delivery is a no-op.</summary>
public sealed class CliEventsTests
{
    private const string Seen = """
        SELECT concat_ws(E'\n',
            (SELECT string_agg(concat_ws(' ', account_id, plan, status, subscription_id, price_id, seats, paid_through,
                past_due_since, ends_at, entitlements, version), E'\n' ORDER BY account_id) FROM billing.subscriptions),
            (SELECT string_agg(concat_ws(' ', account_id, cause, after), E'\n' ORDER BY id) FROM billing.audit),
            (SELECT string_agg(concat_ws(' ', account_id, kind, occurrence), E'\n' ORDER BY outbox_id)
                FROM billing.outbox),
            (SELECT string_agg(concat_ws(' ', event_id, state, account_id), E'\n' ORDER BY event_id)
                FROM billing.inbox_receipts))
        """;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task All_eight_events_that_it_triggers_are_recorded_and_parked_and_twice_is_once()
    {
        await using var hydra = await HydraHost.StartAsync();
        using var cli = await StripeCli.AtAsync(hydra.Sandbox.BaseAddress);
        await using var listening = await ListenAsync(hydra, cli);
        var summary = Path.Combine(OfficialTools.Folder, "fixtures", "active_entitlement_summary.updated.json");

        foreach (
            var type in EventRoutes.Types.Where(type => !type.StartsWith("entitlements.", StringComparison.Ordinal))
        )
        {
            await cli.SucceedAsync("trigger", type);
        }

        await cli.SucceedAsync("fixtures", summary);

        await ArrivedAsync(hydra, listening);
        Assert.Equal(
            EventRoutes.Types.Order(StringComparer.Ordinal),
            (await hydra.QueryAsync<string[]>("SELECT array_agg(DISTINCT type) FROM billing.inbox_receipts"))!.Order(
                StringComparer.Ordinal
            )
        );
        Assert.Equal("parked", await hydra.QueryAsync<string>("SELECT DISTINCT state FROM billing.inbox_receipts"));
        await TwiceIsOnceAsync(hydra, cli, listening, EventRoutes.Types);
    }

    [Fact]
    public async Task Seats_and_plan_that_it_changes_are_applied_and_twice_is_once()
    {
        await using var hydra = await HydraHost.StartAsync();
        using var cli = await StripeCli.AtAsync(hydra.Sandbox.BaseAddress);
        await using var listening = await ListenAsync(hydra, cli);
        using var owner = await SubscribedAsync(hydra, "team_monthly");
        await ArrivedAsync(hydra, listening);
        await TwiceIsOnceAsync(hydra, cli, listening, ["checkout.session.completed", "invoice.paid"]);

        await UpdateAsync(hydra, cli, "items[0][quantity]=7");
        await SeatsBecomeAsync(hydra, 7);
        var business = hydra.Service<Catalog.PriceBook>().TryFindForSale("business_monthly", out var sold)
            ? sold
            : null;
        await UpdateAsync(hydra, cli, $"items[0][price]={business!.StripeId}", "items[0][quantity]=7");
        await hydra.TierBecomesAsync("business");

        await ArrivedAsync(hydra, listening);
        Assert.Equal(7, await hydra.TenantAsync<int>("stripe_seat_count"));
        await TwiceIsOnceAsync(hydra, cli, listening, ["customer.subscription.updated"]);
    }

    [Fact]
    public async Task A_payment_that_fails_opens_the_grace_and_closes_after_it_and_twice_is_once()
    {
        await using var hydra = await HydraHost.StartAsync();
        using var cli = await StripeCli.AtAsync(hydra.Sandbox.BaseAddress);
        await using var listening = await ListenAsync(hydra, cli);
        using var owner = await SubscribedAsync(hydra, "team_monthly");
        await hydra.FailRenewalAsync();
        Assert.Equal("team", await hydra.TenantAsync<string>("plan_tier"));
        await ArrivedAsync(hydra, listening);
        string[] failure = ["invoice.payment_failed", "customer.subscription.updated"];
        await TwiceIsOnceAsync(hydra, cli, listening, failure);

        await hydra.Sandbox.AdvanceAsync(TimeSpan.FromDays(8), Token);
        await hydra.TierBecomesAsync("free");

        await ArrivedAsync(hydra, listening);
        await TwiceIsOnceAsync(hydra, cli, listening, failure);
        Assert.Equal("free", await hydra.TenantAsync<string>("plan_tier"));
    }

    [Fact]
    public async Task A_subscription_that_it_cancels_keeps_access_until_paid_through_and_twice_is_once()
    {
        await using var hydra = await HydraHost.StartAsync();
        using var cli = await StripeCli.AtAsync(hydra.Sandbox.BaseAddress);
        await using var listening = await ListenAsync(hydra, cli);
        using var owner = await SubscribedAsync(hydra, "team_monthly");

        await cli.SucceedAsync("subscriptions", "cancel", await SubscriptionAsync(hydra), "--confirm");

        await hydra.StatusBecomesAsync("canceled");
        await ArrivedAsync(hydra, listening);
        Assert.Equal("team", await hydra.TenantAsync<string>("plan_tier"));
        await TwiceIsOnceAsync(hydra, cli, listening, ["customer.subscription.deleted"]);
    }

    /// <summary>The command line alone delivers from here on.</summary>
    private static async Task<Listening> ListenAsync(HydraHost hydra, StripeCli cli)
    {
        await hydra.Stripe.MuteAsync();
        return await Listening.StartAsync(
            cli,
            "--events",
            string.Join(',', EventRoutes.Types),
            "--forward-to",
            new Uri(hydra.Address, "/api/webhooks/stripe").AbsoluteUri
        );
    }

    private static async Task<string> SubscriptionAsync(HydraHost hydra) =>
        (await hydra.TenantAsync<string>("stripe_subscription_id"))!;

    private static async Task UpdateAsync(HydraHost hydra, StripeCli cli, params string[] changes)
    {
        var subscription = await SubscriptionAsync(hydra);
        var now = await hydra.Stripe.GetAsync($"/v1/subscriptions/{subscription}");
        var item = now.GetProperty("items").GetProperty("data")[0].GetProperty("id").GetString()!;
        var fields = changes.Prepend($"items[0][id]={item}").SelectMany(field => (string[])["-d", field]);
        await cli.SucceedAsync(["subscriptions", "update", subscription, .. fields]);
    }

    /// <summary>Until every event of ours that Stripe lists is recorded and none waits.</summary>
    private static async Task ArrivedAsync(HydraHost hydra, Listening listening)
    {
        var types = string.Concat(EventRoutes.Types.Select(type => $"&types[]={type}"));
        HashSet<string> missing = [];
        await Until.TrueAsync(
            async () =>
            {
                var listed = (await hydra.Stripe.GetAsync($"/v1/events?limit=100{types}")).GetProperty("data");
                missing = [.. listed.EnumerateArray().Select(item => item.GetProperty("id").GetString()!)];
                missing.ExceptWith(
                    (await hydra.QueryAsync<string[]>("SELECT array_agg(event_id) FROM billing.inbox_receipts")) ?? []
                );
                return missing.Count == 0;
            },
            () => $"{string.Join(", ", missing)} did not arrive:\n{listening.Output}"
        );
        await hydra.QuietAsync();
    }

    /// <summary>One event of each type is sent again, and nothing that anybody sees is another.</summary>
    private static async Task TwiceIsOnceAsync(
        HydraHost hydra,
        StripeCli cli,
        Listening listening,
        IReadOnlyCollection<string> types
    )
    {
        var before = await hydra.QueryAsync<string>(Seen);
        foreach (var type in types)
        {
            var id = (
                await hydra.QueryAsync<string>(
                    // the newest: Stripe sends nothing again that is older than 30 days
                    $"""
                    SELECT event_id FROM billing.inbox_receipts WHERE type = '{type}'
                    ORDER BY stripe_created_at DESC, event_id LIMIT 1
                    """
                )
            )!;
            var taken = Taken(listening, id);
            await cli.SucceedAsync("events", "resend", id);
            await Until.TrueAsync(
                () => Task.FromResult(Taken(listening, id) > taken),
                () => $"{type} was not delivered again:\n{listening.Output}"
            );
        }

        await hydra.QuietAsync();
        Assert.Equal(before, await hydra.QueryAsync<string>(Seen));
    }

    private static int Taken(Listening listening, string id) =>
        listening
            .Output.Split('\n')
            .Count(line =>
                line.Contains("[200]", StringComparison.Ordinal) && line.Contains(id, StringComparison.Ordinal)
            );
}
