using Tollgate.Sandbox.Tests.Support;

namespace Tollgate.Sandbox.Tests;

/// <summary>Coupons and promotion codes: what they take off, for how long, and who may have them.</summary>
public sealed class DiscountTests
{
    private static readonly DateTimeOffset April = DateTimeOffset.FromUnixTimeSeconds(1775001600);

    [Fact]
    public async Task Five_dollars_off_ten_and_twenty_are_166_and_334()
    {
        await using var sandbox = await TestSandbox.StartAsync();
        var coupon = await sandbox.PostAsync("/v1/coupons", "amount_off=500", "currency=usd", "name=Five");
        Assert.Equal("once", coupon["duration"]);
        var subscription = await Some.SubscriptionAsync(
            sandbox,
            null,
            await Some.PriceAsync(sandbox, 1000),
            1,
            $"items[1][price]={await Some.PriceAsync(sandbox, 2000)}",
            $"discounts[0][coupon]={coupon.Id}"
        );
        var invoice = await sandbox.GetAsync($"/v1/invoices/{subscription["latest_invoice"]}", "expand[]=discounts");
        Assert.Equal(166, invoice.Int("lines.data.0.discount_amounts.0.amount"));
        Assert.Equal(334, invoice.Int("lines.data.1.discount_amounts.0.amount"));
        Assert.Equal(3000, invoice.Int("subtotal"));
        Assert.Equal(2500, invoice.Int("total"));
        Assert.Equal(2500, invoice.Int("amount_paid"));
        Assert.Equal(500, invoice.Int("total_discount_amounts.0.amount"));
        Assert.Equal(coupon.Id, invoice["discounts.0.source.coupon"]);
        Assert.Equal(1, (await sandbox.GetAsync($"/v1/coupons/{coupon.Id}")).Int("times_redeemed"));
    }

    [Theory]
    [InlineData("once", 1)]
    [InlineData("repeating", 3)]
    [InlineData("forever", 5)]
    public async Task A_quarter_off_lasts_as_long_as_its_duration(string duration, int discounted)
    {
        await using var sandbox = await TestSandbox.StartAtAsync(April);
        string[] months = duration == "repeating" ? ["duration_in_months=3"] : [];
        var coupon = await sandbox.PostAsync("/v1/coupons", ["percent_off=25", $"duration={duration}", .. months]);
        await Some.SubscriptionAsync(sandbox, more: $"discounts[0][coupon]={coupon.Id}");
        await sandbox.AdvanceAsync(TimeSpan.FromDays(4 * 30.6));
        var totals = (await sandbox.GetAsync("/v1/invoices"))
            .Data.Select(invoice => invoice.GetProperty("total").GetInt64())
            .Reverse()
            .ToList();
        Assert.Equal(5, totals.Count);
        Assert.Equal([.. Enumerable.Repeat(1500L, discounted), .. Enumerable.Repeat(2000L, 5 - discounted)], totals);
    }

    [Fact]
    public async Task Proration_credits_what_was_billed_after_the_discount()
    {
        await using var sandbox = await TestSandbox.StartAtAsync(April);
        var coupon = await sandbox.PostAsync("/v1/coupons", "percent_off=50", "duration=once");
        var subscription = await Some.SubscriptionAsync(
            sandbox,
            null,
            await Some.PriceAsync(sandbox, 1000),
            1,
            $"discounts[0][coupon]={coupon.Id}"
        );
        await sandbox.AdvanceToAsync(1776297600);
        await sandbox.PostAsync($"/v1/subscription_items/{subscription["items.data.0.id"]}", "quantity=2");
        var waiting = await sandbox.GetAsync("/v1/invoiceitems");
        // Half of the month: 500 was paid for it, so 250 comes back; two for the rest cost 1000, the coupon is used up.
        Assert.Equal([1000, -250], waiting.Data.Select(item => item.GetProperty("amount").GetInt64()));
    }

