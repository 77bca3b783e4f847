using Tollgate.Stripe;

namespace Tollgate.IntegrationTests.Library;

/// <summary>What the library has no option for, a host says in the official SDK's own types.</summary>
public sealed class StripeHooksTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_host_adds_to_the_customer_that_is_made()
    {
        await using var app = await StartAsync(stripe =>
            stripe.OnCustomer((options, context) => options.Description = $"{context.Account} as {options.Name}")
        );

        var session = await app.OpenCheckoutAsync("team_monthly");

        var customer = await app.Stripe.GetAsync($"/v1/customers/{session.GetProperty("customer").GetString()}");
        Assert.Equal("acme as Acme", customer.GetProperty("description").GetString());
        Assert.Equal("owner@acme.test", customer.GetProperty("email").GetString());
    }

    [Fact]
    public async Task A_host_adds_to_each_checkout()
    {
        await using var app = await StartAsync(stripe =>
            stripe
                .OnCheckoutSession(
                    (options, context) =>
                    {
                        options.ClientReferenceId = context.Account.Value;
                        options.Metadata = new() { ["seats"] = $"{options.LineItems[0].Quantity}" };
                    }
                )
                .OnCheckoutSession((options, _) => options.Metadata.Add("second", "yes"))
        );

        var session = await app.OpenCheckoutAsync("team_monthly", seats: 3);

        Assert.Equal("acme", session.GetProperty("client_reference_id").GetString());
        Assert.Equal("3", session.GetProperty("metadata").GetProperty("seats").GetString());
        Assert.Equal("yes", session.GetProperty("metadata").GetProperty("second").GetString());
    }

    [Fact]
    public async Task A_host_adds_to_a_change_of_a_subscription()
    {
        await using var app = await StartAsync(stripe =>
            stripe.OnSubscriptionChange(
                (options, context) =>
                    options.Metadata = new() { ["seats_of_" + context.Account] = $"{options.Items[0].Quantity}" }
            )
        );
        await app.BuyAsync();

        await app.ChangeAsync("seats", "seat_count", 5);

        var subscription = await app.SubscriptionAsync();
        var metadata = subscription.GetProperty("metadata");
        Assert.Equal("5", metadata.GetProperty("seats_of_acme").GetString());
        Assert.Equal("acme", metadata.GetProperty($"{Some.Catalog.MetadataPrefix}_tenant_id").GetString());
        Assert.Equal(5, subscription.GetProperty("items").GetProperty("data")[0].GetProperty("quantity").GetInt32());
    }

    [Fact]
    public async Task A_host_adds_to_a_session_of_the_portal()
    {
        await using var app = await StartAsync(stripe =>
            stripe.OnPortalSession(
                (options, context) => options.ReturnUrl = $"https://app.test/{context.Account}/{context.CustomerId}"
            )
        );
        var customer = (await app.OpenCheckoutAsync("team_monthly")).GetProperty("customer").GetString();

        await app.PostAsync("portal", new { });

        var events = await app.Stripe.GetAsync("/v1/events?type=billing_portal.session.created");
        var made = events.GetProperty("data")[0].GetProperty("data").GetProperty("object");
        Assert.Equal($"https://app.test/acme/{customer}", made.GetProperty("return_url").GetString());
    }

    [Fact]
    public async Task A_host_has_the_official_SDK_over_the_same_connections()
    {
        await using var app = await LibraryApp.StartAsync(Some.Catalog);
        var session = await app.OpenCheckoutAsync("team_monthly");

        var sdk = app.Service<global::Stripe.IStripeClient>();
        var found = await new global::Stripe.Checkout.SessionService(sdk).GetAsync(
            session.GetProperty("id").GetString(),
            cancellationToken: Token
        );

        Assert.Equal(session.GetProperty("url").GetString(), found.Url);
        Assert.Same(app.Service<StripeClient>().Official, sdk);
    }

    private static Task<LibraryApp> StartAsync(Action<StripeHooks> hook) =>
        LibraryApp.StartAsync(Some.Catalog, options: options => hook(options.Stripe));
}
