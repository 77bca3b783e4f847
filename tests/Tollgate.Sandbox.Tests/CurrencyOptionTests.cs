using Tollgate.Sandbox.Tests.Support;

namespace Tollgate.Sandbox.Tests;

/// <summary>One price in several currencies, and the one currency of a customer.</summary>
public sealed class CurrencyOptionTests
{
    private const string Eur = "currency_options[eur][unit_amount]=1800";
    private const string Jpy = "currency_options[jpy][unit_amount]=3000";

    [Fact]
    public async Task Options_are_shown_when_asked_with_the_price_s_own_and_can_be_added()
    {
        await using var sandbox = await TestSandbox.StartAsync();
        var id = await PriceAsync(sandbox, Eur);
        Assert.False((await sandbox.GetAsync($"/v1/prices/{id}")).Body.TryGetProperty("currency_options", out _));

        await sandbox.PostAsync($"/v1/prices/{id}", Jpy, "currency_options[jpy][tax_behavior]=inclusive");

        var price = await sandbox.GetAsync($"/v1/prices/{id}", "expand[]=currency_options");
        Assert.Equal(1800, price.Int("currency_options.eur.unit_amount"));
        Assert.Equal("inclusive", price["currency_options.jpy.tax_behavior"]);
        Assert.Equal(2000, price.Int("currency_options.usd.unit_amount"));
        Assert.Equal("usd", price["currency"]);
        var listed = await sandbox.GetAsync("/v1/prices", "expand[]=data.currency_options");
        Assert.Equal(3000, Answered.At(listed.Data[0], "currency_options.jpy.unit_amount").GetInt64());
    }

    [Theory]
    [InlineData("currency_options[xxx][unit_amount]=1", "currency_options[xxx]")]
    [InlineData("currency_options[usd][unit_amount]=1", "currency_options[usd]")]
    [InlineData("currency_options[eur][tax_behavior]=inclusive", "currency_options[eur][unit_amount]")]
    [InlineData("currency_options[eur][unit_amount]=-1", "currency_options[eur][unit_amount]")]
    [InlineData("currency_options[eur][tiers]=1", "currency_options[eur][tiers]")]
    [InlineData("currency_options=", "currency_options")]
    public async Task What_is_no_option_is_refused_by_name(string option, string parameter)
    {
        await using var sandbox = await TestSandbox.StartAsync();
        var id = await PriceAsync(sandbox, Eur);
        var refusal = await sandbox.RefusedAsync(400, HttpMethod.Post, $"/v1/prices/{id}", option);
        Assert.Equal(parameter, refusal["error.param"]);
    }

    [Fact]
    public async Task Checkout_in_another_currency_bills_everything_in_it_and_the_customer_stays_in_it()
    {
        await using var sandbox = await TestSandbox.StartAsync();
        var price = await PriceAsync(sandbox, Eur, Jpy);
        var customer = await Some.CustomerAsync(sandbox);
        var session = await Some.CheckoutAsync(sandbox, price, $"customer={customer}", "currency=jpy");
        Assert.Equal("jpy", session["currency"]);
        Assert.Equal(9000, session.Int("amount_total"));

        var paid = await sandbox.PostAsync(
            $"/v1/payment_pages/{session.Id}/confirm",
            $"payment_method={await NewCardAsync(sandbox)}",
            "expected_amount=9000"
        );

        Assert.Equal("complete", paid["status"]);
        var id = (await sandbox.GetAsync($"/v1/checkout/sessions/{session.Id}"))["subscription"];
        var subscription = await sandbox.GetAsync($"/v1/subscriptions/{id}", "expand[]=latest_invoice");
        Assert.Equal("jpy", subscription["currency"]);
        Assert.Equal("jpy", subscription["latest_invoice.currency"]);
        Assert.Equal(9000, subscription.Int("latest_invoice.amount_paid"));
        Assert.Equal("3000", subscription["latest_invoice.lines.data.0.pricing.unit_amount_decimal"]);
        Assert.Equal("3 × Team (at ¥3,000 / month)", subscription["latest_invoice.lines.data.0.description"]);
        Assert.Equal("usd", subscription["items.data.0.price.currency"]);
        Assert.Equal("jpy", (await sandbox.GetAsync($"/v1/customers/{customer}"))["currency"]);
        Assert.Equal("jpy", (await sandbox.GetAsync("/v1/charges"))["data.0.currency"]);

        // as the customer pays already, and in no other
        Assert.Equal("jpy", (await Some.CheckoutAsync(sandbox, price, $"customer={customer}"))["currency"]);
        await RefusedAsync(sandbox, price, customer, "currency=eur");
        await RefusedAsync(sandbox, await PriceAsync(sandbox), customer);
    }

