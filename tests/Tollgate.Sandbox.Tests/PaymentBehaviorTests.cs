using Tollgate.Sandbox.Tests.Support;

namespace Tollgate.Sandbox.Tests;

/// <summary>The four payment behaviors of a change whose card refuses.</summary>
public sealed class PaymentBehaviorTests
{
    private static readonly string[] Change = ["items[0][quantity]=3", "proration_behavior=always_invoice"];

    [Theory]
    [InlineData("allow_incomplete", "past_due", 3)]
    [InlineData("default_incomplete", "past_due", 3)]
    [InlineData("pending_if_incomplete", "active", 1)]
    public async Task Refused_payment_of_a_change(string behavior, string status, int quantity)
    {
        await using var sandbox = await TestSandbox.StartAsync();
        var subscription = await FailingAsync(sandbox);
        var answer = await sandbox.PostAsync($"/v1/subscriptions/{subscription.Id}", Form(subscription, behavior));
        Assert.Equal(status, answer["status"]);
        Assert.Equal(quantity, answer.Int("items.data.0.quantity"));
    }

    [Fact]
    public async Task Error_if_incomplete_refuses_and_leaves_no_invoice()
    {
        await using var sandbox = await TestSandbox.StartAsync();
        var subscription = await FailingAsync(sandbox);
        var path = $"/v1/subscriptions/{subscription.Id}";
        await sandbox.RefusedAsync(402, HttpMethod.Post, path, Form(subscription, "error_if_incomplete"));
        Assert.Equal(1, (await sandbox.GetAsync(path)).Int("items.data.0.quantity"));
        Assert.Single((await sandbox.GetAsync("/v1/invoices")).Data);
    }

    [Fact]
    public async Task Pending_update_applies_when_its_invoice_is_paid()
    {
        await using var sandbox = await TestSandbox.StartAsync();
        var subscription = await FailingAsync(sandbox);
        var path = $"/v1/subscriptions/{subscription.Id}";
        var waiting = await sandbox.PostAsync(path, Form(subscription, "pending_if_incomplete"));
        Assert.Equal(3, waiting.Int("pending_update.subscription_items.0.quantity"));
        await sandbox.RefusedAsync(400, HttpMethod.Post, path, Form(subscription, "allow_incomplete"));
        await Some.NewDefaultCardAsync(sandbox, subscription["customer"], "pm_card_visa");
        await sandbox.PostAsync($"/v1/invoices/{waiting["latest_invoice"]}/pay");
        var applied = await sandbox.GetAsync(path);
        Assert.Equal(3, applied.Int("items.data.0.quantity"));
        Assert.Equal("null", applied["pending_update"]);
        Assert.Single(await sandbox.EventsAsync("customer.subscription.pending_update_applied"));
    }

    [Fact]
    public async Task Pending_update_expires_after_23_hours_with_its_invoice_void()
    {
        await using var sandbox = await TestSandbox.StartAsync(new SandboxOptions { PaymentRetries = [] });
        var subscription = await FailingAsync(sandbox);
        var path = $"/v1/subscriptions/{subscription.Id}";
        await sandbox.PostAsync(path, Form(subscription, "pending_if_incomplete"));
        await sandbox.AdvanceAsync(TimeSpan.FromHours(22.9));
        Assert.NotEqual("null", (await sandbox.GetAsync(path))["pending_update"]);
        await sandbox.AdvanceAsync(TimeSpan.FromHours(0.2));
        var expired = await sandbox.GetAsync(path, "expand[]=latest_invoice");
        Assert.Equal("null", expired["pending_update"]);
        Assert.Equal("void", expired["latest_invoice.status"]);
        Assert.Equal("active", expired["status"]);
        Assert.Equal(1, expired.Int("items.data.0.quantity"));
        Assert.Single(await sandbox.EventsAsync("customer.subscription.pending_update_expired"));
    }

    [Fact]
    public async Task Pending_update_is_discarded_when_its_invoice_is_voided()
    {
        await using var sandbox = await TestSandbox.StartAsync();
        var subscription = await FailingAsync(sandbox);
        var path = $"/v1/subscriptions/{subscription.Id}";
        var waiting = await sandbox.PostAsync(path, Form(subscription, "pending_if_incomplete"));
        await sandbox.PostAsync($"/v1/invoices/{waiting["latest_invoice"]}/void");
        var discarded = await sandbox.GetAsync(path);
        Assert.Equal("null", discarded["pending_update"]);
        Assert.Equal(1, discarded.Int("items.data.0.quantity"));
        Assert.Single(await sandbox.EventsAsync("customer.subscription.pending_update_expired"));
    }

    [Fact]
    public async Task Pending_update_does_not_outlive_its_period()
    {
        await using var sandbox = await TestSandbox.StartAsync();
        var subscription = await FailingAsync(sandbox);
        var end = subscription.Int("items.data.0.current_period_end");
        await sandbox.AdvanceToAsync(end - 3600);
        var waiting = await sandbox.PostAsync(
            $"/v1/subscriptions/{subscription.Id}",
            Form(subscription, "pending_if_incomplete")
        );
        Assert.Equal(end, waiting.Int("pending_update.expires_at"));
    }

    [Fact]
    public async Task Pending_if_incomplete_refuses_what_cannot_wait()
    {
        await using var sandbox = await TestSandbox.StartAsync();
        var subscription = await FailingAsync(sandbox);
        var refusal = await sandbox.RefusedAsync(
            400,
            HttpMethod.Post,
            $"/v1/subscriptions/{subscription.Id}",
            "payment_behavior=pending_if_incomplete",
            "metadata[a]=b"
        );
        Assert.Equal("metadata", refusal["error.param"]);
    }

    private static string[] Form(Answered subscription, string behavior) =>
        [$"items[0][id]={subscription["items.data.0.id"]}", .. Change, $"payment_behavior={behavior}"];

    /// <summary>A paid subscription of one, whose card refuses from now on.</summary>
    private static async Task<Answered> FailingAsync(TestSandbox sandbox)
    {
        var subscription = await Some.SubscriptionAsync(sandbox);
        await Some.NewDefaultCardAsync(sandbox, subscription["customer"], "pm_card_chargeCustomerFail");
        return subscription;
    }
}
