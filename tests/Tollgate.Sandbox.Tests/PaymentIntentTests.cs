using Tollgate.Sandbox.Tests.Support;

namespace Tollgate.Sandbox.Tests;

/// <summary>Payments by API: confirmed, refused, asked for, held, given back, disputed.</summary>
public sealed class PaymentIntentTests
{
    [Fact]
    public async Task Payment_is_confirmed_as_it_is_created()
    {
        await using var sandbox = await TestSandbox.StartAsync();
        var intent = await PayAsync(sandbox, "pm_card_visa", "metadata[order]=7", "expand[]=latest_charge");
        Assert.Equal("succeeded", intent["status"]);
        Assert.Equal(2000, intent.Int("amount_received"));
        Assert.Equal("True", intent["latest_charge.captured"]);
        Assert.Equal("7", intent["latest_charge.metadata.order"]);
        Assert.Equal(
            ["payment_intent.created", "charge.succeeded", "payment_intent.succeeded"],
            await sandbox.EventTypesAsync()
        );
        await sandbox.RefusedAsync(400, HttpMethod.Post, $"/v1/payment_intents/{intent.Id}/confirm");
        await sandbox.RefusedAsync(400, HttpMethod.Post, $"/v1/payment_intents/{intent.Id}/cancel");
    }

    [Fact]
    public async Task Declined_card_leaves_an_intent_that_another_card_pays()
    {
        await using var sandbox = await TestSandbox.StartAsync();
        var declined = await sandbox.RefusedAsync(
            402,
            HttpMethod.Post,
            "/v1/payment_intents",
            "amount=2000",
            "currency=usd",
            "confirm=true",
            "payment_method=pm_card_visa_chargeDeclinedInsufficientFunds"
        );
        Assert.Equal("insufficient_funds", declined["error.decline_code"]);
        var id = declined["error.payment_intent.id"];
        var path = $"/v1/payment_intents/{id}/confirm";
        await sandbox.RefusedAsync(400, HttpMethod.Post, path);
        var paid = await sandbox.PostAsync(path, "payment_method=pm_card_visa");
        Assert.Equal("succeeded", paid["status"]);
        Assert.Equal("null", paid["last_payment_error"]);
        Assert.Equal(2, (await sandbox.GetAsync("/v1/charges", $"payment_intent={id}")).Data.Count);
    }

    [Fact]
    public async Task Card_that_asks_waits_for_its_holder_and_is_refused_without()
    {
        await using var sandbox = await TestSandbox.StartAsync();
        var asked = await PayAsync(sandbox, "pm_card_authenticationRequired");
        Assert.Equal("requires_action", asked["status"]);
        var alone = await sandbox.RefusedAsync(
            402,
            HttpMethod.Post,
            $"/v1/payment_intents/{asked.Id}/confirm",
            "off_session=true"
        );
        Assert.Equal("authentication_required", alone["error.code"]);
        var canceled = await sandbox.PostAsync($"/v1/payment_intents/{asked.Id}/cancel");
        Assert.Equal("canceled", canceled["status"]);
        await sandbox.RefusedAsync(
            400,
            HttpMethod.Post,
            "/v1/payment_intents",
            "amount=2000",
            "currency=usd",
            "off_session=true"
        );
    }

