using Tollgate.Sandbox.Tests.Support;

namespace Tollgate.Sandbox.Tests;

/// <summary>Discounts of items, customers, single invoices and invoice items.</summary>
public sealed class DiscountOwnerTests
{
    private static readonly DateTimeOffset April = DateTimeOffset.FromUnixTimeSeconds(1775001600);

    [Fact]
    public async Task Discount_of_an_item_comes_before_that_of_the_whole()
    {
        await using var sandbox = await TestSandbox.StartAtAsync(April);
        var half = await CouponAsync(sandbox, "percent_off=50", "duration=forever");
        var five = await CouponAsync(sandbox, "amount_off=500", "currency=usd");
        var subscription = await Some.SubscriptionAsync(
            sandbox,
            null,
            await Some.PriceAsync(sandbox, 1000),
            1,
            $"items[0][discounts][0][coupon]={half}",
            $"items[1][price]={await Some.PriceAsync(sandbox, 2000)}",
            $"discounts[0][coupon]={five}",
            "expand[]=latest_invoice"
        );
        // 500 and 2000 are left when five dollars are split: one fifth, and the rest.
        Assert.Equal(500, subscription.Int("latest_invoice.lines.data.0.discount_amounts.0.amount"));
        Assert.Equal(100, subscription.Int("latest_invoice.lines.data.0.discount_amounts.1.amount"));
        Assert.Equal(400, subscription.Int("latest_invoice.lines.data.1.discount_amounts.0.amount"));
        Assert.Equal(2000, subscription.Int("latest_invoice.amount_paid"));
        var preview = await sandbox.PostAsync("/v1/invoices/create_preview", $"subscription={subscription.Id}");
        Assert.Equal(2500, preview.Int("total"));
        var item = subscription["items.data.0.id"];
        await sandbox.AdvanceToAsync(1776297600);
        await sandbox.PostAsync($"/v1/subscription_items/{item}", "quantity=2");
        var waiting = await sandbox.GetAsync("/v1/invoiceitems");
        Assert.Equal([500, -250], waiting.Data.Select(one => one.GetProperty("amount").GetInt64()));
        var bare = await sandbox.PostAsync($"/v1/subscription_items/{item}", "discounts=");
        Assert.Equal(0, bare.At("discounts").GetArrayLength());
    }

    [Fact]
    public async Task Discount_of_an_item_for_once_is_used_up_by_one_invoice()
    {
        await using var sandbox = await TestSandbox.StartAtAsync(April);
        var once = await CouponAsync(sandbox, "percent_off=25", "duration=once");
        var subscription = await Some.SubscriptionAsync(
            sandbox,
            more: [$"items[0][discounts][0][coupon]={once}", "expand[]=latest_invoice"]
        );
        Assert.Equal(1500, subscription.Int("latest_invoice.total"));
        var after = await sandbox.GetAsync($"/v1/subscriptions/{subscription.Id}");
        Assert.Equal(0, after.At("items.data.0.discounts").GetArrayLength());
        Assert.Single(await sandbox.EventsAsync("customer.discount.deleted"));
    }

    [Fact]
    public async Task Discount_of_a_customer_is_for_what_has_none_of_its_own()
    {
        await using var sandbox = await TestSandbox.StartAtAsync(April);
        var tenth = await CouponAsync(sandbox, "percent_off=10", "duration=forever");
        var half = await CouponAsync(sandbox, "percent_off=50", "duration=forever");
        var customer = await Some.CustomerAsync(sandbox);
        var path = $"/v1/customers/{customer}";
        await sandbox.RefusedAsync(404, HttpMethod.Get, $"{path}/discount");
        var given = await sandbox.PostAsync(path, $"coupon={tenth}");
        Assert.Equal(tenth, given["discount.source.coupon"]);
        Assert.Equal(given["discount.id"], (await sandbox.GetAsync($"{path}/discount")).Id);
        var inherits = await Some.SubscriptionAsync(sandbox, customer, more: "expand[]=latest_invoice");
        Assert.Equal(1800, inherits.Int("latest_invoice.total"));
        var own = await Some.SubscriptionAsync(
            sandbox,
            customer,
            more: [$"discounts[0][coupon]={half}", "expand[]=latest_invoice"]
        );
        Assert.Equal(1000, own.Int("latest_invoice.total"));
        await sandbox.DeleteAsync($"{path}/discount");
        await sandbox.RefusedAsync(404, HttpMethod.Delete, $"{path}/discount");
        var preview = await sandbox.PostAsync("/v1/invoices/create_preview", $"subscription={inherits.Id}");
        Assert.Equal(2000, preview.Int("total"));
    }

    [Fact]
    public async Task Discount_of_a_subscription_is_deleted_or_kept_by_its_id()
    {
        await using var sandbox = await TestSandbox.StartAsync();
        var half = await CouponAsync(sandbox, "percent_off=50", "duration=forever");
        var subscription = await Some.SubscriptionAsync(sandbox, more: $"discounts[0][coupon]={half}");
        var path = $"/v1/subscriptions/{subscription.Id}";
        var discount = subscription["discounts.0"];
        var kept = await sandbox.PostAsync(path, $"discounts[0][discount]={discount}");
        Assert.Equal(discount, kept["discounts.0"]);
        Assert.Empty(await sandbox.EventsAsync("customer.discount.deleted"));
        await sandbox.RefusedAsync(400, HttpMethod.Post, path, "discounts[0][discount]=di_none");
        var deleted = await sandbox.DeleteAsync($"{path}/discount");
        Assert.Equal("True", deleted["deleted"]);
        await sandbox.RefusedAsync(404, HttpMethod.Delete, $"{path}/discount");
        Assert.Single(await sandbox.EventsAsync("customer.discount.deleted"));
    }

    [Fact]
    public async Task Draft_and_its_items_have_discounts_of_their_own()
    {
        await using var sandbox = await TestSandbox.StartAsync();
        var half = await CouponAsync(sandbox, "percent_off=50");
        var five = await CouponAsync(sandbox, "amount_off=500", "currency=usd");
        var customer = await Some.CustomerAsync(sandbox);
        string[] item = [$"customer={customer}", "currency=usd"];
        await sandbox.PostAsync("/v1/invoiceitems", [.. item, "amount=2000", $"discounts[0][coupon]={half}"]);
        await sandbox.PostAsync("/v1/invoiceitems", [.. item, "amount=1000"]);
        var draft = await sandbox.PostAsync(
            "/v1/invoices",
            $"customer={customer}",
            "pending_invoice_items_behavior=include",
            $"discounts[0][coupon]={five}"
        );
        Assert.Equal(1500, draft.Int("total"));
        var path = $"/v1/invoices/{draft.Id}";
        Assert.Equal(2000, (await sandbox.PostAsync(path, "discounts=")).Int("total"));
        var again = await sandbox.PostAsync(path, $"discounts[0][coupon]={half}");
        Assert.Equal(1000, again.Int("total"));
        Assert.Equal(1000, (await sandbox.PostAsync($"{path}/pay")).Int("amount_paid"));
    }

    private static async Task<string> CouponAsync(TestSandbox sandbox, params string[] form) =>
        (await sandbox.PostAsync("/v1/coupons", form)).Id;
}