    [Fact]
    public async Task Checkout_bills_in_the_currency_that_it_showed_or_not_at_all()
    {
        await using var sandbox = await TestSandbox.StartAsync();
        var price = await PriceAsync(sandbox, Eur, Jpy);
        var customer = await Some.CustomerAsync(sandbox);
        var session = await Some.CheckoutAsync(sandbox, price, $"customer={customer}", "currency=jpy");
        await Some.SubscriptionAsync(sandbox, customer, price, more: "currency=eur");

        await sandbox.RefusedAsync(
            400,
            HttpMethod.Post,
            $"/v1/payment_pages/{session.Id}/confirm",
            $"payment_method={await NewCardAsync(sandbox)}",
            "expected_amount=9000"
        );

        Assert.Single((await sandbox.GetAsync("/v1/charges")).Data);
    }

    [Fact]
    public async Task Changes_and_renewals_stay_in_the_subscription_s_currency()
    {
        await using var sandbox = await TestSandbox.StartAsync();
        var customer = await Some.CustomerAsync(sandbox);
        var (price, dearer) = (
            await PriceAsync(sandbox, Eur),
            await PriceAsync(sandbox, "currency_options[eur][unit_amount]=3600")
        );
        var subscription = await Some.SubscriptionAsync(sandbox, customer, price, more: "currency=eur");
        var item = subscription["items.data.0.id"];
        Assert.Equal("eur", subscription["currency"]);

        var preview = await sandbox.PostAsync(
            "/v1/invoices/create_preview",
            $"subscription={subscription.Id}",
            $"subscription_details[items][0][id]={item}",
            $"subscription_details[items][0][price]={dearer}",
            $"subscription_details[proration_date]={subscription["items.data.0.current_period_start"]}"
        );
        Assert.Equal("eur", preview["currency"]);
        Assert.Equal(1800 + 3600, preview.Int("total"));
        await sandbox.PostAsync(
            $"/v1/subscriptions/{subscription.Id}",
            $"items[0][id]={item}",
            $"items[0][price]={dearer}"
        );
        await sandbox.PostAsync($"/v1/prices/{dearer}", "nickname=Dear");
        await sandbox.RefusedAsync(
            400,
            HttpMethod.Post,
            $"/v1/subscriptions/{subscription.Id}",
            $"items[0][id]={item}",
            $"items[0][price]={await PriceAsync(sandbox)}"
        );

        await sandbox.AdvanceAsync(TimeSpan.FromDays(32));

        var renewed = await sandbox.GetAsync($"/v1/subscriptions/{subscription.Id}", "expand[]=latest_invoice");
        Assert.Equal("eur", renewed["latest_invoice.currency"]);
        Assert.Contains(
            "(at €36.00 / month)",
            renewed["latest_invoice.lines.data.2.description"],
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task An_invoice_item_settles_the_customer_s_currency_too()
    {
        await using var sandbox = await TestSandbox.StartAsync();
        var customer = await Some.CustomerAsync(sandbox);
        await sandbox.PostAsync("/v1/invoiceitems", $"customer={customer}", "amount=100", "currency=eur");

        Assert.Equal("eur", (await sandbox.GetAsync($"/v1/customers/{customer}"))["currency"]);
        await sandbox.RefusedAsync(
            400,
            HttpMethod.Post,
            "/v1/invoiceitems",
            $"customer={customer}",
            "amount=100",
            "currency=jpy"
        );
    }

    [Fact]
    public async Task A_currency_that_the_price_has_not_is_refused()
    {
        await using var sandbox = await TestSandbox.StartAsync();
        var price = await PriceAsync(sandbox, Eur);
        var customer = await Some.CustomerAsync(sandbox);
        var refusal = await RefusedAsync(sandbox, price, customer, "currency=sek");
        Assert.Equal("currency", refusal["error.param"]);
        await sandbox.RefusedAsync(
            400,
            HttpMethod.Post,
            "/v1/subscriptions",
            $"customer={customer}",
            $"items[0][price]={price}",
            "currency=sek"
        );
    }

    private static Task<Answered> RefusedAsync(
        TestSandbox sandbox,
        string price,
        string customer,
        params string[] more
    ) =>
        sandbox.RefusedAsync(
            400,
            HttpMethod.Post,
            "/v1/checkout/sessions",
            [
                "mode=subscription",
                "success_url=http://localhost:8000/done",
                $"customer={customer}",
                $"line_items[0][price]={price}",
                "line_items[0][quantity]=1",
                .. more,
            ]
        );

    private static async Task<string> PriceAsync(TestSandbox sandbox, params string[] options)
    {
        var product = await sandbox.PostAsync("/v1/products", "name=Team");
        var price = await sandbox.PostAsync(
            "/v1/prices",
            [$"product={product.Id}", "currency=usd", "unit_amount=2000", "recurring[interval]=month", .. options]
        );
        return price.Id;
    }

    private static async Task<string> NewCardAsync(TestSandbox sandbox) =>
        (await sandbox.PostAsync("/v1/payment_methods", "type=card", "card[token]=tok_visa")).Id;
}
