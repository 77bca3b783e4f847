using System.Text.Json;
using Tollgate.Sandbox.Tests.Support;

namespace Tollgate.Sandbox.Tests;

/// <summary>The arithmetic of changes within a period: Stripe's worked numbers, to the cent.</summary>
public sealed class ProrationTests
{
    private const long April = 1_775_001_600;

    [Theory]
    [InlineData(April, "month", 1_776_297_600, 1, 1000, 1, 2000, -500, 1000)]
    [InlineData(April, "month", 1_775_865_600, 5, 3000, 8, 3000, -10_000, 16_000)]
    [InlineData(1_767_225_600, "month", 1_768_739_696, 1, 1900, 1, 4900, -826, 2130)]
    [InlineData(1_767_225_600, "year", 1_775_001_600, 1, 12_000, 1, 24_000, -9041, 18_082)]
    [InlineData(April, "month", 1_776_297_600, 5, 1000, null, 2000, -2500, 1000)]
    public async Task Change_credits_the_old_and_debits_the_new_configuration(
        long start,
        string interval,
        long at,
        int oldQuantity,
        int oldAmount,
        int? newQuantity,
        int newAmount,
        long credit,
        long debit
    )
    {
        await using var sandbox = await StartAsync(start);
        var subscription = await Some.SubscriptionAsync(
            sandbox,
            price: await Some.PriceAsync(sandbox, oldAmount, interval),
            quantity: oldQuantity
        );
        var price =
            oldAmount == newAmount
                ? subscription["items.data.0.price.id"]
                : await Some.PriceAsync(sandbox, newAmount, interval);
        string[] change =
        [
            $"items[0][id]={subscription["items.data.0.id"]}",
            $"items[0][price]={price}",
            .. newQuantity is null ? Array.Empty<string>() : [$"items[0][quantity]={newQuantity}"],
        ];
        await sandbox.AdvanceToAsync(at);
        var preview = await PreviewAsync(sandbox, subscription.Id, change);
        Assert.Equal([credit, debit], Prorations(preview));
        Assert.Empty((await sandbox.GetAsync("/v1/invoiceitems")).Data);
        var before = (await sandbox.EventTypesAsync()).Count;
        await sandbox.PostAsync($"/v1/subscriptions/{subscription.Id}", change);
        Assert.Equal(
            ["invoiceitem.created", "invoiceitem.created", "customer.subscription.updated"],
            (await sandbox.EventTypesAsync()).Skip(before)
        );
        var items = (await sandbox.GetAsync("/v1/invoiceitems")).Data;
        Assert.Equal([debit, credit], items.Select(item => item.GetProperty("amount").GetInt64()));
        Assert.All(items, item => Assert.Equal(at, Answered.At(item, "period.start").GetInt64()));
    }

    [Fact]
    public async Task Prorations_wait_for_the_next_invoice_and_stand_before_the_period()
    {
        await using var sandbox = await StartAsync(April);
        var subscription = await Some.SubscriptionAsync(sandbox, quantity: 3);
        await sandbox.AdvanceToAsync(April + 15 * 86_400);
        var change = Quantity(subscription, 5);
        var preview = await PreviewAsync(sandbox, subscription.Id, change);
        await sandbox.PostAsync($"/v1/subscriptions/{subscription.Id}", change);
        Assert.Single((await sandbox.GetAsync("/v1/invoices")).Data);
        await sandbox.AdvanceToAsync(subscription.Int("items.data.0.current_period_end") + 3600);
        var invoice = (await sandbox.GetAsync("/v1/invoices", "limit=1")).Data[0];
        Assert.Equal([-3000, 5000, 10_000], Amounts(invoice));
        Assert.Equal(12_000, invoice.GetProperty("amount_paid").GetInt64());
        Assert.Equal(Amounts(preview.Body), Amounts(invoice));
        Assert.Equal("Unused time on 3 × Team after 16 Apr 2026", Description(invoice, 0));
        Assert.Equal("Remaining time on 5 × Team after 16 Apr 2026", Description(invoice, 1));
        Assert.Equal("5 × Team (at $20.00 / month)", Description(invoice, 2));
    }

