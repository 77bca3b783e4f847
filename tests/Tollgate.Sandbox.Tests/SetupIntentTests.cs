using Tollgate.Sandbox.Tests.Support;

namespace Tollgate.Sandbox.Tests;

/// <summary>Cards are saved for later: by API, and on Checkout in setup mode.</summary>
public sealed class SetupIntentTests
{
    [Fact]
    public async Task Card_is_saved_to_the_customer_and_pays_the_subscription()
    {
        await using var sandbox = await TestSandbox.StartAsync();
        var customer = await sandbox.PostAsync("/v1/customers", "email=owner@acme.test");
        var intent = await sandbox.PostAsync("/v1/setup_intents", $"customer={customer.Id}", "metadata[a]=b");
        Assert.Equal("requires_payment_method", intent["status"]);
        var path = $"/v1/setup_intents/{intent.Id}";
        await sandbox.RefusedAsync(400, HttpMethod.Post, $"{path}/confirm");
        var saved = await sandbox.PostAsync($"{path}/confirm", "payment_method=pm_card_visa");
        Assert.Equal("succeeded", saved["status"]);
        Assert.Equal(
            [saved["payment_method"]],
            (await sandbox.GetAsync($"/v1/customers/{customer.Id}/payment_methods")).Ids
        );
        await sandbox.RefusedAsync(400, HttpMethod.Post, $"{path}/cancel");
        Assert.Equal([intent.Id], (await sandbox.GetAsync("/v1/setup_intents", $"customer={customer.Id}")).Ids);
    }

    [Fact]
    public async Task Refusing_card_is_not_saved_and_the_intent_goes_on()
    {
        await using var sandbox = await TestSandbox.StartAsync();
        var refused = await sandbox.RefusedAsync(
            402,
            HttpMethod.Post,
            "/v1/setup_intents",
            "confirm=true",
            "payment_method=pm_card_visa_chargeDeclined"
        );
        Assert.Equal("card_declined", refused["error.code"]);
        Assert.Equal("requires_payment_method", refused["error.setup_intent.status"]);
        var path = $"/v1/setup_intents/{refused["error.setup_intent.id"]}";
        var asked = await sandbox.PostAsync($"{path}/confirm", "payment_method=pm_card_authenticationRequiredOnSetup");
        Assert.Equal("requires_action", asked["status"]);
        Assert.Equal("canceled", (await sandbox.PostAsync($"{path}/cancel"))["status"]);
        Assert.Equal(
            [
                "setup_intent.created",
                "setup_intent.setup_failed",
                "setup_intent.requires_action",
                "setup_intent.canceled",
            ],
            await sandbox.EventTypesAsync()
        );
    }

    [Fact]
    public async Task Checkout_in_setup_mode_saves_a_card_after_3d_secure_and_charges_nothing()
    {
        await using var sandbox = await TestSandbox.StartAsync();
        var customer = await sandbox.PostAsync("/v1/customers", "email=owner@acme.test");
        var session = await sandbox.PostAsync(
            "/v1/checkout/sessions",
            "mode=setup",
            "currency=usd",
            $"customer={customer.Id}",
            "success_url=http://localhost:8000/done?session={CHECKOUT_SESSION_ID}"
        );
        Assert.Equal("null", session["amount_total"]);
        var path = new Uri(session["url"]).AbsolutePath;
        Assert.Contains("Nothing is charged now.", await Form.ReadAsync(sandbox, path), StringComparison.Ordinal);
        await Form.ReadAsync(sandbox, "/");
        var (code, _) = await Form.PostAsync(sandbox, $"{path}/promotion", "code=X");
        Assert.Equal(400, code);
        var (declined, _) = await Form.CardAsync(sandbox, path, "4000 0000 0000 0002");
        Assert.Equal(402, declined);
        var (asked, body) = await Form.CardAsync(sandbox, path, "4000 0025 0000 3155");
        Assert.Equal(402, asked);
        Assert.Equal("authentication_required", Answered.At(body, "error.code").GetString());
        var (saved, _) = await Form.CardAsync(sandbox, path, "4000 0025 0000 3155", "authenticated=true");
        Assert.Equal(200, saved);
        var done = await sandbox.GetAsync($"/v1/checkout/sessions/{session.Id}", "expand[]=setup_intent");
        Assert.Equal("complete", done["status"]);
        Assert.Equal("no_payment_required", done["payment_status"]);
        Assert.Equal("succeeded", done["setup_intent.status"]);
        Assert.Equal(customer.Id, done["setup_intent.customer"]);
        Assert.Empty((await sandbox.GetAsync("/v1/charges")).Data);
        // The card was set up: a renewal without its holder passes.
        var card = done["setup_intent.payment_method"];
        var active = await Some.SubscriptionAsync(sandbox, customer.Id, more: $"default_payment_method={card}");
        Assert.Equal("active", active["status"]);
    }

    [Fact]
    public async Task Checkout_in_setup_mode_sells_nothing()
    {
        await using var sandbox = await TestSandbox.StartAsync();
        string[] setup = ["mode=setup", "success_url=http://localhost:8000/done"];
        await sandbox.RefusedAsync(
            400,
            HttpMethod.Post,
            "/v1/checkout/sessions",
            [.. setup, $"line_items[0][price]={await Some.PriceAsync(sandbox)}", "line_items[0][quantity]=1"]
        );
        var session = await sandbox.PostAsync("/v1/checkout/sessions", [.. setup, "customer_creation=always"]);
        var path = new Uri(session["url"]).AbsolutePath;
        await Form.CardAsync(sandbox, path, "4242 4242 4242 4242", "email=a@b.test");
        var done = await sandbox.GetAsync($"/v1/checkout/sessions/{session.Id}", "expand[]=customer");
        Assert.Equal("a@b.test", done["customer.email"]);
    }
}
