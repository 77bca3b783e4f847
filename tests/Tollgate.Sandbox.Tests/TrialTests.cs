using Tollgate.Sandbox.Tests.Support;

namespace Tollgate.Sandbox.Tests;

/// <summary>Trials: free, warned of, and what follows.</summary>
public sealed class TrialTests
{
    private static readonly DateTimeOffset April = DateTimeOffset.FromUnixTimeSeconds(1775001600);

    [Fact]
    public async Task Trial_begins_with_a_paid_invoice_of_nothing_warns_and_renews_for_money()
    {
        await using var sandbox = await TestSandbox.StartAtAsync(April);
        var price = await Some.PriceAsync(sandbox);
        var subscription = await Some.SubscriptionAsync(
            sandbox,
            null,
            price,
            3,
            "trial_period_days=14",
            "expand[]=latest_invoice"
        );
        var end = April.AddDays(14).ToUnixTimeSeconds();
        Assert.Equal("trialing", subscription["status"]);
        Assert.Equal(end, subscription.Int("trial_end"));
        Assert.Equal(end, subscription.Int("items.data.0.current_period_end"));
        Assert.Equal("paid", subscription["latest_invoice.status"]);
        Assert.Equal(0, subscription.Int("latest_invoice.total"));
        Assert.Equal("Trial period for Team", subscription["latest_invoice.lines.data.0.description"]);
        Assert.Empty(await sandbox.EventsAsync("charge.succeeded"));
        await sandbox.AdvanceAsync(TimeSpan.FromDays(11) - TimeSpan.FromSeconds(1));
        Assert.Empty(await sandbox.EventsAsync("customer.subscription.trial_will_end"));
        await sandbox.AdvanceAsync(TimeSpan.FromSeconds(1));
        Assert.Single(await sandbox.EventsAsync("customer.subscription.trial_will_end"));
        await sandbox.AdvanceToAsync(end + 3600);
        var renewed = await sandbox.GetAsync($"/v1/subscriptions/{subscription.Id}", "expand[]=latest_invoice");
        Assert.Equal("active", renewed["status"]);
        Assert.Equal(6000, renewed.Int("latest_invoice.amount_paid"));
        Assert.Equal(
            April.AddDays(14).AddMonths(1).ToUnixTimeSeconds(),
            renewed.Int("items.data.0.current_period_end")
        );
        Assert.Single(await sandbox.EventsAsync("customer.subscription.trial_will_end"));
    }

    [Fact]
    public async Task Short_trial_warns_at_once_and_a_change_within_costs_nothing()
    {
        await using var sandbox = await TestSandbox.StartAtAsync(April);
        var subscription = await Some.SubscriptionAsync(
            sandbox,
            more: $"trial_end={April.AddDays(2).ToUnixTimeSeconds()}"
        );
        Assert.Single(await sandbox.EventsAsync("customer.subscription.trial_will_end"));
        var path = $"/v1/subscriptions/{subscription.Id}";
        await sandbox.PostAsync(
            path,
            $"items[0][id]={subscription["items.data.0.id"]}",
            "items[0][quantity]=7",
            "proration_behavior=always_invoice"
        );
        Assert.Empty((await sandbox.GetAsync("/v1/invoiceitems")).Data);
        Assert.Single((await sandbox.GetAsync("/v1/invoices")).Data);
        var ended = await sandbox.PostAsync(path, "trial_end=now", "expand[]=latest_invoice");
        Assert.Equal("active", ended["status"]);
        Assert.Equal(14_000, ended.Int("latest_invoice.amount_paid"));
        Assert.Equal(April.AddMonths(1).ToUnixTimeSeconds(), ended.Int("items.data.0.current_period_end"));
    }

    [Theory]
    [InlineData("cancel", "canceled")]
    [InlineData("pause", "paused")]
    [InlineData("create_invoice", "past_due")]
    public async Task Trial_that_ends_without_a_card(string behavior, string status)
    {
        await using var sandbox = await TestSandbox.StartAtAsync(April);
        var customer = await sandbox.PostAsync("/v1/customers", "email=owner@acme.test");
        var subscription = await Some.SubscriptionAsync(
            sandbox,
            customer.Id,
            more: ["trial_period_days=7", $"trial_settings[end_behavior][missing_payment_method]={behavior}"]
        );
        Assert.Equal("trialing", subscription["status"]);
        await sandbox.AdvanceAsync(TimeSpan.FromDays(7) + TimeSpan.FromHours(2));
        Assert.Equal(status, (await sandbox.GetAsync($"/v1/subscriptions/{subscription.Id}"))["status"]);
    }

