using System.Net;
using Tollgate.Sandbox.Tests.Support;

namespace Tollgate.Sandbox.Tests;

/// <summary>Portal sessions and the hosted Portal, over HTTP.</summary>
public sealed class PortalTests
{
    private const string Prorations = "create_prorations";
    private static readonly DateTimeOffset April = DateTimeOffset.FromUnixTimeSeconds(1775001600);

    [Fact]
    public async Task Session_takes_the_default_configuration_and_its_return_url()
    {
        await using var sandbox = await TestSandbox.StartAsync();
        var customer = await Some.CustomerAsync(sandbox);
        await sandbox.RefusedAsync(400, HttpMethod.Post, "/v1/billing_portal/sessions", $"customer={customer}");
        var configuration = await sandbox.PostAsync(
            "/v1/billing_portal/configurations",
            "features[invoice_history][enabled]=true",
            "default_return_url=http://localhost:8000/settings"
        );
        var session = await sandbox.PostAsync("/v1/billing_portal/sessions", $"customer={customer}");
        Assert.Equal(configuration.Id, session["configuration"]);
        Assert.Equal("http://localhost:8000/settings", session["return_url"]);
        Assert.StartsWith(sandbox.Server.BaseAddress.AbsoluteUri, session["url"], StringComparison.Ordinal);
        await sandbox.RefusedAsync(
            400,
            HttpMethod.Post,
            $"/v1/billing_portal/configurations/{configuration.Id}",
            "active=false"
        );
    }

