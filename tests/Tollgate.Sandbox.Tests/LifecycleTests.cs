using System.Globalization;
using System.Text.Json;
using Tollgate.Sandbox.Tests.Support;

namespace Tollgate.Sandbox.Tests;

/// <summary>Subscriptions from Checkout to their end, as time passes.</summary>
public sealed class LifecycleTests
{
    [Fact]
    public async Task Upgrade_by_checkout_emits_its_events_in_causal_order()
    {
        await using var sandbox = await TestSandbox.StartAsync();
        var product = (await sandbox.PostAsync("/v1/products", "name=Team")).Id;
        var feature = await sandbox.PostAsync("/v1/entitlements/features", "lookup_key=fixes", "name=Fixes");
        await sandbox.PostAsync($"/v1/products/{product}/features", $"entitlement_feature={feature.Id}");
        var session = await Some.CheckoutAsync(
            sandbox,
            await Some.PriceAsync(sandbox, product: product),
            "client_reference_id=acme",
            "subscription_data[metadata][tenant]=acme"
        );
        var before = (await sandbox.EventTypesAsync()).Count;
        var method = await sandbox.PostAsync(
            "/v1/payment_methods",
            "type=card",
            "card[token]=tok_visa",
            "billing_details[email]=owner@acme.test"
        );
        var done = await sandbox.PostAsync(
            $"/v1/payment_pages/{session.Id}/confirm",
            $"payment_method={method.Id}",
            "expected_amount=6000"
        );
        Assert.Equal("complete", done["status"]);
        Assert.Equal("paid", done["payment_status"]);
        Assert.Equal("acme", done["client_reference_id"]);
        Assert.Equal("owner@acme.test", done["customer_details.email"]);
        Assert.Equal(
            [
                "customer.created",
                "payment_method.attached",
                "customer.updated",
                "customer.subscription.created",
                "invoice.created",
                "invoice.finalized",
                "payment_intent.created",
                "charge.succeeded",
                "payment_intent.succeeded",
                "invoice.updated",
                "invoice_payment.paid",
                "invoice.paid",
                "invoice.payment_succeeded",
                "customer.subscription.updated",
                "entitlements.active_entitlement_summary.updated",
                "checkout.session.completed",
            ],
            (await sandbox.EventTypesAsync()).Skip(before)
        );
        var subscription = await sandbox.GetAsync($"/v1/subscriptions/{done["subscription"]}");
        Assert.Equal("active", subscription["status"]);
        Assert.Equal("acme", subscription["metadata.tenant"]);
        Assert.Equal(3, subscription.Int("items.data.0.quantity"));
        Assert.Equal("flexible", subscription["billing_mode.type"]);
        var entitled = await sandbox.GetAsync(
            "/v1/entitlements/active_entitlements",
            $"customer={done["customer"]}",
            "expand[]=data.feature"
        );
        Assert.Equal("fixes", entitled["data.0.feature.lookup_key"]);
    }

    [Fact]
    public async Task Updates_carry_previous_attributes()
    {
        await using var sandbox = await TestSandbox.StartAsync();
        await Some.SubscriptionAsync(sandbox);
        var updated = (await sandbox.EventsAsync("customer.subscription.updated")).Single();
        Assert.Equal("incomplete", Answered.At(updated, "data.previous_attributes.status").GetString());
        Assert.Equal("active", Answered.At(updated, "data.object.status").GetString());
        Assert.Single(Answered.At(updated, "data.previous_attributes").EnumerateObject());
    }

    [Fact]
    public async Task Incomplete_expires_after_23_hours_and_not_before()
    {
        await using var sandbox = await TestSandbox.StartAsync();
        var customer = await Some.CustomerAsync(sandbox, "pm_card_chargeCustomerFail");
        var id = (await Some.SubscriptionAsync(sandbox, customer)).Id;
        await sandbox.AdvanceAsync(TimeSpan.FromHours(23) - TimeSpan.FromMinutes(1));
        Assert.Equal("incomplete", (await sandbox.GetAsync($"/v1/subscriptions/{id}"))["status"]);
        await sandbox.AdvanceAsync(TimeSpan.FromMinutes(1));
        var expired = await sandbox.GetAsync($"/v1/subscriptions/{id}", "expand[]=latest_invoice");
        Assert.Equal("incomplete_expired", expired["status"]);
        Assert.Equal("void", expired["latest_invoice.status"]);
    }

