using System.Globalization;
using System.Text.Json;
using Tollgate.Sandbox.Tests.Support;

namespace Tollgate.Sandbox.Tests;

/// <summary>Subscriptions from Checkout to their end, as time passes.</summary>
public sealed class LifecycleTests
{
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);

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

    [Theory]
    [InlineData("pm_card_visa_chargeDeclined", "card_declined", "generic_decline")]
    [InlineData("pm_card_visa_chargeDeclinedInsufficientFunds", "card_declined", "insufficient_funds")]
    [InlineData("pm_card_chargeDeclinedExpiredCard", "expired_card", "expired_card")]
    [InlineData("pm_card_chargeCustomerFail", "card_declined", "generic_decline")]
    public async Task Declined_card_leaves_checkout_open(string card, string code, string declineCode)
    {
        await using var sandbox = await TestSandbox.StartAsync();
        var session = await Some.CheckoutAsync(sandbox);
        var path = $"/v1/payment_pages/{session.Id}/confirm";
        var refused = await sandbox.RefusedAsync(402, HttpMethod.Post, path, $"payment_method={card}");
        Assert.Equal("card_error", refused["error.type"]);
        Assert.Equal(code, refused["error.code"]);
        Assert.Equal(declineCode, refused["error.decline_code"]);
        var open = await sandbox.GetAsync($"/v1/checkout/sessions/{session.Id}");
        Assert.Equal("open", open["status"]);
        Assert.Equal("unpaid", open["payment_status"]);
        Assert.Empty((await sandbox.GetAsync("/v1/subscriptions", "status=all")).Data);
        await sandbox.PostAsync(path, "payment_method=pm_card_visa");
        Assert.Single((await sandbox.GetAsync("/v1/subscriptions")).Data);
        Assert.Single((await sandbox.GetAsync("/v1/payment_intents")).Data);
    }

    [Fact]
    public async Task Card_0002_is_refused_when_attached_and_0341_only_when_charged()
    {
        await using var sandbox = await TestSandbox.StartAsync();
        var customer = (await sandbox.PostAsync("/v1/customers", "name=A")).Id;
        const string attach = "/v1/payment_methods/{0}/attach";
        var refused = await sandbox.RefusedAsync(
            402,
            HttpMethod.Post,
            string.Format(attach, "pm_card_visa_chargeDeclined"),
            $"customer={customer}"
        );
        Assert.Equal("generic_decline", refused["error.decline_code"]);
        await Some.NewDefaultCardAsync(sandbox, customer, "pm_card_chargeCustomerFail");
        var subscription = await Some.SubscriptionAsync(sandbox, customer);
        Assert.Equal("incomplete", subscription["status"]);
        Assert.Equal(
            [
                "customer.subscription.created",
                "invoice.created",
                "invoice.finalized",
                "payment_intent.created",
                "charge.failed",
                "payment_intent.payment_failed",
                "invoice.payment_failed",
                "invoice.updated",
            ],
            (await sandbox.EventTypesAsync())
                .SkipWhile(type => type != "customer.subscription.created")
                .Where(type => type != "customer.updated")
        );
    }

    [Fact]
    public async Task Error_if_incomplete_refuses_and_leaves_nothing()
    {
        await using var sandbox = await TestSandbox.StartAsync();
        var customer = await Some.CustomerAsync(sandbox, "pm_card_chargeCustomerFail");
        var price = await Some.PriceAsync(sandbox);
        await sandbox.RefusedAsync(
            402,
            HttpMethod.Post,
            "/v1/subscriptions",
            $"customer={customer}",
            $"items[0][price]={price}",
            "payment_behavior=error_if_incomplete"
        );
        Assert.Empty((await sandbox.GetAsync("/v1/subscriptions", "status=all")).Data);
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
    public async Task Failing_renewal_is_retried_for_two_weeks_and_then_canceled()
    {
        await using var sandbox = await TestSandbox.StartAsync();
        var customer = await Some.CustomerAsync(sandbox);
        var subscription = await Some.SubscriptionAsync(sandbox, customer);
        await Some.NewDefaultCardAsync(sandbox, customer, "pm_card_chargeCustomerFail");
        var boundary = subscription.Int("items.data.0.current_period_end");
        await sandbox.AdvanceToAsync(boundary + 3600);
        var pastDue = await sandbox.GetAsync($"/v1/subscriptions/{subscription.Id}", "expand[]=latest_invoice");
        Assert.Equal("past_due", pastDue["status"]);
        Assert.Equal(1, pastDue.Int("latest_invoice.attempt_count"));
        Assert.Equal(boundary + 3600 + 86_400, pastDue.Int("latest_invoice.next_payment_attempt"));
        await sandbox.AdvanceAsync(TimeSpan.FromDays(14) - Hour);
        Assert.Equal("past_due", (await sandbox.GetAsync($"/v1/subscriptions/{subscription.Id}"))["status"]);
        await sandbox.AdvanceAsync(Hour + Hour);
        var canceled = await sandbox.GetAsync($"/v1/subscriptions/{subscription.Id}", "expand[]=latest_invoice");
        Assert.Equal("canceled", canceled["status"]);
        Assert.Equal("payment_failed", canceled["cancellation_details.reason"]);
        Assert.Equal(9, canceled.Int("latest_invoice.attempt_count"));
        Assert.Equal(9, (await sandbox.EventsAsync("invoice.payment_failed")).Count);
        Assert.Single(await sandbox.EventsAsync("customer.subscription.deleted"));
    }

    [Theory]
    [InlineData(AfterLastRetry.MarkUnpaid, "unpaid")]
    [InlineData(AfterLastRetry.LeavePastDue, "past_due")]
    public async Task What_follows_the_last_retry_is_a_setting(AfterLastRetry setting, string status)
    {
        await using var sandbox = await TestSandbox.StartAsync(
            new SandboxOptions { AfterLastRetry = setting, PaymentRetries = [TimeSpan.FromDays(3)] }
        );
        var customer = await Some.CustomerAsync(sandbox);
        var subscription = await Some.SubscriptionAsync(sandbox, customer);
        await Some.NewDefaultCardAsync(sandbox, customer, "pm_card_chargeCustomerFail");
        await sandbox.AdvanceToAsync(subscription.Int("items.data.0.current_period_end") + 3600 + 4 * 86_400);
        Assert.Equal(status, (await sandbox.GetAsync($"/v1/subscriptions/{subscription.Id}"))["status"]);
    }

    [Fact]
    public async Task Paying_the_open_invoice_recovers_a_past_due_subscription()
    {
        await using var sandbox = await TestSandbox.StartAsync();
        var customer = await Some.CustomerAsync(sandbox);
        var subscription = await Some.SubscriptionAsync(sandbox, customer);
        await Some.NewDefaultCardAsync(sandbox, customer, "pm_card_chargeCustomerFail");
        await sandbox.AdvanceToAsync(subscription.Int("items.data.0.current_period_end") + 3600);
        var invoice = (await sandbox.GetAsync($"/v1/subscriptions/{subscription.Id}"))["latest_invoice"];
        var declined = await sandbox.RefusedAsync(402, HttpMethod.Post, $"/v1/invoices/{invoice}/pay");
        Assert.Equal("generic_decline", declined["error.decline_code"]);
        Assert.Equal(1, (await sandbox.GetAsync($"/v1/invoices/{invoice}")).Int("attempt_count"));
        await Some.NewDefaultCardAsync(sandbox, customer, "pm_card_visa");
        var before = (await sandbox.EventTypesAsync()).Count;
        await sandbox.PostAsync($"/v1/invoices/{invoice}/pay");
        Assert.Equal("active", (await sandbox.GetAsync($"/v1/subscriptions/{subscription.Id}"))["status"]);
        var types = (await sandbox.EventTypesAsync()).Skip(before).ToList();
        Assert.Contains("invoice.paid", types);
        Assert.Equal("customer.subscription.updated", types[^1]);
    }

    [Fact]
    public async Task Retry_with_a_new_card_recovers_by_itself()
    {
        await using var sandbox = await TestSandbox.StartAsync();
        var customer = await Some.CustomerAsync(sandbox);
        var subscription = await Some.SubscriptionAsync(sandbox, customer);
        await Some.NewDefaultCardAsync(sandbox, customer, "pm_card_chargeCustomerFail");
        await sandbox.AdvanceToAsync(subscription.Int("items.data.0.current_period_end") + 3600);
        await Some.NewDefaultCardAsync(sandbox, customer, "pm_card_visa");
        await sandbox.AdvanceAsync(TimeSpan.FromDays(1) + Hour);
        Assert.Equal("active", (await sandbox.GetAsync($"/v1/subscriptions/{subscription.Id}"))["status"]);
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
