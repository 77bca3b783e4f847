using Tollgate.Sandbox.Tests.Support;

namespace Tollgate.Sandbox.Tests;

/// <summary>3D Secure of intents that were confirmed by API.</summary>
public sealed class AuthenticationTests
{
    private const string Back = "http://localhost:8000/back?order=7";

    [Fact]
    public async Task Buyer_who_passes_comes_back_with_the_payment_made()
    {
        await using var sandbox = await TestSandbox.StartAsync();
        var asked = await PayAsync(sandbox, "pm_card_threeDSecure2Required", $"return_url={Back}");
        Assert.Equal("redirect_to_url", asked["next_action.type"]);
        Assert.Equal(Back, asked["next_action.redirect_to_url.return_url"]);
        var page = PathOf(asked["next_action.redirect_to_url.url"]);
        Assert.Contains("$20.00 is to be paid", await Form.ReadAsync(sandbox, page), StringComparison.Ordinal);
        var (status, done) = await Form.PostAsync(sandbox, page, "outcome=pass");
        Assert.Equal(200, status);
        Assert.Contains($"url={Back}&payment_intent={asked.Id}&", done, StringComparison.Ordinal);
        Assert.Contains("redirect_status=succeeded", done, StringComparison.Ordinal);
        var paid = await sandbox.GetAsync($"/v1/payment_intents/{asked.Id}");
        Assert.Equal("succeeded", paid["status"]);
        // Answering again changes nothing.
        await Form.PostAsync(sandbox, page, "outcome=fail");
        Assert.Single(await sandbox.EventsAsync("charge.succeeded"));
    }

    [Fact]
    public async Task Buyer_who_fails_may_take_another_card()
    {
        await using var sandbox = await TestSandbox.StartAsync();
        var asked = await PayAsync(sandbox, "pm_card_threeDSecure2Required", $"return_url={Back}");
        var (_, done) = await Form.PostAsync(sandbox, PathOf(asked["next_action.redirect_to_url.url"]), "outcome=fail");
        Assert.Contains("redirect_status=failed", done, StringComparison.Ordinal);
        var failed = await sandbox.GetAsync($"/v1/payment_intents/{asked.Id}");
        Assert.Equal("requires_payment_method", failed["status"]);
        Assert.Equal("payment_intent_authentication_failure", failed["last_payment_error.code"]);
        var paid = await sandbox.PostAsync($"/v1/payment_intents/{asked.Id}/confirm", "payment_method=pm_card_visa");
        Assert.Equal("succeeded", paid["status"]);
    }

    [Fact]
    public async Task First_invoice_is_paid_and_the_subscription_active_once_its_card_is_authenticated()
    {
        await using var sandbox = await TestSandbox.StartAsync();
        var customer = await Some.CustomerAsync(sandbox, "pm_card_threeDSecure2Required");
        var subscription = await Some.SubscriptionAsync(sandbox, customer, more: ["expand[]=latest_invoice.payments"]);
        Assert.Equal("incomplete", subscription["status"]);
        var id = subscription["latest_invoice.payments.data.0.payment.payment_intent"];
        var asked = await sandbox.GetAsync($"/v1/payment_intents/{id}");
        await Form.PostAsync(sandbox, PathOf(asked["next_action.use_stripe_sdk.stripe_js"]), "outcome=pass");
        var active = await sandbox.GetAsync($"/v1/subscriptions/{subscription.Id}", "expand[]=latest_invoice");
        Assert.Equal("active", active["status"]);
        Assert.Equal("paid", active["latest_invoice.status"]);
    }

    [Fact]
    public async Task Invoice_whose_card_is_not_authenticated_is_reported_as_failed_and_stays_open()
    {
        await using var sandbox = await TestSandbox.StartAsync();
        var customer = await Some.CustomerAsync(sandbox, "pm_card_threeDSecure2Required");
        var subscription = await Some.SubscriptionAsync(sandbox, customer, more: ["expand[]=latest_invoice.payments"]);
        var id = subscription["latest_invoice.payments.data.0.payment.payment_intent"];
        var asked = await sandbox.GetAsync($"/v1/payment_intents/{id}");
        var before = (await sandbox.EventTypesAsync()).Count;
        await Form.PostAsync(sandbox, PathOf(asked["next_action.use_stripe_sdk.stripe_js"]), "outcome=fail");
        Assert.Equal(
            ["payment_intent.payment_failed", "invoice.payment_failed"],
            (await sandbox.EventTypesAsync()).Skip(before)
        );
        var after = await sandbox.GetAsync($"/v1/subscriptions/{subscription.Id}", "expand[]=latest_invoice");
        Assert.Equal("incomplete", after["status"]);
        Assert.Equal("open", after["latest_invoice.status"]);
        Assert.Equal(1, after.Int("latest_invoice.attempt_count"));
    }

    [Fact]
    public async Task Card_that_is_to_be_saved_is_saved_once_it_is_authenticated()
    {
        await using var sandbox = await TestSandbox.StartAsync();
        var customer = await Some.CustomerAsync(sandbox);
        var asked = await sandbox.PostAsync(
            "/v1/setup_intents",
            $"customer={customer}",
            "payment_method=pm_card_authenticationRequiredOnSetup",
            "confirm=true",
            $"return_url={Back}"
        );
        var page = PathOf(asked["next_action.redirect_to_url.url"]);
        var (_, done) = await Form.PostAsync(sandbox, page, "outcome=pass");
        Assert.Contains($"setup_intent={asked.Id}&", done, StringComparison.Ordinal);
        var saved = await sandbox.GetAsync($"/v1/setup_intents/{asked.Id}", "expand[]=payment_method");
        Assert.Equal("succeeded", saved["status"]);
        Assert.Equal(customer, saved["payment_method.customer"]);
    }

    [Fact]
    public async Task Page_is_there_for_who_has_the_secret_only()
    {
        await using var sandbox = await TestSandbox.StartAsync();
        var asked = await PayAsync(sandbox, "pm_card_threeDSecure2Required");
        Assert.Equal("use_stripe_sdk", asked["next_action.type"]);
        var (wrong, _) = await Form.PostAsync(sandbox, $"/3ds/{asked.Id}_secret_none", "outcome=pass");
        Assert.Equal(404, wrong);
        var (status, _) = await Form.PostAsync(sandbox, $"/3ds/{asked["client_secret"]}", "outcome=maybe");
        Assert.Equal(400, status);
        Assert.Equal("requires_action", (await sandbox.GetAsync($"/v1/payment_intents/{asked.Id}"))["status"]);
    }

    private static string PathOf(string url) => new Uri(url).AbsolutePath;

    private static Task<Answered> PayAsync(TestSandbox sandbox, string card, params string[] more) =>
        sandbox.PostAsync(
            "/v1/payment_intents",
            [$"payment_method={card}", "amount=2000", "currency=usd", "confirm=true", .. more]
        );
}