    [Fact]
    public async Task Page_shows_only_what_the_configuration_offers()
    {
        await using var sandbox = await TestSandbox.StartAsync();
        var subscription = await Some.SubscriptionAsync(sandbox, quantity: 3);
        await sandbox.PostAsync("/v1/billing_portal/configurations", "features[invoice_history][enabled]=true");
        var path = await OpenAsync(sandbox, subscription["customer"], "return_url=http://localhost:8000/back");
        var html = await Form.ReadAsync(sandbox, path);
        Assert.Contains("Team", html, StringComparison.Ordinal);
        Assert.Contains("Quantity 3", html, StringComparison.Ordinal);
        Assert.Contains("Invoice history", html, StringComparison.Ordinal);
        Assert.Contains("http://localhost:8000/back", html, StringComparison.Ordinal);
        Assert.DoesNotContain("Update plan", html, StringComparison.Ordinal);
        Assert.DoesNotContain("Cancel plan", html, StringComparison.Ordinal);
        Assert.DoesNotContain("Add a card", html, StringComparison.Ordinal);
        var (status, refused) = await Form.PostAsync(sandbox, $"{path}/subscriptions/{subscription.Id}/cancel");
        Assert.Equal(400, status);
        Assert.Contains("cannot be canceled here", refused, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Quantity_five_to_eight_previews_and_bills_minus_100_and_160()
    {
        await using var sandbox = await TestSandbox.StartAtAsync(April);
        var price = await Some.PriceAsync(sandbox, 3000);
        var subscription = await Some.SubscriptionAsync(sandbox, price: price, quantity: 5);
        await ConfigureAsync(sandbox, price, Prorations);
        await sandbox.AdvanceToAsync(1775865600);
        var path = await OpenAsync(sandbox, subscription["customer"]);
        var confirm = $"{path}/subscriptions/{subscription.Id}/confirm?price={price}&quantity=8";
        var html = await Form.ReadAsync(sandbox, confirm);
        Assert.Contains("-$100.00", html, StringComparison.Ordinal);
        Assert.Contains("$160.00", html, StringComparison.Ordinal);
        Assert.Contains("On your next invoice, 1 May 2026", html, StringComparison.Ordinal);
        Assert.Contains("$300.00", html, StringComparison.Ordinal);
        Assert.Equal(5, (await sandbox.GetAsync($"/v1/subscriptions/{subscription.Id}")).Int("items.data.0.quantity"));
        var (status, _) = await Form.PostAsync(sandbox, confirm, $"price={price}", "quantity=8", "at=1775865600");
        Assert.Equal(200, status);
        var items = await sandbox.GetAsync("/v1/invoiceitems");
        Assert.Equal([16_000, -10_000], items.Data.Select(item => item.GetProperty("amount").GetInt64()));
        Assert.Equal(8, (await sandbox.GetAsync($"/v1/subscriptions/{subscription.Id}")).Int("items.data.0.quantity"));
    }

    [Fact]
    public async Task Quantity_outside_the_limits_and_other_prices_are_refused()
    {
        await using var sandbox = await TestSandbox.StartAsync();
        var price = await Some.PriceAsync(sandbox);
        var other = await Some.PriceAsync(sandbox, 5000);
        var subscription = await Some.SubscriptionAsync(sandbox, price: price, quantity: 3);
        await ConfigureAsync(sandbox, price, Prorations);
        var at = $"{await OpenAsync(sandbox, subscription["customer"])}/subscriptions/{subscription.Id}/confirm";
        foreach (var (given, quantity) in new[] { (price, 1), (price, 11), (other, 3) })
        {
            var (status, html) = await Form.PostAsync(sandbox, at, $"price={given}", $"quantity={quantity}");
            Assert.Equal(400, status);
            Assert.Contains("role=\"alert\"", html, StringComparison.Ordinal);
        }

        Assert.Equal(3, (await sandbox.GetAsync($"/v1/subscriptions/{subscription.Id}")).Int("items.data.0.quantity"));
    }

    [Fact]
    public async Task Declined_charge_of_a_change_is_shown_and_changes_nothing()
    {
        await using var sandbox = await TestSandbox.StartAsync();
        var price = await Some.PriceAsync(sandbox);
        var subscription = await Some.SubscriptionAsync(sandbox, price: price, quantity: 3);
        await ConfigureAsync(sandbox, price, "always_invoice");
        await Some.NewDefaultCardAsync(sandbox, subscription["customer"], "pm_card_chargeCustomerFail");
        var path = await OpenAsync(sandbox, subscription["customer"]);
        var (status, html) = await Form.PostAsync(
            sandbox,
            $"{path}/subscriptions/{subscription.Id}/confirm",
            $"price={price}",
            "quantity=8"
        );
        Assert.Equal(402, status);
        Assert.Contains("Your card was declined.", html, StringComparison.Ordinal);
        var now = await sandbox.GetAsync($"/v1/subscriptions/{subscription.Id}");
        Assert.Equal(3, now.Int("items.data.0.quantity"));
        Assert.Equal("active", now["status"]);
    }

    [Theory]
    [InlineData("flexible", "False")]
    [InlineData("classic", "True")]
    public async Task Cancellation_at_the_end_and_its_undoing(string mode, string flag)
    {
        await using var sandbox = await TestSandbox.StartAsync();
        var price = await Some.PriceAsync(sandbox);
        var subscription = await Some.SubscriptionAsync(sandbox, null, price, 1, $"billing_mode[type]={mode}");
        await ConfigureAsync(sandbox, price, Prorations);
        var path = await OpenAsync(sandbox, subscription["customer"]);
        var at = $"{path}/subscriptions/{subscription.Id}";
        Assert.Contains("too expensive", await Form.ReadAsync(sandbox, $"{at}/cancel"), StringComparison.Ordinal);
        await Form.PostAsync(sandbox, $"{at}/cancel", "feedback=too_expensive", "comment=Alas");
        var canceling = await sandbox.GetAsync($"/v1/subscriptions/{subscription.Id}");
        Assert.Equal(flag, canceling["cancel_at_period_end"]);
        Assert.Equal(canceling["items.data.0.current_period_end"], canceling["cancel_at"]);
        Assert.Equal("too_expensive", canceling["cancellation_details.feedback"]);
        Assert.Equal("active", canceling["status"]);
        Assert.Contains("Don't cancel plan", await Form.ReadAsync(sandbox, path), StringComparison.Ordinal);
        await Form.PostAsync(sandbox, $"{at}/renew");
        var kept = await sandbox.GetAsync($"/v1/subscriptions/{subscription.Id}");
        Assert.Equal("null", kept["cancel_at"]);
        Assert.Equal("False", kept["cancel_at_period_end"]);
        await Form.PostAsync(sandbox, $"{at}/cancel");
        await sandbox.AdvanceAsync(TimeSpan.FromDays(32));
        Assert.Equal("canceled", (await sandbox.GetAsync($"/v1/subscriptions/{subscription.Id}"))["status"]);
    }

    [Fact]
    public async Task New_card_becomes_the_default_of_customer_and_subscription()
    {
        await using var sandbox = await TestSandbox.StartAsync();
        var price = await Some.PriceAsync(sandbox);
        var customer = await Some.CustomerAsync(sandbox);
        var old = await sandbox.PostAsync("/v1/payment_methods/pm_card_visa/attach", $"customer={customer}");
        var subscription = await Some.SubscriptionAsync(
            sandbox,
            customer,
            price,
            1,
            $"default_payment_method={old.Id}"
        );
        await ConfigureAsync(sandbox, price, Prorations);
        var path = await OpenAsync(sandbox, customer);
        var (declined, _) = await Form.CardAsync(sandbox, $"{path}/card", "4000 0000 0000 0002");
        Assert.Equal(402, declined);
        var (asked, question) = await Form.CardAsync(sandbox, $"{path}/card", "4000 0025 0000 3155");
        Assert.Equal(402, asked);
        Assert.Equal("authentication_required", Answered.At(question, "error.code").GetString());
        var (saved, answer) = await Form.CardAsync(
            sandbox,
            $"{path}/card",
            "4000 0025 0000 3155",
            "authenticated=true"
        );
        Assert.Equal(200, saved);
        Assert.Equal(path, answer.GetProperty("redirect").GetString());
        var now = await sandbox.GetAsync($"/v1/subscriptions/{subscription.Id}", "expand[]=default_payment_method");
        Assert.Equal("3155", now["default_payment_method.card.last4"]);
        Assert.Equal(
            now["default_payment_method.id"],
            (await sandbox.GetAsync($"/v1/customers/{customer}"))["invoice_settings.default_payment_method"]
        );
        // It was set up with its holder: the renewal passes without anybody there.
        await sandbox.AdvanceAsync(TimeSpan.FromDays(32));
        Assert.Equal("active", (await sandbox.GetAsync($"/v1/subscriptions/{subscription.Id}"))["status"]);
    }

    [Fact]
    public async Task Session_ends_when_nobody_uses_it_and_never_shows_another_customer()
    {
        await using var sandbox = await TestSandbox.StartAsync();
        var price = await Some.PriceAsync(sandbox);
        var other = await Some.SubscriptionAsync(sandbox, price: price);
        await ConfigureAsync(sandbox, price, Prorations);
        var path = await OpenAsync(sandbox, await Some.CustomerAsync(sandbox));
        var (foreign, _) = await Form.PostAsync(sandbox, $"{path}/subscriptions/{other.Id}/cancel");
        Assert.Equal(404, foreign);
        Assert.Equal("null", (await sandbox.GetAsync($"/v1/subscriptions/{other.Id}"))["cancel_at"]);
        await sandbox.AdvanceAsync(TimeSpan.FromHours(2));
        var over = await sandbox.Http.GetAsync(path, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.NotFound, over.StatusCode);
    }

    private static Task<Answered> ConfigureAsync(TestSandbox sandbox, string price, string proration) =>
        Some.PortalConfigurationAsync(sandbox, price, proration);

    private static async Task<string> OpenAsync(TestSandbox sandbox, string customer, params string[] more)
    {
        var session = await sandbox.PostAsync("/v1/billing_portal/sessions", [$"customer={customer}", .. more]);
        return new Uri(session["url"]).AbsolutePath;
    }
}
