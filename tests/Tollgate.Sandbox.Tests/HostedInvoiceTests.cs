using System.Net;
using Tollgate.Sandbox.Tests.Support;

namespace Tollgate.Sandbox.Tests;

/// <summary>The hosted invoice page, over HTTP.</summary>
public sealed class HostedInvoiceTests
{
    [Fact]
    public async Task Finalized_invoice_has_a_page_and_a_draft_has_none()
    {
        await using var sandbox = await TestSandbox.StartAsync();
        var subscription = await Some.SubscriptionAsync(sandbox, quantity: 3);
        var invoice = await sandbox.GetAsync($"/v1/invoices/{subscription["latest_invoice"]}");
        var html = await Form.ReadAsync(sandbox, new Uri(invoice["hosted_invoice_url"]).AbsolutePath);
        Assert.Contains(invoice["number"], html, StringComparison.Ordinal);
        Assert.Contains("3 × Team (at $20.00 / month)", html, StringComparison.Ordinal);
        Assert.Contains("with Visa ending in 4242", html, StringComparison.Ordinal);
        Assert.DoesNotContain("Pay by card", html, StringComparison.Ordinal);
        var draft = await sandbox.PostAsync("/v1/invoices", $"customer={subscription["customer"]}");
        Assert.Equal("null", draft["hosted_invoice_url"]);
        var unknown = await sandbox.Http.GetAsync("/i/test_none", TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.NotFound, unknown.StatusCode);
    }

    [Fact]
    public async Task Decline_is_shown_and_recorded_and_the_next_card_makes_the_subscription_active()
    {
        await using var sandbox = await TestSandbox.StartAsync();
        var customer = await Some.CustomerAsync(sandbox, "pm_card_chargeCustomerFail");
        var subscription = await Some.SubscriptionAsync(sandbox, customer);
        Assert.Equal("incomplete", subscription["status"]);
        var id = subscription["latest_invoice"];
        var path = new Uri((await sandbox.GetAsync($"/v1/invoices/{id}"))["hosted_invoice_url"]).AbsolutePath;
        var (declined, refusal) = await Form.CardAsync(sandbox, path, "4000 0000 0000 9995");
        Assert.Equal(402, declined);
        Assert.Equal("insufficient_funds", Answered.At(refusal, "error.decline_code").GetString());
        Assert.Equal(2, (await sandbox.EventsAsync("charge.failed")).Count);
        var (asked, question) = await Form.CardAsync(sandbox, path, "4000 0027 6000 3184");
        Assert.Equal(402, asked);
        Assert.Equal("authentication_required", Answered.At(question, "error.code").GetString());
        var (paid, _) = await Form.CardAsync(sandbox, path, "4000 0027 6000 3184", "authenticated=true");
        Assert.Equal(200, paid);
        var now = await sandbox.GetAsync($"/v1/subscriptions/{subscription.Id}", "expand[]=default_payment_method");
        Assert.Equal("active", now["status"]);
        Assert.Equal("3184", now["default_payment_method.card.last4"]);
        var invoice = await sandbox.GetAsync($"/v1/invoices/{id}");
        Assert.Equal("paid", invoice["status"]);
        Assert.Equal(1, invoice.Int("attempt_count"));
        var (again, late) = await Form.CardAsync(sandbox, path, "4242 4242 4242 4242");
        Assert.Equal(400, again);
        Assert.Equal("invoice_not_open", Answered.At(late, "error.code").GetString());
    }

    [Fact]
    public async Task Voided_invoice_says_so_and_takes_no_card()
    {
        await using var sandbox = await TestSandbox.StartAsync();
        var customer = await Some.CustomerAsync(sandbox, "pm_card_chargeCustomerFail");
        var subscription = await Some.SubscriptionAsync(sandbox, customer);
        var invoice = await sandbox.PostAsync($"/v1/invoices/{subscription["latest_invoice"]}/void");
        var path = new Uri(invoice["hosted_invoice_url"]).AbsolutePath;
        Assert.Contains("was voided", await Form.ReadAsync(sandbox, path), StringComparison.Ordinal);
        var (status, _) = await Form.CardAsync(sandbox, path, "4242 4242 4242 4242");
        Assert.Equal(400, status);
    }
}
