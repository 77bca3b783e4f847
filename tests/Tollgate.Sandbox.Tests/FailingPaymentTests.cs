using Tollgate.Sandbox.Tests.Support;

namespace Tollgate.Sandbox.Tests;

/// <summary>Cards that are refused, what is tried again, and how a subscription recovers or ends.</summary>
public sealed class FailingPaymentTests
{
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);

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
}
