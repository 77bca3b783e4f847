using Tollgate.Sandbox.Tests.Support;

namespace Tollgate.Sandbox.Tests;

/// <summary>Invoices without a subscription, and Checkout for a single payment.</summary>
public sealed class StandaloneInvoiceTests
{
    [Fact]
    public async Task Paying_a_draft_finalizes_it_first()
    {
        await using var sandbox = await TestSandbox.StartAsync();
        var customer = await Some.CustomerAsync(sandbox);
        var invoice = await DraftAsync(sandbox, customer);
        Assert.Equal("draft", invoice["status"]);
        Assert.Equal(2000, invoice.Int("total"));
        Assert.Equal("null", invoice["parent"]);
        var paid = await sandbox.PostAsync($"/v1/invoices/{invoice.Id}/pay");
        Assert.Equal("paid", paid["status"]);
        Assert.EndsWith("-0001", paid["number"], StringComparison.Ordinal);
        await sandbox.RefusedAsync(400, HttpMethod.Post, $"/v1/invoices/{invoice.Id}/pay");
    }

    [Theory]
    [InlineData("pm_card_chargeCustomerFail", "card_declined", "invoice.payment_failed")]
    [InlineData(
        "pm_card_threeDSecure2Required",
        "invoice_payment_intent_requires_action",
        "invoice.payment_action_required"
    )]
    public async Task Refused_payment_is_a_card_error_and_an_event(string card, string code, string recorded)
    {
        await using var sandbox = await TestSandbox.StartAsync();
        var customer = (await sandbox.PostAsync("/v1/customers", "name=A")).Id;
        var method = await sandbox.PostAsync($"/v1/payment_methods/{card}/attach", $"customer={customer}");
        var invoice = await DraftAsync(sandbox, customer);
        var refused = await sandbox.RefusedAsync(
            402,
            HttpMethod.Post,
            $"/v1/invoices/{invoice.Id}/pay",
            $"payment_method={method.Id}"
        );
        Assert.Equal("card_error", refused["error.type"]);
        Assert.Equal(code, refused["error.code"]);
        Assert.Equal("open", (await sandbox.GetAsync($"/v1/invoices/{invoice.Id}"))["status"]);
        Assert.Single(await sandbox.EventsAsync(recorded));
    }

    [Fact]
    public async Task Void_invoice_is_not_payable()
    {
        await using var sandbox = await TestSandbox.StartAsync();
        var invoice = await DraftAsync(sandbox, await Some.CustomerAsync(sandbox));
        await sandbox.RefusedAsync(400, HttpMethod.Post, $"/v1/invoices/{invoice.Id}/void");
        await sandbox.PostAsync($"/v1/invoices/{invoice.Id}/finalize");
        Assert.Equal("void", (await sandbox.PostAsync($"/v1/invoices/{invoice.Id}/void"))["status"]);
        await sandbox.RefusedAsync(400, HttpMethod.Post, $"/v1/invoices/{invoice.Id}/pay");
        Assert.Equal("canceled", (await sandbox.GetAsync("/v1/payment_intents"))["data.0.status"]);
    }

    [Fact]
    public async Task Payment_mode_completes_with_an_intent_and_no_subscription()
    {
        await using var sandbox = await TestSandbox.StartAsync();
        var product = (await sandbox.PostAsync("/v1/products", "name=Poster")).Id;
        var price = await sandbox.PostAsync("/v1/prices", $"product={product}", "currency=usd", "unit_amount=1500");
        var session = await sandbox.PostAsync(
            "/v1/checkout/sessions",
            "mode=payment",
            "success_url=https://example.com",
            $"line_items[0][price]={price.Id}",
            "line_items[0][quantity]=2",
            "payment_intent_data[shipping][name]=Jenny",
            "payment_intent_data[shipping][address][line1]=510 Townsend St"
        );
        var path = $"/v1/payment_pages/{session.Id}/confirm";
        await sandbox.RefusedAsync(400, HttpMethod.Post, path, "payment_method=pm_card_visa", "expected_amount=1");
        var done = await sandbox.PostAsync(path, "payment_method=pm_card_visa", "expected_amount=3000");
        Assert.Equal("complete", done["status"]);
        Assert.Equal("null", done["subscription"]);
        var intent = await sandbox.GetAsync($"/v1/payment_intents/{done["payment_intent"]}", "expand[]=latest_charge");
        Assert.Equal(3000, intent.Int("latest_charge.amount_captured"));
        Assert.Equal("510 Townsend St", intent["shipping.address.line1"]);
    }

    private static async Task<Answered> DraftAsync(TestSandbox sandbox, string customer)
    {
        await sandbox.PostAsync("/v1/invoiceitems", $"customer={customer}", "amount=2000", "currency=usd");
        return await sandbox.PostAsync(
            "/v1/invoices",
            $"customer={customer}",
            "pending_invoice_items_behavior=include"
        );
    }
}