    [Fact]
    public async Task Discounts_are_replaced_and_removed_by_an_update()
    {
        await using var sandbox = await TestSandbox.StartAsync();
        var coupon = await sandbox.PostAsync("/v1/coupons", "id=HALF", "percent_off=50", "duration=forever");
        await sandbox.RefusedAsync(400, HttpMethod.Post, "/v1/coupons", "id=HALF", "percent_off=50");
        await sandbox.RefusedAsync(400, HttpMethod.Post, "/v1/coupons", "percent_off=101");
        await sandbox.RefusedAsync(400, HttpMethod.Post, "/v1/coupons", "percent_off=10", "duration=repeating");
        await sandbox.RefusedAsync(400, HttpMethod.Post, "/v1/coupons", "amount_off=10");
        var subscription = await Some.SubscriptionAsync(sandbox);
        var path = $"/v1/subscriptions/{subscription.Id}";
        var given = await sandbox.PostAsync(path, $"discounts[0][coupon]={coupon.Id}", "expand[]=discounts");
        Assert.Equal("HALF", given["discounts.0.source.coupon"]);
        var preview = await sandbox.PostAsync("/v1/invoices/create_preview", $"subscription={subscription.Id}");
        Assert.Equal(1000, preview.Int("total"));
        await sandbox.DeleteAsync("/v1/coupons/HALF");
        await sandbox.RefusedAsync(404, HttpMethod.Get, "/v1/coupons/HALF");
        var kept = await sandbox.PostAsync("/v1/invoices/create_preview", $"subscription={subscription.Id}");
        Assert.Equal(1000, kept.Int("total"));
        Assert.Equal(0, (await sandbox.PostAsync(path, "discounts=")).At("discounts").GetArrayLength());
        Assert.Single(await sandbox.EventsAsync("customer.discount.deleted"));
    }

    [Fact]
    public async Task Promotion_code_is_typed_on_checkout_and_counted()
    {
        await using var sandbox = await TestSandbox.StartAsync();
        var coupon = await sandbox.PostAsync("/v1/coupons", "percent_off=20", "duration=forever", "name=Friends");
        var code = await sandbox.PostAsync(
            "/v1/promotion_codes",
            "promotion[type]=coupon",
            $"promotion[coupon]={coupon.Id}",
            "code=FRIENDS20",
            "max_redemptions=1",
            "restrictions[minimum_amount]=5000",
            "restrictions[minimum_amount_currency]=usd"
        );
        Assert.Equal([code.Id], (await sandbox.GetAsync("/v1/promotion_codes", "code=FRIENDS20")).Ids);
        var session = await Some.CheckoutAsync(sandbox, null, "allow_promotion_codes=true");
        var path = new Uri(session["url"]).AbsolutePath;
        var (unknown, answer) = await Form.PostAsync(sandbox, $"{path}/promotion", "code=NOPE");
        Assert.Equal(400, unknown);
        Assert.Contains("This code is invalid.", answer, StringComparison.Ordinal);
        var (known, _) = await Form.PostAsync(sandbox, $"{path}/promotion", "code=friends20");
        Assert.Equal(200, known);
        var page = await Form.ReadAsync(sandbox, path);
        Assert.Contains("Friends", page, StringComparison.Ordinal);
        Assert.Contains("$48.00", page, StringComparison.Ordinal);
        var (paid, _) = await Form.CardAsync(
            sandbox,
            path,
            "4242 4242 4242 4242",
            "email=a@b.test",
            "expected_amount=4800"
        );
        Assert.Equal(200, paid);
        var done = await sandbox.GetAsync($"/v1/checkout/sessions/{session.Id}", "expand[]=invoice");
        Assert.Equal(6000, done.Int("amount_subtotal"));
        Assert.Equal(4800, done.Int("amount_total"));
        Assert.Equal(1200, done.Int("total_details.amount_discount"));
        Assert.Equal(4800, done.Int("invoice.amount_paid"));
        Assert.Equal(code.Id, done["discounts.0.promotion_code"]);
        Assert.Equal(1, (await sandbox.GetAsync($"/v1/promotion_codes/{code.Id}")).Int("times_redeemed"));
        var other = await Some.CheckoutAsync(sandbox, null, "allow_promotion_codes=true");
        var (spent, _) = await Form.PostAsync(sandbox, $"/c/pay/{other.Id}/promotion", "code=FRIENDS20");
        Assert.Equal(400, spent);
        var closed = await Some.CheckoutAsync(sandbox);
        var (none, _) = await Form.PostAsync(sandbox, $"/c/pay/{closed.Id}/promotion", "code=FRIENDS20");
        Assert.Equal(400, none);
    }
}
