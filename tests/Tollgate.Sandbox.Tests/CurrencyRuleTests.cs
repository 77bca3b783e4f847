using System.Net;
using Tollgate.Sandbox.Tests.Support;

namespace Tollgate.Sandbox.Tests;

/// <summary>How Stripe counts a currency, and what of it can be charged: https://docs.stripe.com/currencies.</summary>
public sealed class CurrencyRuleTests
{
    private const long April = 1_775_001_600;

    private const string Whole = "invalid_charge_amount_no_decimal_compatible";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("usd", 2050, "$20.50", "$61.50")]
    [InlineData("jpy", 2050, "¥2,050", "¥6,150")]
    [InlineData("mga", 2050, "MGA 2,050", "MGA 6,150")]
    [InlineData("huf", 499050, "HUF 4,990.50", "HUF 14,971.50")]
    [InlineData("kwd", 2050, "KWD 2.050", "KWD 6.150")]
    [InlineData("tnd", 2050, "TND 2.050", "TND 6.150")]
    [InlineData("isk", 205000, "ISK 2,050", "ISK 6,150")]
    [InlineData("ugx", 205000, "UGX 2,050", "UGX 6,150")]
    public async Task Pages_and_lines_show_an_amount_as_it_is_counted(
        string currency,
        int amount,
        string each,
        string total
    )
    {
        await using var sandbox = await TestSandbox.StartAsync();
        var price = await PriceAsync(sandbox, currency, amount);
        var session = await Some.CheckoutAsync(sandbox, price);
        var page = WebUtility.HtmlDecode(await sandbox.Http.GetStringAsync(session["url"], Token));
        Assert.Contains($"{each} each per month", page, StringComparison.Ordinal);
        Assert.Contains($">{total}<", page, StringComparison.Ordinal);

        var subscription = await Some.SubscriptionAsync(
            sandbox,
            price: price,
            quantity: 3,
            more: "expand[]=latest_invoice"
        );
        Assert.Equal($"3 × Team (at {each} / month)", subscription["latest_invoice.lines.data.0.description"]);
        var invoice = await sandbox.Http.GetStringAsync(subscription["latest_invoice.hosted_invoice_url"], Token);
        Assert.Contains($">{total}<", WebUtility.HtmlDecode(invoice), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("kwd", 2055, 2050, null)]
    [InlineData("isk", 2050, 2000, Whole)]
    [InlineData("ugx", 2050, 2000, Whole)]
    public async Task What_lies_between_two_amounts_that_can_be_charged_is_refused(
        string currency,
        int wrong,
        int whole,
        string? code
    )
    {
        await using var sandbox = await TestSandbox.StartAsync();
        var product = (await sandbox.PostAsync("/v1/products", "name=Team")).Id;
        var usd = await Some.PriceAsync(sandbox);
        var customer = await Some.CustomerAsync(sandbox);
        string[] paid = ["payment_method=pm_card_visa", "confirm=true", $"currency={currency}"];
        var intent = await sandbox.PostAsync("/v1/payment_intents", [$"amount={whole}", .. paid]);
        (string Path, string Parameter, string[] More)[] requests =
        [
            ("/v1/prices", "unit_amount", [$"product={product}", $"currency={currency}"]),
            ($"/v1/prices/{usd}", $"currency_options[{currency}][unit_amount]", []),
            ("/v1/payment_intents", "amount", paid),
            ("/v1/refunds", "amount", [$"payment_intent={intent.Id}"]),
            ("/v1/coupons", "amount_off", [$"currency={currency}"]),
            ("/v1/invoiceitems", "amount", [$"customer={customer}", $"currency={currency}"]),
            ($"/v1/customers/{customer}/balance_transactions", "amount", [$"currency={currency}"]),
        ];
        foreach (var (path, parameter, more) in requests)
        {
            var refusal = await sandbox.RefusedAsync(400, HttpMethod.Post, path, [$"{parameter}={wrong}", .. more]);
            Assert.Equal(parameter, refusal["error.param"]);
            Assert.Equal(code, refusal.At("error").TryGetProperty("code", out var said) ? said.GetString() : null);
            await sandbox.PostAsync(path, [$"{parameter}={whole}", .. more]);
        }
    }

    [Theory]
    [InlineData("usd", 1000, -333, 667)]
    [InlineData("huf", 1000, -333, 667)]
    [InlineData("jpy", 1000, -333, 667)]
    [InlineData("kwd", 1000, -330, 670)]
    [InlineData("bhd", 2000, -670, 1330)]
    [InlineData("isk", 100_000, -33_300, 66_700)]
    [InlineData("ugx", 100_000, -33_300, 66_700)]
    public async Task Prorations_are_rounded_to_what_can_be_charged(
        string currency,
        int amount,
        long credit,
        long debit
    )
    {
        await using var sandbox = await TestSandbox.StartAtAsync(DateTimeOffset.FromUnixTimeSeconds(April));
        var price = await PriceAsync(sandbox, currency, amount);
        var dearer = await PriceAsync(sandbox, currency, 2 * amount);
        var subscription = await Some.SubscriptionAsync(sandbox, price: price);
        // a third of April is left
        await sandbox.AdvanceToAsync(April + 20 * 86_400);
        await sandbox.PostAsync(
            $"/v1/subscriptions/{subscription.Id}",
            $"items[0][id]={subscription["items.data.0.id"]}",
            $"items[0][price]={dearer}"
        );
        var items = (await sandbox.GetAsync("/v1/invoiceitems")).Data;
        Assert.Equal([debit, credit], items.Select(item => item.GetProperty("amount").GetInt64()));
    }

    [Theory]
    [InlineData("usd", 1999, 420, 5577, 1)]
    [InlineData("kwd", 1990, 420, 5550, 10)]
    [InlineData("isk", 199_900, 42_000, 557_700, 100)]
    public async Task Discounts_are_rounded_to_what_can_be_charged(
        string currency,
        int amount,
        long off,
        long total,
        int multiple
    )
    {
        await using var sandbox = await TestSandbox.StartAsync();
        var coupon = await sandbox.PostAsync("/v1/coupons", "percent_off=7");
        var session = await Some.CheckoutAsync(
            sandbox,
            await PriceAsync(sandbox, currency, amount),
            $"discounts[0][coupon]={coupon.Id}"
        );
        Assert.Equal(off, session.Int("total_details.amount_discount"));
        Assert.Equal(total, session.Int("amount_total"));
        var page = await sandbox.Http.GetStringAsync(session["url"], Token);
        Assert.Contains($"data-multiple=\"{multiple}\"", page, StringComparison.Ordinal);
    }

    private static async Task<string> PriceAsync(TestSandbox sandbox, string currency, int amount)
    {
        var product = await sandbox.PostAsync("/v1/products", "name=Team");
        var price = await sandbox.PostAsync(
            "/v1/prices",
            $"product={product.Id}",
            $"currency={currency}",
            $"unit_amount={amount}",
            "recurring[interval]=month"
        );
        return price.Id;
    }
}