    [Fact]
    public async Task Paused_subscription_resumes_when_its_invoice_is_paid()
    {
        await using var sandbox = await TestSandbox.StartAtAsync(April);
        var customer = await sandbox.PostAsync("/v1/customers", "email=owner@acme.test");
        var subscription = await Some.SubscriptionAsync(
            sandbox,
            customer.Id,
            more: ["trial_period_days=7", "trial_settings[end_behavior][missing_payment_method]=pause"]
        );
        await sandbox.AdvanceAsync(TimeSpan.FromDays(8));
        Assert.Single(await sandbox.EventsAsync("customer.subscription.paused"));
        await Some.NewDefaultCardAsync(sandbox, customer.Id, "pm_card_visa");
        var resumed = await sandbox.PostAsync($"/v1/subscriptions/{subscription.Id}/resume", "expand[]=latest_invoice");
        Assert.Equal("active", resumed["status"]);
        Assert.Equal(2000, resumed.Int("latest_invoice.amount_paid"));
        Assert.Single(await sandbox.EventsAsync("customer.subscription.resumed"));
        await sandbox.RefusedAsync(400, HttpMethod.Post, $"/v1/subscriptions/{subscription.Id}/resume");
    }

    [Fact]
    public async Task Checkout_with_a_trial_takes_a_card_and_no_money()
    {
        await using var sandbox = await TestSandbox.StartAsync();
        var session = await Some.CheckoutAsync(sandbox, null, "subscription_data[trial_period_days]=14");
        Assert.Equal(0, session.Int("amount_total"));
        var path = new Uri(session["url"]).AbsolutePath;
        var html = await Form.ReadAsync(sandbox, path);
        Assert.Contains("The first 14 days are free.", html, StringComparison.Ordinal);
        var (status, _) = await Form.CardAsync(sandbox, path, "4242 4242 4242 4242", "email=a@b.test");
        Assert.Equal(200, status);
        var done = await sandbox.GetAsync($"/v1/checkout/sessions/{session.Id}", "expand[]=subscription");
        Assert.Equal("no_payment_required", done["payment_status"]);
        Assert.Equal("trialing", done["subscription.status"]);
        Assert.NotEqual("null", done["subscription.default_payment_method"]);
    }

    [Fact]
    public async Task Trial_of_a_paid_subscription_credits_the_rest_and_moves_the_anchor()
    {
        await using var sandbox = await TestSandbox.StartAtAsync(April);
        var subscription = await Some.SubscriptionAsync(sandbox);
        await sandbox.AdvanceToAsync(1776297600);
        var end = sandbox.Server.Clock.GetUtcNow().AddDays(20).ToUnixTimeSeconds();
        var path = $"/v1/subscriptions/{subscription.Id}";
        var trialing = await sandbox.PostAsync(path, $"trial_end={end}", "expand[]=latest_invoice");
        Assert.Equal("trialing", trialing["status"]);
        Assert.Equal(1776297600, trialing.Int("trial_start"));
        Assert.Equal(end, trialing.Int("billing_cycle_anchor"));
        Assert.Equal(end, trialing.Int("items.data.0.current_period_end"));
        Assert.Equal(-1000, trialing.Int("latest_invoice.total"));
        await sandbox.AdvanceToAsync(end + 3600);
        var renewed = await sandbox.GetAsync(path, "expand[]=latest_invoice");
        Assert.Equal("active", renewed["status"]);
        Assert.Equal(2000, renewed.Int("latest_invoice.total"));
        Assert.Equal(1000, renewed.Int("latest_invoice.amount_paid"));
    }

    [Fact]
    public async Task Trial_of_a_paid_subscription_without_proration_gives_nothing_back()
    {
        await using var sandbox = await TestSandbox.StartAtAsync(April);
        var subscription = await Some.SubscriptionAsync(sandbox);
        var path = $"/v1/subscriptions/{subscription.Id}";
        var trialing = await sandbox.PostAsync(
            path,
            $"trial_end={April.AddDays(40).ToUnixTimeSeconds()}",
            "proration_behavior=none",
            "expand[]=latest_invoice"
        );
        Assert.Equal(0, trialing.Int("latest_invoice.total"));
        await sandbox.DeleteAsync(path);
        await sandbox.RefusedAsync(400, HttpMethod.Post, path, $"trial_end={April.AddDays(50).ToUnixTimeSeconds()}");
    }
}
