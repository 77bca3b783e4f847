using Tollgate.Sandbox.Tests.Support;

namespace Tollgate.Sandbox.Tests;

/// <summary>A customer's credit, tax ids, and the account's own balance.</summary>
public sealed class CustomerBalanceTests
{
    [Fact]
    public async Task Credit_pays_the_next_invoices_and_each_move_is_on_record()
    {
        await using var sandbox = await TestSandbox.StartAsync();
        var customer = await Some.CustomerAsync(sandbox);
        var path = $"/v1/customers/{customer}/balance_transactions";
        var given = await sandbox.PostAsync(path, "amount=-2500", "currency=usd", "description=Sorry");
        Assert.Equal(-2500, given.Int("ending_balance"));
        await sandbox.RefusedAsync(400, HttpMethod.Post, path, "amount=-1", "currency=eur");
        var first = await Some.SubscriptionAsync(sandbox, customer, more: "expand[]=latest_invoice");
        Assert.Equal(0, first.Int("latest_invoice.amount_due"));
        Assert.Equal(-500, first.Int("latest_invoice.ending_balance"));
        await sandbox.PostAsync($"/v1/customers/{customer}", "balance=300");
        var moves = (await sandbox.GetAsync(path)).Data;
        Assert.Equal(
            ["adjustment 800", "applied_to_invoice 2000", "adjustment -2500"],
            moves.Select(move => $"{Answered.At(move, "type")} {Answered.At(move, "amount")}")
        );
        Assert.Equal(first["latest_invoice.id"], Answered.At(moves[1], "invoice").GetString());
        var owing = await Some.SubscriptionAsync(sandbox, customer, more: "expand[]=latest_invoice");
        Assert.Equal(2300, owing.Int("latest_invoice.amount_paid"));
        await sandbox.PostAsync($"{path}/{given.Id}", "description=Very sorry");
        var other = await Some.CustomerAsync(sandbox);
        await sandbox.RefusedAsync(404, HttpMethod.Get, $"/v1/customers/{other}/balance_transactions/{given.Id}");
    }

    [Fact]
    public async Task Tax_ids_are_checked_and_written_on_invoices()
    {
        await using var sandbox = await TestSandbox.StartAsync();
        var customer = await Some.CustomerAsync(sandbox);
        var path = $"/v1/customers/{customer}/tax_ids";
        var verified = await sandbox.PostAsync(path, "type=eu_vat", "value=DE 000000000");
        Assert.Equal("verified", verified["verification.status"]);
        Assert.Equal("DE", verified["country"]);
        var refused = await sandbox.RefusedAsync(400, HttpMethod.Post, path, "type=eu_vat", "value=123");
        Assert.Equal("tax_id_invalid", refused["error.code"]);
        await sandbox.RefusedAsync(400, HttpMethod.Post, path, "type=nonsense", "value=1");
        await Some.SubscriptionAsync(sandbox, customer);
        var invoice = (await sandbox.GetAsync("/v1/invoices")).Data[0];
        Assert.Equal("DE000000000", Answered.At(invoice, "customer_tax_ids.0.value").GetString());
        var expanded = await sandbox.GetAsync($"/v1/customers/{customer}", "expand[]=tax_ids");
        Assert.Equal(verified.Id, expanded["tax_ids.data.0.id"]);
        await sandbox.DeleteAsync($"{path}/{verified.Id}");
        Assert.Empty((await sandbox.GetAsync(path)).Data);
        Assert.Single(await sandbox.EventsAsync("customer.tax_id.deleted"));
        var born = await sandbox.PostAsync(
            "/v1/customers",
            "tax_id_data[0][type]=us_ein",
            "tax_id_data[0][value]=12-3456789"
        );
        Assert.Single((await sandbox.GetAsync($"/v1/customers/{born.Id}/tax_ids")).Data);
    }

    [Fact]
    public async Task Balance_of_the_account_is_what_was_taken_less_what_was_given_back()
    {
        await using var sandbox = await TestSandbox.StartAsync();
        Assert.Equal(0, (await sandbox.GetAsync("/v1/balance")).Int("available.0.amount"));
        Assert.Equal("account", (await sandbox.GetAsync("/v1/account"))["object"]);
        await Some.SubscriptionAsync(sandbox);
        var charge = (await sandbox.GetAsync("/v1/charges")).Ids[0];
        await sandbox.PostAsync("/v1/refunds", $"charge={charge}", "amount=500");
        Assert.Equal(1500, (await sandbox.GetAsync("/v1/balance")).Int("available.0.amount"));
    }
}
