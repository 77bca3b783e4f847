using Tollgate.Sandbox.Tests.Support;

namespace Tollgate.Sandbox.Tests;

/// <summary>Collection that pauses, and ends at a moment of choice.</summary>
public sealed class PauseAndCancelTests
{
    private static readonly DateTimeOffset April = DateTimeOffset.FromUnixTimeSeconds(1775001600);

    [Theory]
    [InlineData("keep_as_draft", "draft")]
    [InlineData("mark_uncollectible", "uncollectible")]
    [InlineData("void", "void")]
    public async Task Renewal_while_collection_is_paused_is_not_charged(string behavior, string status)
    {
        await using var sandbox = await TestSandbox.StartAtAsync(April);
        var subscription = await Some.SubscriptionAsync(sandbox);
        var path = $"/v1/subscriptions/{subscription.Id}";
        var paused = await sandbox.PostAsync(path, $"pause_collection[behavior]={behavior}");
        Assert.Equal(behavior, paused["pause_collection.behavior"]);
        await sandbox.AdvanceAsync(TimeSpan.FromDays(31));
        var renewed = await sandbox.GetAsync(path, "expand[]=latest_invoice");
        Assert.Equal("active", renewed["status"]);
        Assert.Equal(status, renewed["latest_invoice.status"]);
        Assert.Equal(0, renewed.Int("latest_invoice.amount_paid"));
        Assert.Single((await sandbox.GetAsync("/v1/invoices", "status=paid")).Data);
        Assert.Equal("null", (await sandbox.PostAsync(path, "pause_collection="))["pause_collection"]);
        await sandbox.AdvanceAsync(TimeSpan.FromDays(31));
        Assert.Equal(2, (await sandbox.GetAsync("/v1/invoices", "status=paid")).Data.Count);
    }

    [Fact]
    public async Task Collection_resumes_by_itself()
    {
        await using var sandbox = await TestSandbox.StartAtAsync(April);
        var subscription = await Some.SubscriptionAsync(sandbox);
        var path = $"/v1/subscriptions/{subscription.Id}";
        await sandbox.PostAsync(
            path,
            "pause_collection[behavior]=void",
            $"pause_collection[resumes_at]={April.AddDays(40).ToUnixTimeSeconds()}"
        );
        await sandbox.AdvanceAsync(TimeSpan.FromDays(39));
        Assert.Equal("void", (await sandbox.GetAsync(path))["pause_collection.behavior"]);
        await sandbox.AdvanceAsync(TimeSpan.FromDays(2));
        Assert.Equal("null", (await sandbox.GetAsync(path))["pause_collection"]);
    }

    [Fact]
    public async Task Cancel_at_half_way_credits_half_and_undoing_bills_it_again()
    {
        await using var sandbox = await TestSandbox.StartAtAsync(April);
        var price = await Some.PriceAsync(sandbox, 1000);
        var subscription = await Some.SubscriptionAsync(sandbox, price: price);
        var path = $"/v1/subscriptions/{subscription.Id}";
        await sandbox.PostAsync(path, "cancel_at=1776297600");
        Assert.Equal([-500], await AmountsAsync(sandbox));
        await sandbox.PostAsync(path, "cancel_at=");
        Assert.Equal([500, -500], await AmountsAsync(sandbox));
        await sandbox.PostAsync(path, "cancel_at=1776297600", "proration_behavior=none");
        await sandbox.AdvanceToAsync(1776297600);
        var ended = await sandbox.GetAsync(path);
        Assert.Equal("canceled", ended["status"]);
        Assert.Equal(1776297600, ended.Int("ended_at"));
    }

    [Fact]
    public async Task Cancel_at_in_the_next_period_bills_that_period_up_to_it()
    {
        await using var sandbox = await TestSandbox.StartAtAsync(April);
        var price = await Some.PriceAsync(sandbox, 3100);
        // May has 31 days; the end is ten days into it.
        var end = new DateTimeOffset(2026, 5, 11, 0, 0, 0, TimeSpan.Zero).ToUnixTimeSeconds();
        var subscription = await Some.SubscriptionAsync(sandbox, null, price, 1, $"cancel_at={end}");
        var path = $"/v1/subscriptions/{subscription.Id}";
        await sandbox.AdvanceAsync(TimeSpan.FromDays(31));
        var renewed = await sandbox.GetAsync(path, "expand[]=latest_invoice");
        Assert.Equal(1000, renewed.Int("latest_invoice.amount_paid"));
        await sandbox.AdvanceToAsync(end);
        Assert.Equal("canceled", (await sandbox.GetAsync(path))["status"]);
    }

    private static async Task<IReadOnlyList<long>> AmountsAsync(TestSandbox sandbox) =>
        [.. (await sandbox.GetAsync("/v1/invoiceitems")).Data.Select(item => item.GetProperty("amount").GetInt64())];
}