    [Fact]
    public async Task Always_invoice_charges_the_difference_in_the_request()
    {
        await using var sandbox = await StartAsync(April);
        var subscription = await Some.SubscriptionAsync(sandbox, quantity: 3);
        await sandbox.AdvanceToAsync(April + 15 * 86_400);
        string[] change = [.. Quantity(subscription, 5), "proration_behavior=always_invoice"];
        var preview = await PreviewAsync(sandbox, subscription.Id, change);
        var changed = await sandbox.PostAsync(
            $"/v1/subscriptions/{subscription.Id}",
            [.. change, "expand[]=latest_invoice"]
        );
        Assert.Equal("paid", changed["latest_invoice.status"]);
        Assert.Equal("subscription_update", changed["latest_invoice.billing_reason"]);
        Assert.Equal(2000, changed.Int("latest_invoice.amount_paid"));
        Assert.Equal(2000, preview.Int("amount_due"));
    }

    [Fact]
    public async Task Lowering_leaves_a_credit_that_pays_the_next_invoice()
    {
        await using var sandbox = await StartAsync(April);
        var subscription = await Some.SubscriptionAsync(sandbox, quantity: 5);
        await sandbox.AdvanceToAsync(April + 15 * 86_400);
        await sandbox.PostAsync(
            $"/v1/subscriptions/{subscription.Id}",
            [.. Quantity(subscription, 3), "proration_behavior=always_invoice"]
        );
        var customer = await sandbox.GetAsync($"/v1/customers/{subscription["customer"]}");
        Assert.Equal(-2000, customer.Int("balance"));
        await sandbox.AdvanceToAsync(subscription.Int("items.data.0.current_period_end") + 3600);
        var invoice = (await sandbox.GetAsync("/v1/invoices", "limit=1")).Data[0];
        Assert.Equal(6000, invoice.GetProperty("total").GetInt64());
        Assert.Equal(4000, invoice.GetProperty("amount_paid").GetInt64());
        Assert.Equal(0, (await sandbox.GetAsync($"/v1/customers/{customer.Id}")).Int("balance"));
    }

    [Fact]
    public async Task Declined_change_with_error_if_incomplete_takes_no_effect()
    {
        await using var sandbox = await StartAsync(April);
        var customer = await Some.CustomerAsync(sandbox);
        var subscription = await Some.SubscriptionAsync(sandbox, customer, quantity: 3);
        await Some.NewDefaultCardAsync(sandbox, customer, "pm_card_chargeCustomerFail");
        await sandbox.AdvanceToAsync(April + 86_400);
        string[] change = [.. Quantity(subscription, 5), "proration_behavior=always_invoice"];
        var path = $"/v1/subscriptions/{subscription.Id}";
        await sandbox.RefusedAsync(402, HttpMethod.Post, path, [.. change, "payment_behavior=error_if_incomplete"]);
        Assert.Equal(3, (await sandbox.GetAsync(path)).Int("items.data.0.quantity"));
        Assert.Single((await sandbox.GetAsync("/v1/invoices")).Data);
        var pastDue = await sandbox.PostAsync(path, change);
        Assert.Equal("past_due", pastDue["status"]);
        Assert.Equal(5, pastDue.Int("items.data.0.quantity"));
    }