    [Fact]
    public async Task Renewal_moves_the_period_first_and_charges_an_hour_later()
    {
        await using var sandbox = await TestSandbox.StartAsync();
        var subscription = await Some.SubscriptionAsync(sandbox, quantity: 2);
        var boundary = subscription.Int("items.data.0.current_period_end");
        await sandbox.AdvanceToAsync(boundary + 59 * 60);
        var renewed = await sandbox.GetAsync($"/v1/subscriptions/{subscription.Id}", "expand[]=latest_invoice");
        Assert.Equal(boundary, renewed.Int("items.data.0.current_period_start"));
        Assert.Equal("draft", renewed["latest_invoice.status"]);
        Assert.Equal("subscription_cycle", renewed["latest_invoice.billing_reason"]);
        Assert.Equal(boundary, renewed.Int("latest_invoice.created"));
        Assert.Equal(boundary + 3600, renewed.Int("latest_invoice.automatically_finalizes_at"));
        await sandbox.AdvanceToAsync(boundary + 3600);
        var paid = await sandbox.GetAsync($"/v1/invoices/{renewed["latest_invoice.id"]}");
        Assert.Equal("paid", paid["status"]);
        Assert.Equal(4000, paid.Int("amount_paid"));
        Assert.Equal(boundary + 3600, paid.Int("status_transitions.paid_at"));
        var events = (await sandbox.EventsAsync()).Where(recorded =>
            recorded.GetProperty("created").GetInt64() >= boundary
        );
        Assert.Equal(
            [
                "invoice.created",
                "customer.subscription.updated",
                "invoice.finalized",
                "payment_intent.created",
                "charge.succeeded",
                "payment_intent.succeeded",
                "invoice.updated",
                "invoice_payment.paid",
                "invoice.paid",
                "invoice.payment_succeeded",
            ],
            events.Select(recorded => recorded.GetProperty("type").GetString())
        );
        Assert.All(events, recorded => Assert.Equal(JsonValueKind.Null, Answered.At(recorded, "request.id").ValueKind));
    }

    [Fact]
    public async Task Cancellation_at_period_end_can_be_undone_and_ends_at_the_boundary()
    {
        await using var sandbox = await TestSandbox.StartAsync();
        var subscription = await Some.SubscriptionAsync(sandbox);
        var path = $"/v1/subscriptions/{subscription.Id}";
        var end = subscription.Int("items.data.0.current_period_end");
        var scheduled = await sandbox.PostAsync(path, "cancel_at_period_end=true");
        Assert.Equal(end, scheduled.Int("cancel_at"));
        Assert.Equal("cancellation_requested", scheduled["cancellation_details.reason"]);
        var undone = await sandbox.PostAsync(path, "cancel_at_period_end=false");
        Assert.Equal("null", undone["cancel_at"]);
        Assert.Equal("null", undone["canceled_at"]);
        await sandbox.PostAsync(path, $"cancel_at={end}");
        await sandbox.AdvanceToAsync(end - 1);
        Assert.Equal("active", (await sandbox.GetAsync(path))["status"]);
        await sandbox.AdvanceToAsync(end);
        var ended = await sandbox.GetAsync(path);
        Assert.Equal("canceled", ended["status"]);
        Assert.Equal(end, ended.Int("ended_at"));
        Assert.Single((await sandbox.GetAsync("/v1/invoices")).Data);
        Assert.Equal("customer.subscription.deleted", (await sandbox.EventTypesAsync())[^1]);
    }

