using Tollgate.Sandbox.Tests.Support;

namespace Tollgate.Sandbox.Tests;

/// <summary>A subscription is canceled at once: what becomes of unused time and of its invoices.</summary>
public sealed class CancellationTests
{
    private const long HalfOfApril = 1776297600;
    private static readonly DateTimeOffset April = DateTimeOffset.FromUnixTimeSeconds(1775001600);

    [Fact]
    public async Task Unused_half_of_a_month_is_invoiced_to_the_credit_balance()
    {
        await using var sandbox = await TestSandbox.StartAtAsync(April);
        var subscription = await Some.SubscriptionAsync(sandbox);
        await sandbox.AdvanceToAsync(HalfOfApril);
        var canceled = await CancelAsync(
            sandbox,
            subscription.Id,
            "invoice_now=true",
            "prorate=true",
            "cancellation_details[feedback]=unused",
            "expand[]=latest_invoice"
        );
        Assert.Equal("canceled", canceled["status"]);
        Assert.Equal("unused", canceled["cancellation_details.feedback"]);
        Assert.Equal(-1000, canceled.Int("latest_invoice.total"));
        Assert.Equal("paid", canceled["latest_invoice.status"]);
        var customer = await sandbox.GetAsync($"/v1/customers/{canceled["customer"]}");
        Assert.Equal(-1000, customer.Int("balance"));
        Assert.Single(await sandbox.EventsAsync("customer.subscription.deleted"));
    }

    [Fact]
    public async Task Credit_waits_when_it_is_not_invoiced_and_nothing_waits_when_not_asked_for()
    {
        await using var sandbox = await TestSandbox.StartAtAsync(April);
        var credited = await Some.SubscriptionAsync(sandbox);
        var plain = await Some.SubscriptionAsync(sandbox);
        await sandbox.AdvanceToAsync(HalfOfApril);
        await CancelAsync(sandbox, credited.Id, "prorate=true");
        await CancelAsync(sandbox, plain.Id, "invoice_now=true");
        var waiting = Assert.Single((await sandbox.GetAsync("/v1/invoiceitems", "pending=true")).Data);
        Assert.Equal(-1000, Answered.At(waiting, "amount").GetInt64());
        Assert.Equal(2, (await sandbox.GetAsync("/v1/invoices")).Data.Count);
    }

    [Fact]
    public async Task Trial_that_is_canceled_gives_nothing_back()
    {
        await using var sandbox = await TestSandbox.StartAtAsync(April);
        var subscription = await Some.SubscriptionAsync(sandbox, more: "trial_period_days=14");
        await CancelAsync(sandbox, subscription.Id, "invoice_now=true", "prorate=true");
        Assert.Empty((await sandbox.GetAsync("/v1/invoiceitems")).Data);
        Assert.Single((await sandbox.GetAsync("/v1/invoices")).Data);
    }

    [Fact]
    public async Task Draft_of_a_renewal_is_no_longer_advanced()
    {
        await using var sandbox = await TestSandbox.StartAtAsync(April);
        var subscription = await Some.SubscriptionAsync(sandbox);
        await sandbox.AdvanceToAsync(subscription.Int("items.data.0.current_period_end") + 60);
        var draft = (await sandbox.GetAsync($"/v1/subscriptions/{subscription.Id}"))["latest_invoice"];
        await CancelAsync(sandbox, subscription.Id);
        await sandbox.AdvanceAsync(TimeSpan.FromDays(2));
        var left = await sandbox.GetAsync($"/v1/invoices/{draft}");
        Assert.Equal("draft", left["status"]);
        Assert.Equal("False", left["auto_advance"]);
    }

    [Fact]
    public async Task Quantity_changed_before_an_end_within_the_period_is_prorated_up_to_that_end()
    {
        await using var sandbox = await TestSandbox.StartAtAsync(April);
        var subscription = await Some.SubscriptionAsync(sandbox, null, await Some.PriceAsync(sandbox, 3000));
        var path = $"/v1/subscriptions/{subscription.Id}";
        // 30 days in April: it ends after 20, and the quantity changes after 10.
        await sandbox.PostAsync(path, $"cancel_at={April.AddDays(20).ToUnixTimeSeconds()}");
        await sandbox.AdvanceAsync(TimeSpan.FromDays(10));
        await sandbox.PostAsync(path, $"items[0][id]={subscription["items.data.0.id"]}", "items[0][quantity]=3");
        Assert.Equal([3000, -1000, -1000], await AmountsAsync(sandbox));
        await CancelAsync(sandbox, subscription.Id, "prorate=true");
        Assert.Equal([-3000, 3000, -1000, -1000], await AmountsAsync(sandbox));
    }

    [Fact]
    public async Task Items_and_an_end_within_the_period_change_in_one_request()
    {
        await using var sandbox = await TestSandbox.StartAtAsync(April);
        var subscription = await Some.SubscriptionAsync(sandbox, null, await Some.PriceAsync(sandbox, 3000));
        await sandbox.AdvanceAsync(TimeSpan.FromDays(10));
        await sandbox.PostAsync(
            $"/v1/subscriptions/{subscription.Id}",
            $"items[0][id]={subscription["items.data.0.id"]}",
            "items[0][quantity]=2",
            $"items[1][price]={await Some.PriceAsync(sandbox, 600)}",
            $"cancel_at={April.AddDays(20).ToUnixTimeSeconds()}"
        );
        Assert.Equal([200, 2000, -2000], await AmountsAsync(sandbox));
    }

    private static Task<Answered> CancelAsync(TestSandbox sandbox, string id, params string[] query) =>
        sandbox.SendAsync(HttpMethod.Delete, $"/v1/subscriptions/{id}", query);

    private static async Task<IEnumerable<long>> AmountsAsync(TestSandbox sandbox) =>
        (await sandbox.GetAsync("/v1/invoiceitems")).Data.Select(item => Answered.At(item, "amount").GetInt64());
}
