using Tollgate.Sandbox;
using Tollgate.Stripe;

namespace Tollgate.IntegrationTests.Stripe;

/// <summary>Every call of the client is understood by the Sandbox, and every answer is read.</summary>
public sealed class SandboxTalkTests : IAsyncLifetime
{
    private SandboxServer sandbox = null!;
    private StripeClient client = null!;
    private int keys;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        sandbox = await SandboxServer.StartAsync(cancellationToken: Token);
        client = StripeClient.Create(
            new()
            {
                ApiBase = sandbox.BaseAddress,
                SecretKey = "sk_test_sandbox_of_this_checkout",
                WebhookSecrets = [],
            },
            TimeProvider.System
        );
    }

    public async ValueTask DisposeAsync()
    {
        client.Dispose();
        await sandbox.DisposeAsync();
    }

    [Fact]
    public async Task Catalog_is_made_changed_and_found_again()
    {
        var product = await Product("prod_team");
        var price = await Price(product);
        var feature = (await client.CreateFeature(new("jira", "Jira"), Key(), Token)).OrThrow();
        var attached = (await client.AttachFeature(product.Id, feature.Id, Key(), Token)).OrThrow();

        var renamed = await client.UpdateProduct(
            product.Id,
            new() { Name = "Team 2", Description = FormText.Unset },
            Key(),
            Token
        );
        var retired = await client.UpdatePrice(price.Id, new() { Active = false, Nickname = "old" }, Key(), Token);

        Assert.Equal(("Team 2", null), (renamed.Value.Name, renamed.Value.Description));
        Assert.Equal((false, "old", 3900L), (retired.Value.Active, retired.Value.Nickname, retired.Value.UnitAmount));
        Assert.Equal([product.Id], (await client.ListProducts(Token)).Value.Select(one => one.Id));
        Assert.Equal([price.Id], (await client.ListPrices(["team_monthly", "x"], Token)).Value.Select(one => one.Id));
        Assert.Equal([feature], (await client.ListFeatures(Token)).Value);
        Assert.Equal([attached], (await client.ListProductFeatures(product.Id, Token)).Value);
    }

    [Fact]
    public async Task Portal_configuration_is_made_changed_and_found_again()
    {
        var product = await Product("prod_team");
        var price = await Price(product);
        var monthly = new PortalConfigurationParams
        {
            DefaultReturnUrl = new("https://app.test/settings/billing"),
            Cancellation = new(),
            SubscriptionChanges = new(["price", "quantity"], [new(product.Id, [price.Id])], "create_prorations"),
            Metadata = new Dictionary<string, string> { ["interval"] = "month" },
        };

        var made = (await client.CreatePortalConfiguration(monthly, Key(), Token)).OrThrow();
        var strict = monthly with { SubscriptionChanges = null };
        var changed = (await client.UpdatePortalConfiguration(made.Id, strict, Key(), Token)).OrThrow();

        Assert.Equal(["price", "quantity"], made.Features.AllowedUpdates);
        Assert.Empty(changed.Features.AllowedUpdates);
        Assert.Equal("at_period_end", changed.Features.CancelMode);
        var found = (await client.ListPortalConfigurations(Token)).Value;
        Assert.Contains(found, one => one.Id == made.Id && one.Metadata["interval"] == "month");
    }

    [Fact]
    public async Task Webhook_endpoint_lives_from_its_making_to_its_end()
    {
        var made = await client.CreateWebhookEndpoint(
            new() { Url = new("http://127.0.0.1:9/hook"), EnabledEvents = ["invoice.paid"] },
            Key(),
            Token
        );
        var id = made.Value.Id;
        var changed = await client.UpdateWebhookEndpoint(id, new() { Disabled = true }, Key(), Token);

        Assert.StartsWith("whsec_", made.Value.Secret, StringComparison.Ordinal);
        Assert.Equal(StripeClient.ApiVersion, made.Value.ApiVersion);
        Assert.Equal(("disabled", null), (changed.Value.Status, changed.Value.Secret));
        Assert.Equal([id], (await client.ListWebhookEndpoints(Token)).Value.Select(one => one.Id));
        Assert.True((await client.DeleteWebhookEndpoint(id, Token)).Value);
        Assert.IsType<StripeRefusal.ResourceMissing>((await client.DeleteWebhookEndpoint(id, Token)).Refusal);
    }

    [Fact]
    public async Task Customer_under_one_key_is_one_customer()
    {
        var key = Key();
        var acme = new CustomerParams { Email = "owner@acme.test", Name = "Acme" };

        var first = (await client.CreateCustomer(acme, key, Token)).OrThrow();
        var again = (await client.CreateCustomer(acme, key, Token)).OrThrow();
        var other = await client.CreateCustomer(acme with { Name = "Other" }, key, Token);

        Assert.Equal(first.Id, again.Id);
        Assert.IsType<StripeRefusal.IdempotencyMismatch>(other.Refusal);
        Assert.Equal([first.Id], (await client.ListCustomers("owner@acme.test", Token)).Value.Select(one => one.Id));
        Assert.IsType<StripeRefusal.ResourceMissing>((await client.GetCustomer("cus_nobody", Token)).Refusal);
    }

    [Fact]
    public async Task Paid_checkout_is_read_with_subscription_invoice_lines_entitlements_and_events()
    {
        var product = await Product("prod_team");
        var price = await Price(product);
        var feature = (await client.CreateFeature(new("jira", "Jira"), Key(), Token)).OrThrow();
        (await client.AttachFeature(product.Id, feature.Id, Key(), Token)).OrThrow();
        var customer = (await client.CreateCustomer(new() { Email = "owner@acme.test" }, Key(), Token)).OrThrow();
        var session = (await client.CreateCheckoutSession(Checkout(customer, price), Key(), Token)).OrThrow();

        await Pay(session);

        var done = (await client.GetCheckoutSession(session.Id, Token)).OrThrow();
        Assert.Equal(("complete", "paid"), (done.Status, done.PaymentStatus));
        var subscription = (await client.GetSubscription(done.SubscriptionId!, Token)).OrThrow();
        Assert.Equal(("active", "classic"), (subscription.Status, subscription.BillingModeType));
        Assert.Equal("acme", subscription.Metadata["hydra_tenant_id"]);
        var item = Assert.Single(subscription.Items);
        Assert.Equal((price.Id, product.Id, 3L, "month"), (item.PriceId, item.ProductId, item.Quantity, item.Interval));

        var invoice = subscription.LatestInvoice!;
        Assert.Equal(("paid", 11700L, subscription.Id), (invoice.Status, invoice.AmountPaid, invoice.SubscriptionId));
        Assert.NotNull(invoice.PaidAt);
        Assert.Equal(invoice.Id, (await client.GetInvoice(invoice.Id, Token)).Value.Id);
        Assert.Equal(
            [invoice.Id],
            (await client.ListInvoices(subscription.Id, "paid", Token)).Value.Select(one => one.Id)
        );
        Assert.Empty((await client.ListInvoices(subscription.Id, "open", Token)).Value);
        var line = Assert.Single(invoice.Lines);
        Assert.Equal(
            (11700L, price.Id, subscription.Id, item.Id, false),
            (line.Amount, line.PriceId, line.SubscriptionId, line.SubscriptionItemId, line.IsProration)
        );
        Assert.Equal(item.CurrentPeriodEnd, line.PeriodEnd);

        var all = (await client.ListSubscriptions(customer.Id, Token)).Value;
        Assert.Equal(invoice.Id, Assert.Single(all).LatestInvoice?.Id);
        var entitlement = Assert.Single((await client.ListActiveEntitlements(customer.Id, Token)).Value);
        Assert.Equal(("jira", feature.Id), (entitlement.LookupKey, entitlement.FeatureId));
    }

    [Fact]
    public async Task Every_event_of_a_checkout_has_an_envelope_that_leads_to_its_customer()
    {
        var price = await Price(await Product("prod_team"));
        var customer = (await client.CreateCustomer(new() { Email = "owner@acme.test" }, Key(), Token)).OrThrow();
        await Pay((await client.CreateCheckoutSession(Checkout(customer, price), Key(), Token)).OrThrow());

        var types = new List<string>();
        await foreach (var one in client.ListEvents(DateTimeOffset.UnixEpoch, types: null, Token))
        {
            var reading = StripeEventReader.Read(one.Payload);
            var envelope = Assert.IsType<StripeEventReading.Readable>(reading).Envelope;
            Assert.Equal((one.Id, one.Type, one.Created), (envelope.Id, envelope.Type, envelope.Created));
            Assert.Equal(one.Type, (await client.GetEvent(one.Id, Token)).Value.Type);
            if (one.Type is "customer.subscription.created" or "invoice.paid" or "checkout.session.completed")
            {
                Assert.Equal(customer.Id, envelope.CustomerId);
                Assert.NotNull(envelope.SubscriptionId);
            }

            types.Add(one.Type);
        }

        Assert.Contains("customer.subscription.created", types);
        Assert.Contains("invoice.paid", types);
        Assert.Contains("checkout.session.completed", types);
    }

    [Fact]
    public async Task Expired_checkout_is_expired_and_cannot_expire_again()
    {
        var price = await Price(await Product("prod_team"));
        var customer = (await client.CreateCustomer(new() { Email = "owner@acme.test" }, Key(), Token)).OrThrow();
        var session = (await client.CreateCheckoutSession(Checkout(customer, price), Key(), Token)).OrThrow();

        var expired = (await client.ExpireCheckoutSession(session.Id, Key(), Token)).OrThrow();
        var again = await client.ExpireCheckoutSession(session.Id, Key(), Token);

        Assert.Equal(("expired", null), (expired.Status, expired.Url));
        Assert.IsType<StripeRefusal.InvalidRequest>(again.Refusal);
    }

    private IdempotencyKey Key() => new($"talk-{++keys}");

    private async Task<StripeProduct> Product(string id) =>
        (
            await client.CreateProduct(
                new()
                {
                    Id = id,
                    Name = "Team",
                    Description = "For teams",
                },
                Key(),
                Token
            )
        ).OrThrow();

    private async Task<StripePrice> Price(StripeProduct product) =>
        (
            await client.CreatePrice(
                new()
                {
                    ProductId = product.Id,
                    Currency = "usd",
                    UnitAmount = 3900,
                    Interval = "month",
                    LookupKey = "team_monthly",
                },
                Key(),
                Token
            )
        ).OrThrow();

    private static CheckoutSessionParams Checkout(StripeCustomer customer, StripePrice price) =>
        new()
        {
            CustomerId = customer.Id,
            LineItems = [new(price.Id, 3, new(1, 500))],
            SuccessUrl = "https://app.test/billing/success?session_id={CHECKOUT_SESSION_ID}",
            CancelUrl = "https://app.test/billing/upgrade",
            BillingModeType = "classic",
            SubscriptionMetadata = new Dictionary<string, string> { ["hydra_tenant_id"] = "acme" },
        };

    // what the customer does on the hosted page; no call of ours
    private Task<string> Pay(StripeCheckoutSession session) =>
        new SandboxApi(sandbox.BaseAddress).PayCheckoutAsync(session.Url!, "4242424242424242");
}