    [Fact]
    public async Task Immediate_cancellation_ends_now_and_lists_leave_it_out()
    {
        await using var sandbox = await TestSandbox.StartAsync();
        var subscription = await Some.SubscriptionAsync(sandbox);
        var canceled = await sandbox.DeleteAsync($"/v1/subscriptions/{subscription.Id}");
        Assert.Equal("canceled", canceled["status"]);
        Assert.Empty((await sandbox.GetAsync("/v1/subscriptions")).Data);
        Assert.Single((await sandbox.GetAsync("/v1/subscriptions", "status=canceled")).Data);
        await sandbox.RefusedAsync(404, HttpMethod.Delete, $"/v1/subscriptions/{subscription.Id}");
        await sandbox.PostAsync($"/v1/subscriptions/{subscription.Id}", "metadata[a]=b");
        await sandbox.RefusedAsync(
            400,
            HttpMethod.Post,
            $"/v1/subscriptions/{subscription.Id}",
            "cancel_at_period_end=true"
        );
    }

    [Fact]
    public async Task Advancing_months_keeps_the_anchor_on_the_31st()
    {
        await using var sandbox = await TestSandbox.StartAtAsync(
            new DateTimeOffset(2026, 1, 31, 12, 0, 0, TimeSpan.Zero)
        );
        var id = (await Some.SubscriptionAsync(sandbox)).Id;
        var ends = new List<string>();
        for (var month = 0; month < 5; month++)
        {
            var end = (await sandbox.GetAsync($"/v1/subscriptions/{id}")).Int("items.data.0.current_period_end");
            ends.Add(DateTimeOffset.FromUnixTimeSeconds(end).ToString("MM-dd", CultureInfo.InvariantCulture));
            await sandbox.AdvanceToAsync(end + 3600);
        }

        Assert.Equal(["02-28", "03-31", "04-30", "05-31", "06-30"], ends);
        Assert.Equal(6, (await sandbox.GetAsync("/v1/invoices")).Data.Count);
    }

    [Fact]
    public async Task Checkout_expires_after_a_day()
    {
        await using var sandbox = await TestSandbox.StartAsync();
        var session = await Some.CheckoutAsync(sandbox);
        await sandbox.AdvanceAsync(TimeSpan.FromHours(23.9));
        Assert.Equal("open", (await sandbox.GetAsync($"/v1/checkout/sessions/{session.Id}"))["status"]);
        await sandbox.AdvanceAsync(TimeSpan.FromHours(0.2));
        Assert.Equal("expired", (await sandbox.GetAsync($"/v1/checkout/sessions/{session.Id}"))["status"]);
        Assert.Equal("checkout.session.expired", (await sandbox.EventTypesAsync())[^1]);
        await sandbox.RefusedAsync(
            400,
            HttpMethod.Post,
            $"/v1/payment_pages/{session.Id}/confirm",
            "payment_method=pm_card_visa"
        );
    }

    [Fact]
    public async Task Invoice_embeds_ten_lines_and_pages_the_others()
    {
        await using var sandbox = await TestSandbox.StartAsync();
        var subscription = await Some.SubscriptionAsync(sandbox);
        var item = subscription["items.data.0.id"];
        for (var quantity = 2; quantity <= 7; quantity++)
        {
            await sandbox.PostAsync(
                $"/v1/subscriptions/{subscription.Id}",
                $"items[0][id]={item}",
                $"items[0][quantity]={quantity}"
            );
        }

        await sandbox.AdvanceToAsync(subscription.Int("items.data.0.current_period_end"));
        var invoice = (await sandbox.GetAsync("/v1/invoices", "limit=1")).Data[0];
        Assert.Equal(10, Answered.At(invoice, "lines.data").GetArrayLength());
        Assert.True(Answered.At(invoice, "lines.has_more").GetBoolean());
        var path = $"/v1/invoices/{invoice.GetProperty("id")}/lines";
        var all = await sandbox.GetAsync(path, "limit=100");
        Assert.Equal(13, all.Data.Count);
        var rest = await sandbox.GetAsync(path, $"starting_after={all.Ids[9]}");
        Assert.Equal(all.Ids.Skip(10), rest.Ids);
        Assert.All(
            all.Data.Take(12),
            line => Assert.True(Answered.At(line, "parent.subscription_item_details.proration").GetBoolean())
        );
        Assert.False(Answered.At(all.Data[12], "parent.subscription_item_details.proration").GetBoolean());
    }
}
