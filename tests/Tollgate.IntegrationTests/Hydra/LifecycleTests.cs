using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Tollgate.Testing;

namespace Tollgate.IntegrationTests.Hydra;

public sealed class LifecycleTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_failed_renewal_starts_the_grace_and_seven_days_later_the_tenant_is_free()
    {
        await using var hydra = await HydraHost.StartAsync();
        var (owner, _) = await SubscribedAsync(hydra);
        var paidThrough = await hydra.TenantAsync<DateTime>("stripe_current_period_end");
        await hydra.FailRenewalAsync();

        var status = await HydraHost.Json(await owner.GetAsync("/api/billing/status", Token));
        Assert.Equal("team", status.GetProperty("tier").GetString());
        Assert.Equal("past_due", status.GetProperty("status").GetString());
        Assert.Equal(paidThrough, await hydra.TenantAsync<DateTime>("stripe_current_period_end"));
        var since = await hydra.TenantAsync<DateTime>("past_due_since");
        Assert.Equal(since.AddDays(7), status.GetProperty("grace_ends_at").GetDateTimeOffset().UtcDateTime);

        await hydra.Sandbox.AdvanceAsync(TimeSpan.FromDays(6), Token);
        await hydra.QuietAsync();
        Assert.Equal(since, await hydra.TenantAsync<DateTime>("past_due_since"));
        Assert.Equal("team", await hydra.TenantAsync<string>("plan_tier"));

        await hydra.Sandbox.AdvanceAsync(TimeSpan.FromDays(2), Token);
        await hydra.TierBecomesAsync("free");
        Assert.Equal(
            1L,
            await hydra.QueryAsync<long>("SELECT count(*) FROM billing.outbox WHERE kind = 'payment_failed'")
        );
        owner.Dispose();
    }

    [Fact]
    public async Task A_payment_within_the_grace_keeps_access_and_ends_the_episode()
    {
        await using var hydra = await HydraHost.StartAsync();
        var (owner, _) = await SubscribedAsync(hydra);
        await hydra.FailRenewalAsync();

        await hydra.PayOpenInvoiceAsync();

        Assert.Equal("team", await hydra.TenantAsync<string>("plan_tier"));
        Assert.False(await hydra.TenantAsync<bool>("past_due_since IS NOT NULL"));
        Assert.Equal(
            1L,
            await hydra.QueryAsync<long>("SELECT count(*) FROM billing.outbox WHERE kind = 'payment_recovered'")
        );
        owner.Dispose();
    }

    [Fact]
    public async Task Cancel_at_period_end_is_shown_undone_and_when_it_comes_the_tenant_is_free()
    {
        await using var hydra = await HydraHost.StartAsync();
        var (owner, subscription) = await SubscribedAsync(hydra);
        var end = await hydra.TenantAsync<DateTime>("stripe_current_period_end");

        await hydra.Stripe.PostAsync($"/v1/subscriptions/{subscription}", ("cancel_at_period_end", "true"));
        await EndsAtBecomesAsync(owner, end);
        await hydra.Stripe.PostAsync($"/v1/subscriptions/{subscription}", ("cancel_at_period_end", "false"));
        await EndsAtBecomesAsync(owner, expected: null);
        await hydra.Stripe.PostAsync($"/v1/subscriptions/{subscription}", ("cancel_at_period_end", "true"));
        await EndsAtBecomesAsync(owner, end);

        await hydra.Sandbox.AdvanceAsync(TimeSpan.FromDays(32), Token);
        await hydra.TierBecomesAsync("free");
        Assert.Equal("canceled", await hydra.TenantAsync<string>("stripe_subscription_status"));
        owner.Dispose();
    }

    [Fact]
    public async Task A_deleted_subscription_keeps_access_until_paid_through_and_may_be_bought_again()
    {
        await using var hydra = await HydraHost.StartAsync();
        var (owner, subscription) = await SubscribedAsync(hydra);

        await hydra.Stripe.DeleteAsync($"/v1/subscriptions/{subscription}");
        await hydra.StatusBecomesAsync("canceled");
        Assert.Equal("team", await hydra.TenantAsync<string>("plan_tier"));

        await hydra.BuyAsync(owner, "business_monthly", 4);
        await hydra.TierBecomesAsync("business");
        Assert.NotEqual(subscription, await hydra.TenantAsync<string>("stripe_subscription_id"));
        owner.Dispose();
    }

    [Fact]
    [Trait("fault", "F49")]
    public async Task A_late_checkout_completed_of_an_ended_subscription_never_points_back()
    {
        await using var hydra = await HydraHost.StartAsync();
        var (owner, first) = await SubscribedAsync(hydra);
        var customer = (await hydra.TenantAsync<string>("stripe_customer_id"))!;
        var completed = (await hydra.Stripe.EventsAsync(customer))
            .Single(e => e.Type == "checkout.session.completed")
            .Body;
        await hydra.Stripe.DeleteAsync($"/v1/subscriptions/{first}");
        await hydra.StatusBecomesAsync("canceled");
        await hydra.BuyAsync(owner, "business_monthly", 4);
        await hydra.TierBecomesAsync("business");
        var current = await hydra.TenantAsync<string>("stripe_subscription_id");

        var late = JsonNode.Parse(completed)!;
        late["id"] = "evt_late000000000000000000";
        await hydra.DeliverAsync(late.ToJsonString());
        await hydra.QuietAsync();

        Assert.Equal(current, await hydra.TenantAsync<string>("stripe_subscription_id"));
        Assert.Equal("business", await hydra.TenantAsync<string>("plan_tier"));
        owner.Dispose();
    }

    [Fact]
    [Trait("fault", "F53")]
    public async Task An_unknown_price_changes_nothing_and_raises_an_alert()
    {
        await using var hydra = await HydraHost.StartAsync();
        var (owner, subscription) = await SubscribedAsync(hydra);
        var product = (await hydra.Stripe.PostAsync("/v1/products", ("name", "By hand")))
            .GetProperty("id")
            .GetString()!;
        var price = await hydra.Stripe.PostAsync(
            "/v1/prices",
            ("product", product),
            ("currency", "usd"),
            ("unit_amount", "100"),
            ("recurring[interval]", "month")
        );
        var item = (await hydra.Stripe.GetAsync($"/v1/subscriptions/{subscription}"))
            .GetProperty("items")
            .GetProperty("data")[0];

        await hydra.Stripe.PostAsync(
            $"/v1/subscriptions/{subscription}",
            ("items[0][id]", item.GetProperty("id").GetString()!),
            ("items[0][price]", price.GetProperty("id").GetString()!),
            ("items[0][quantity]", "3"),
            ("proration_behavior", "none")
        );

        await Eventually.Async(
            async () =>
                await hydra.QueryAsync<long>(
                    "SELECT count(*) FROM billing.inbox_receipts WHERE reason = 'unknown_price'"
                ) > 0,
            ct: Token,
            what: "the event to be quarantined"
        );
        Assert.Equal("team", await hydra.TenantAsync<string>("plan_tier"));
        Assert.Equal("active", await hydra.TenantAsync<string>("stripe_subscription_status"));
        Assert.Equal(
            1L,
            await hydra.QueryAsync<long>("SELECT count(*) FROM billing.outbox WHERE kind = 'alert_raised'")
        );
        owner.Dispose();
    }

    [Fact]
    [Trait("fault", "F39")]
    public async Task A_renewal_whose_base_line_is_not_among_the_ten_embedded_still_moves_the_period()
    {
        await using var hydra = await HydraHost.StartAsync();
        var (owner, subscription) = await SubscribedAsync(hydra);
        var end = await hydra.TenantAsync<DateTime>("stripe_current_period_end");
        var item = (await hydra.Stripe.GetAsync($"/v1/subscriptions/{subscription}"))
            .GetProperty("items")
            .GetProperty("data")[0]
            .GetProperty("id")
            .GetString()!;
        for (var seats = 4; seats < 11; seats++)
        {
            await hydra.Sandbox.AdvanceAsync(TimeSpan.FromHours(1), Token);
            await hydra.Stripe.PostAsync(
                $"/v1/subscriptions/{subscription}",
                ("items[0][id]", item),
                ("items[0][quantity]", $"{seats}"),
                ("proration_behavior", "create_prorations")
            );
        }

        await hydra.Sandbox.AdvanceAsync(
            end + TimeSpan.FromMinutes(61) - hydra.Sandbox.Clock.GetUtcNow().UtcDateTime,
            Token
        );

        await Eventually.Async(
            async () => await hydra.TenantAsync<DateTime>("stripe_current_period_end") > end,
            ct: Token
        );
        var latest = (await hydra.Stripe.GetAsync($"/v1/subscriptions/{subscription}"))
            .GetProperty("latest_invoice")
            .GetString();
        var lines = (await hydra.Stripe.GetAsync($"/v1/invoices/{latest}")).GetProperty("lines");
        Assert.True(lines.GetProperty("has_more").GetBoolean());
        Assert.All(
            lines.GetProperty("data").EnumerateArray(),
            line =>
                Assert.True(
                    line.GetProperty("parent")
                        .GetProperty("subscription_item_details")
                        .GetProperty("proration")
                        .GetBoolean()
                )
        );
        Assert.Equal(10, await hydra.TenantAsync<int>("stripe_seat_count"));
        owner.Dispose();
    }

    [Fact]
    [Trait("fault", "F59")]
    public async Task A_declined_first_card_leaves_the_tenant_free()
    {
        await using var hydra = await HydraHost.StartAsync();
        using var owner = await hydra.SignInAsync();
        var answer = await owner.PostAsJsonAsync(
            "/api/billing/checkout",
            new { price_id = "team_monthly", seat_count = 3 },
            Token
        );
        var url = (await HydraHost.Json(answer)).GetProperty("checkout_url").GetString()!;
        var session = url.Split('/').Last();
        var total = (await hydra.Stripe.GetAsync($"/v1/checkout/sessions/{session}"))
            .GetProperty("amount_total")
            .GetInt64();
        var method = await hydra.Stripe.NewCardAsync("4000000000000002");

        var declined = await hydra.Stripe.PostRawAsync(
            $"/v1/payment_pages/{session}/confirm",
            ("payment_method", method),
            ("expected_amount", $"{total}")
        );

        Assert.Equal(HttpStatusCode.PaymentRequired, declined.StatusCode);
        Assert.Equal(
            "open",
            (await hydra.Stripe.GetAsync($"/v1/checkout/sessions/{session}")).GetProperty("status").GetString()
        );
        var progress = await HydraHost.Json(await owner.GetAsync($"/api/billing/success?session_id={session}", Token));
        Assert.Equal("pending", progress.GetProperty("status").GetString());
        await hydra.QuietAsync();
        Assert.Equal("free", await hydra.TenantAsync<string>("plan_tier"));
        Assert.Equal(
            0L,
            await hydra.QueryAsync<long>("SELECT count(*) FROM billing.outbox WHERE kind = 'payment_failed'")
        );
    }

    private static async Task<(HttpClient Owner, string Subscription)> SubscribedAsync(HydraHost hydra)
    {
        var owner = await hydra.SignInAsync();
        await hydra.BuyAsync(owner);
        await hydra.TierBecomesAsync("team");
        return (owner, (await hydra.TenantAsync<string>("stripe_subscription_id"))!);
    }

    private static Task EndsAtBecomesAsync(HttpClient owner, DateTime? expected) =>
        Eventually.Async(
            async () =>
            {
                var status = await HydraHost.Json(await owner.GetAsync("/api/billing/status", Token));
                var end = status.GetProperty("ends_at");
                return end.ValueKind == System.Text.Json.JsonValueKind.Null
                    ? expected is null
                    : end.GetDateTimeOffset().UtcDateTime == expected;
            },
            what: $"the end to be {expected}"
        );
}
