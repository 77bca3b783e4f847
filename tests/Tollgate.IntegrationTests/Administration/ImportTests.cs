using System.Text.Json;

namespace Tollgate.IntegrationTests.Administration;

/// <summary>Who paid through Stripe before Tollgate came is bound by Stripe's ids.</summary>
public sealed class ImportTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_customer_and_the_subscription_are_bound_synced_and_a_second_import_changes_nothing()
    {
        await using var hydra = await HydraHost.StartAsync();
        var (customer, subscription) = await PayerAsync(hydra, "team_monthly");
        var other = await PayerAsync(hydra, "business_monthly");
        string[] lines = ["# tenant,customer", $"acme,{customer},{subscription}", "", $" globex , {other.Customer} "];

        var (dry, planned) = await ImportAsync(hydra, ["--dry-run"], lines);
        Assert.Equal(0, dry);
        Assert.Equal(["would_import", "would_import"], Outcomes(planned));
        Assert.Null(await hydra.TenantAsync<string>("stripe_customer_id"));

        var (code, done) = await ImportAsync(hydra, [], lines);
        Assert.Equal(0, code);
        Assert.Equal(["imported", "imported"], Outcomes(done));
        await hydra.TierBecomesAsync("team");
        await hydra.TierBecomesAsync("business", "globex");
        Assert.Equal(subscription, await hydra.TenantAsync<string>("stripe_subscription_id"));
        await hydra.QuietAsync();
        Assert.Equal(
            0L,
            await hydra.QueryAsync<long>("SELECT count(*) FROM billing.outbox WHERE kind = 'plan_activated'")
        );
        var audited = await hydra.QueryAsync<long>("SELECT count(*) FROM billing.audit");

        var (again, known) = await ImportAsync(hydra, [], lines);
        Assert.Equal(0, again);
        Assert.Equal(["known", "known"], Outcomes(known));
        Assert.Equal(audited, await hydra.QueryAsync<long>("SELECT count(*) FROM billing.audit"));
        var marked = await hydra.Stripe.GetAsync($"/v1/customers/{customer}");
        Assert.Equal("acme", marked.GetProperty("metadata").GetProperty("hydra_tenant_id").GetString());
    }

    [Fact]
    public async Task What_cannot_be_bound_is_refused_by_name_and_the_other_lines_go_on()
    {
        await using var hydra = await HydraHost.StartAsync();
        var (customer, subscription) = await PayerAsync(hydra, "team_monthly");
        var other = await PayerAsync(hydra, "business_monthly");
        var strange = await PayerOfUnknownPriceAsync(hydra);

        var (code, done) = await ImportAsync(
            hydra,
            [],
            "acme;cus_1",
            "acme,sub_1",
            ",cus_1",
            $"nobody,{customer}",
            "acme,cus_neverexisted",
            $"acme,{customer},{other.Subscription}",
            $"acme,{strange}",
            $"acme,{customer},{subscription}",
            $"globex,{customer}",
            $"acme,{other.Customer}"
        );

        Assert.Equal(1, code);
        Assert.Equal(
            [
                "It is not account,cus_...[,sub_...].",
                "It is not account,cus_...[,sub_...].",
                "It is not account,cus_...[,sub_...].",
                "There is no account nobody; open it first.",
                "Stripe has no customer cus_neverexisted.",
                $"{customer} has no {other.Subscription}.",
                "unknown_price: the catalog knows none of",
                null,
                $"{customer} belongs to another account.",
                $"acme has the customer {customer}.",
            ],
            done.EnumerateArray().Select(line => line.GetProperty("detail").GetString()).Select(WithoutPrice)
        );
        await hydra.TierBecomesAsync("team");
        Assert.Null(await hydra.TenantAsync<string>("stripe_customer_id", "globex"));
    }

    [Theory]
    [InlineData("import")]
    [InlineData("import", "/there/is/no/such/file")]
    [InlineData("import", "--stdin", "/there/is/no/such/file")]
    public async Task An_import_of_nothing_is_not_understood(params string[] args)
    {
        await using var hydra = await HydraHost.StartAsync();

        Assert.Equal(2, (await hydra.CommandAsync(args)).Code);
    }

    private static string? WithoutPrice(string? detail) =>
        detail?.StartsWith("unknown_price", StringComparison.Ordinal) == true
            ? detail[..detail.LastIndexOf(' ')]
            : detail;

    private static async Task<(int Code, JsonElement Done)> ImportAsync(
        HydraHost hydra,
        string[] options,
        params string[] lines
    )
    {
        var file = Path.GetTempFileName();
        await File.WriteAllLinesAsync(file, lines, Token);
        var (code, output) = await hydra.CommandAsync(["import", file, "--json", .. options]);
        File.Delete(file);
        return (code, JsonDocument.Parse(output).RootElement);
    }

    private static IEnumerable<string?> Outcomes(JsonElement done) =>
        done.EnumerateArray().Select(line => line.GetProperty("outcome").GetString());

    private static async Task<(string Customer, string Subscription)> PayerAsync(HydraHost hydra, string price)
    {
        Assert.True(hydra.Service<Catalog.PriceBook>().TryFindForSale(price, out var sold));
        return await PayerOfAsync(hydra, sold.StripeId);
    }

    private static async Task<string> PayerOfUnknownPriceAsync(HydraHost hydra)
    {
        var product = await hydra.Stripe.PostAsync("/v1/products", ("name", "Before"));
        var price = await hydra.Stripe.PostAsync(
            "/v1/prices",
            ("product", product.GetProperty("id").GetString()!),
            ("currency", "usd"),
            ("unit_amount", "100"),
            ("recurring[interval]", "month")
        );
        return (await PayerOfAsync(hydra, price.GetProperty("id").GetString()!)).Customer;
    }

    private static async Task<(string Customer, string Subscription)> PayerOfAsync(HydraHost hydra, string price)
    {
        var customer = await hydra.Stripe.PostAsync(
            "/v1/customers",
            ("email", "before@acme.test"),
            ("payment_method", "pm_card_visa"),
            ("invoice_settings[default_payment_method]", "pm_card_visa")
        );
        var id = customer.GetProperty("id").GetString()!;
        var subscription = await hydra.Stripe.PostAsync(
            "/v1/subscriptions",
            ("customer", id),
            ("items[0][price]", price),
            ("items[0][quantity]", "3")
        );
        return (id, subscription.GetProperty("id").GetString()!);
    }
}
