using System.Text.Json;
using Tollgate.Sandbox.Tests.Support;

namespace Tollgate.Sandbox.Tests;

/// <summary>Checkout with automatic tax, tax ids and addresses, and without a card.</summary>
public sealed class CheckoutTaxTests
{
    [Fact]
    public async Task Automatic_tax_asks_for_the_address_keeps_it_and_goes_on_to_subscription_and_invoices()
    {
        await using var sandbox = await TestSandbox.StartAsync();
        var customer = await sandbox.PostAsync("/v1/customers", "email=owner@acme.test");
        var session = await Some.CheckoutAsync(
            sandbox,
            null,
            $"customer={customer.Id}",
            "automatic_tax[enabled]=true",
            "customer_update[address]=auto",
            "customer_update[name]=auto",
            "tax_id_collection[enabled]=true"
        );
        Assert.Equal("requires_location_inputs", session["automatic_tax.status"]);
        var path = new Uri(session["url"]).AbsolutePath;
        Assert.Contains("Country", await Form.ReadAsync(sandbox, path), StringComparison.Ordinal);

        var (wrong, body) = await PayAsync(sandbox, path, "tax_id=12");
        Assert.Equal((400, "value"), (wrong, body.GetProperty("error").GetProperty("param").GetString()));
        var (status, _) = await PayAsync(sandbox, path, "tax_id=DE123456789");

        Assert.Equal(200, status);
        var done = await sandbox.GetAsync(
            $"/v1/checkout/sessions/{session.Id}",
            "expand[]=subscription.latest_invoice"
        );
        Assert.Equal("complete", done["automatic_tax.status"]);
        Assert.Equal("True", done["subscription.automatic_tax.enabled"]);
        Assert.Equal("complete", done["subscription.latest_invoice.automatic_tax.status"]);
        var after = await sandbox.GetAsync($"/v1/customers/{customer.Id}");
        Assert.Equal(("DE", "10115"), (after["address.country"], after["address.postal_code"]));
        Assert.Equal("DE123456789", (await sandbox.GetAsync($"/v1/customers/{customer.Id}/tax_ids"))["data.0.value"]);
    }

    [Fact]
    public async Task A_customer_without_an_address_or_a_name_to_update_is_refused_as_Stripe_does()
    {
        await using var sandbox = await TestSandbox.StartAsync();
        var customer = await sandbox.PostAsync("/v1/customers", "email=owner@acme.test");
        string[] form =
        [
            "mode=subscription",
            "success_url=http://localhost:8000/done",
            $"line_items[0][price]={await Some.PriceAsync(sandbox)}",
            "line_items[0][quantity]=1",
        ];
        const string path = "/v1/checkout/sessions";
        var post = HttpMethod.Post;
        string[] known = [.. form, $"customer={customer.Id}"];
        var noPlace = await sandbox.RefusedAsync(400, post, path, [.. known, "automatic_tax[enabled]=true"]);
        Assert.Equal("customer_tax_location_invalid", noPlace["error.code"]);
        await sandbox.RefusedAsync(400, post, path, [.. known, "tax_id_collection[enabled]=true"]);
        await sandbox.RefusedAsync(400, post, path, [.. form, "customer_update[address]=auto"]);
    }

    [Fact]
    public async Task A_trial_needs_no_card_where_none_is_collected()
    {
        await using var sandbox = await TestSandbox.StartAsync();
        var session = await Some.CheckoutAsync(
            sandbox,
            null,
            "subscription_data[trial_period_days]=14",
            "subscription_data[trial_settings][end_behavior][missing_payment_method]=cancel",
            "payment_method_collection=if_required"
        );
        var path = new Uri(session["url"]).AbsolutePath;
        var html = await Form.ReadAsync(sandbox, path);
        Assert.Contains("No card is needed", html, StringComparison.Ordinal);
        Assert.DoesNotContain("Card number", html, StringComparison.Ordinal);

        var (status, _) = await Form.PostAsync(sandbox, path, "email=owner@acme.test");

        Assert.Equal(200, status);
        var done = await sandbox.GetAsync($"/v1/checkout/sessions/{session.Id}", "expand[]=subscription");
        Assert.Equal("no_payment_required", done["payment_status"]);
        Assert.Equal(("trialing", "null"), (done["subscription.status"], done["subscription.default_payment_method"]));
    }

    [Fact]
    public async Task A_session_that_collects_a_card_is_not_completed_without_one()
    {
        await using var sandbox = await TestSandbox.StartAsync();
        var session = await Some.CheckoutAsync(sandbox, null, "subscription_data[trial_period_days]=14");
        var (status, _) = await Form.PostAsync(sandbox, new Uri(session["url"]).AbsolutePath, "email=a@b.test");
        Assert.Equal(400, status);
        Assert.Equal("open", (await sandbox.GetAsync($"/v1/checkout/sessions/{session.Id}"))["status"]);
    }

    private static Task<(int Status, JsonElement Body)> PayAsync(TestSandbox sandbox, string path, string more) =>
        Form.CardAsync(sandbox, path, "4242 4242 4242 4242", "country=DE", "postal_code=10115", more);
}