    [Theory]
    [InlineData("amount=49", "currency=usd", "amount", "Amount must be at least $0.50 usd")]
    [InlineData("amount=100", "currency=xxx", "currency", "Invalid currency: xxx.")]
    public async Task What_no_card_is_charged_is_refused(string amount, string currency, string param, string words)
    {
        await using var sandbox = await TestSandbox.StartAsync();
        var refusal = await sandbox.RefusedAsync(400, HttpMethod.Post, "/v1/payment_intents", amount, currency);
        Assert.Equal(param, refusal["error.param"]);
        Assert.StartsWith(words, refusal["error.message"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Held_amount_is_captured_in_part_and_the_rest_let_go()
    {
        await using var sandbox = await TestSandbox.StartAsync();
        var held = await PayAsync(sandbox, "pm_card_visa", "capture_method=manual");
        Assert.Equal("requires_capture", held["status"]);
        var path = $"/v1/payment_intents/{held.Id}/capture";
        await sandbox.RefusedAsync(400, HttpMethod.Post, path, "amount_to_capture=2001");
        var taken = await sandbox.PostAsync(path, "amount_to_capture=1500", "expand[]=latest_charge");
        Assert.Equal(1500, taken.Int("amount_received"));
        Assert.Equal(500, taken.Int("latest_charge.amount_refunded"));
        await sandbox.RefusedAsync(400, HttpMethod.Post, path);
        await sandbox.PostAsync("/v1/refunds", $"payment_intent={held.Id}");
        var refund = Assert.Single((await sandbox.GetAsync("/v1/refunds", $"payment_intent={held.Id}")).Data);
        Assert.Equal(1500, Answered.At(refund, "amount").GetInt64());
        var other = await PayAsync(sandbox, "pm_card_visa", "capture_method=manual");
        await sandbox.PostAsync($"/v1/payment_intents/{other.Id}/cancel");
        var released = await sandbox.GetAsync($"/v1/charges/{other["latest_charge"]}");
        Assert.Equal("True", released["refunded"]);
    }

    [Fact]
    public async Task Intent_of_an_unpaid_first_invoice_starts_the_subscription_when_it_is_confirmed()
    {
        await using var sandbox = await TestSandbox.StartAsync();
        var subscription = await Some.SubscriptionAsync(
            sandbox,
            more: ["payment_behavior=default_incomplete", "expand[]=latest_invoice.payments"]
        );
        var intent = subscription["latest_invoice.payments.data.0.payment.payment_intent"];
        await sandbox.RefusedAsync(400, HttpMethod.Post, $"/v1/payment_intents/{intent}/cancel");
        await sandbox.PostAsync($"/v1/payment_intents/{intent}/confirm", "payment_method=pm_card_visa");
        var active = await sandbox.GetAsync($"/v1/subscriptions/{subscription.Id}", "expand[]=latest_invoice");
        Assert.Equal("active", active["status"]);
        Assert.Equal("paid", active["latest_invoice.status"]);
    }

    [Fact]
    public async Task Payment_of_an_invoice_is_refunded_in_parts_up_to_what_was_paid()
    {
        await using var sandbox = await TestSandbox.StartAsync();
        var subscription = await Some.SubscriptionAsync(sandbox);
        var charge = Assert.Single((await sandbox.GetAsync("/v1/charges")).Ids);
        var refund = await sandbox.PostAsync("/v1/refunds", $"charge={charge}", "amount=500", "reason=duplicate");
        Assert.Equal("succeeded", refund["status"]);
        Assert.Equal("False", (await sandbox.GetAsync($"/v1/charges/{charge}"))["refunded"]);
        await sandbox.RefusedAsync(400, HttpMethod.Post, "/v1/refunds", $"charge={charge}", "amount=1501");
        await sandbox.PostAsync("/v1/refunds", $"charge={charge}");
        var whole = await sandbox.GetAsync($"/v1/charges/{charge}");
        Assert.Equal(2000, whole.Int("amount_refunded"));
        Assert.Equal("True", whole["refunded"]);
        var again = await sandbox.RefusedAsync(400, HttpMethod.Post, "/v1/refunds", $"charge={charge}");
        Assert.Equal("charge_already_refunded", again["error.code"]);
        Assert.Equal("active", (await sandbox.GetAsync($"/v1/subscriptions/{subscription.Id}"))["status"]);
        Assert.Equal(2, (await sandbox.EventsAsync("charge.refunded")).Count);
        await sandbox.PostAsync($"/v1/refunds/{refund.Id}", "metadata[a]=b");
        Assert.Single(await sandbox.EventsAsync("charge.refund.updated"));
        await sandbox.RefusedAsync(400, HttpMethod.Post, $"/v1/refunds/{refund.Id}/cancel");
        await sandbox.RefusedAsync(400, HttpMethod.Post, "/v1/refunds");
    }

    [Fact]
    public async Task Invoice_is_found_by_the_payment_intent_that_paid_it()
    {
        await using var sandbox = await TestSandbox.StartAsync();
        var subscription = await Some.SubscriptionAsync(sandbox, more: "expand[]=latest_invoice");
        await Some.SubscriptionAsync(sandbox);
        var invoice = subscription["latest_invoice.id"];
        var intent = (await sandbox.GetAsync("/v1/invoice_payments", $"invoice={invoice}")).Data[0];
        var id = Answered.At(intent, "payment.payment_intent").GetString();

        var found = await sandbox.GetAsync(
            "/v1/invoice_payments",
            "payment[type]=payment_intent",
            $"payment[payment_intent]={id}"
        );

        Assert.Equal(invoice, Answered.At(Assert.Single(found.Data), "invoice").GetString());
        await sandbox.RefusedAsync(400, HttpMethod.Get, $"/v1/invoice_payments?payment[payment_intent]={id}");
    }

    [Fact]
    public async Task Disputed_charge_is_not_refunded_until_the_dispute_is_won()
    {
        await using var sandbox = await TestSandbox.StartAsync();
        await Some.SubscriptionAsync(sandbox, await Some.CustomerAsync(sandbox, "pm_card_createDispute"));
        var dispute = Assert.Single((await sandbox.GetAsync("/v1/disputes")).Data);
        var charge = Answered.At(dispute, "charge").GetString();
        Assert.Equal("needs_response", Answered.At(dispute, "status").GetString());
        Assert.Equal("True", (await sandbox.GetAsync($"/v1/charges/{charge}"))["disputed"]);
        var refused = await sandbox.RefusedAsync(400, HttpMethod.Post, "/v1/refunds", $"charge={charge}");
        Assert.Equal("charge_disputed", refused["error.code"]);
        var path = $"/v1/disputes/{Answered.At(dispute, "id").GetString()}";
        var won = await sandbox.PostAsync(path, "evidence[uncategorized_text]=winning_evidence");
        Assert.Equal("won", won["status"]);
        await sandbox.RefusedAsync(400, HttpMethod.Post, $"{path}/close");
        await sandbox.PostAsync("/v1/refunds", $"charge={charge}");
        Assert.Equal(
            [
                "charge.dispute.created",
                "charge.dispute.funds_withdrawn",
                "charge.dispute.updated",
                "charge.dispute.closed",
                "charge.dispute.funds_reinstated",
            ],
            (await sandbox.EventTypesAsync()).Where(type => type.StartsWith("charge.dispute", StringComparison.Ordinal))
        );
    }

    [Fact]
    public async Task Card_of_another_customer_is_refused()
    {
        await using var sandbox = await TestSandbox.StartAsync();
        var owner = await Some.CustomerAsync(sandbox);
        var card = (await sandbox.GetAsync($"/v1/customers/{owner}/payment_methods")).Ids[0];
        await sandbox.RefusedAsync(
            400,
            HttpMethod.Post,
            "/v1/payment_intents",
            "amount=100",
            "currency=usd",
            $"payment_method={card}"
        );
        var own = await sandbox.PostAsync(
            "/v1/payment_intents",
            "amount=100",
            "currency=usd",
            $"customer={owner}",
            $"payment_method={card}"
        );
        Assert.Equal("requires_confirmation", own["status"]);
        var changed = await sandbox.PostAsync($"/v1/payment_intents/{own.Id}", "amount=300", "description=More");
        Assert.Equal(300, changed.Int("amount"));
        await sandbox.PostAsync($"/v1/payment_intents/{own.Id}/confirm", "off_session=recurring");
    }

    private static Task<Answered> PayAsync(TestSandbox sandbox, string card, params string[] more) =>
        sandbox.PostAsync(
            "/v1/payment_intents",
            ["amount=2000", "currency=usd", "confirm=true", $"payment_method={card}", .. more]
        );
}