    [Theory]
    [InlineData("flexible", -3000)]
    [InlineData("classic", -4500)]
    public async Task Billing_mode_decides_what_is_credited_after_an_unbilled_change(string mode, long credit)
    {
        await using var sandbox = await StartAsync(April);
        var subscription = await Some.SubscriptionAsync(sandbox, null, null, 2, $"billing_mode[type]={mode}");
        await sandbox.PostAsync(
            $"/v1/subscriptions/{subscription.Id}",
            [.. Quantity(subscription, 3), "proration_behavior=none"]
        );
        await sandbox.AdvanceToAsync(April + (long)(7.5 * 86_400));
        await sandbox.PostAsync($"/v1/subscriptions/{subscription.Id}", Quantity(subscription, 4));
        var items = (await sandbox.GetAsync("/v1/invoiceitems")).Data;
        Assert.Equal(credit, items[1].GetProperty("amount").GetInt64());
    }

    [Fact]
    public async Task New_interval_restarts_the_period_and_is_billed_at_once()
    {
        await using var sandbox = await StartAsync(April);
        var subscription = await Some.SubscriptionAsync(sandbox);
        var yearly = await Some.PriceAsync(sandbox, 20_000, "year");
        var at = April + 15 * 86_400;
        await sandbox.AdvanceToAsync(at);
        var changed = await sandbox.PostAsync(
            $"/v1/subscriptions/{subscription.Id}",
            $"items[0][id]={subscription["items.data.0.id"]}",
            $"items[0][price]={yearly}",
            "expand[]=latest_invoice"
        );
        Assert.Equal(at, changed.Int("billing_cycle_anchor"));
        Assert.Equal(at, changed.Int("items.data.0.current_period_start"));
        Assert.Equal(
            DateTimeOffset.FromUnixTimeSeconds(at).AddYears(1).ToUnixTimeSeconds(),
            changed.Int("items.data.0.current_period_end")
        );
        Assert.Equal([-1000, 20_000], Amounts(changed.At("latest_invoice")));
        Assert.Equal("paid", changed["latest_invoice.status"]);
    }

    [Fact]
    public async Task Proration_date_outside_of_the_period_is_refused()
    {
        await using var sandbox = await StartAsync(April);
        var subscription = await Some.SubscriptionAsync(sandbox);
        var refused = await sandbox.RefusedAsync(
            400,
            HttpMethod.Post,
            $"/v1/subscriptions/{subscription.Id}",
            [.. Quantity(subscription, 5), $"proration_date={April - 1}"]
        );
        Assert.Equal("proration_date", refused["error.param"]);
    }

    [Fact]
    public async Task Canceled_subscription_has_no_upcoming_invoice()
    {
        await using var sandbox = await StartAsync(April);
        var subscription = await Some.SubscriptionAsync(sandbox);
        await sandbox.DeleteAsync($"/v1/subscriptions/{subscription.Id}");
        var refused = await sandbox.RefusedAsync(
            404,
            HttpMethod.Post,
            "/v1/invoices/create_preview",
            $"customer={subscription["customer"]}"
        );
        Assert.Equal("invoice_upcoming_none", refused["error.code"]);
    }

    private static Task<TestSandbox> StartAsync(long unixSeconds) =>
        TestSandbox.StartAtAsync(DateTimeOffset.FromUnixTimeSeconds(unixSeconds));

    private static string[] Quantity(Answered subscription, int quantity) =>
        [$"items[0][id]={subscription["items.data.0.id"]}", $"items[0][quantity]={quantity}"];

    private static Task<Answered> PreviewAsync(TestSandbox sandbox, string subscription, string[] change) =>
        sandbox.PostAsync("/v1/invoices/create_preview", [$"subscription={subscription}", .. change.Select(InDetails)]);

    private static string InDetails(string pair)
    {
        var end = pair.IndexOfAny(['[', '=']);
        return $"subscription_details[{pair[..end]}]{pair[end..]}";
    }

    private static IEnumerable<long> Amounts(JsonElement invoice) =>
        Answered.At(invoice, "lines.data").EnumerateArray().Select(line => line.GetProperty("amount").GetInt64());

    private static IEnumerable<long> Prorations(Answered preview) => Amounts(preview.Body).Take(2);

    private static string? Description(JsonElement invoice, int line) =>
        Answered.At(invoice, $"lines.data.{line}.description").GetString();
}
