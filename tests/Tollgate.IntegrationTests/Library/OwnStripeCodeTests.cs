using System.Collections.Concurrent;
using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Stripe;
using Tollgate.Reconciliation;
using Tollgate.Testing;

namespace Tollgate.IntegrationTests.Library;

/// <summary>
/// A host that talked to Stripe before Tollgate came, and goes on: its own calls by the official SDK, its own webhook
/// with its own secret, in the same account and of the same customers.
/// </summary>
public sealed class OwnStripeCodeTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Its_own_sales_reach_its_own_webhook_and_change_nothing_of_the_plan()
    {
        var heard = new ConcurrentQueue<Event>();
        var secret = "";
        await using var app = await LibraryApp.StartAsync(
            Some.CatalogThat(ignoresOthers: true),
            configure: null,
            routes => routes.MapPost("/own-webhook", (HttpRequest request) => HearAsync(request, secret, heard))
        );
        var stripe = app.Service<IStripeClient>();
        var endpoint = await new WebhookEndpointService(stripe).CreateAsync(
            new() { Url = $"{app.Address}own-webhook", EnabledEvents = ["*"] },
            cancellationToken: Token
        );
        secret = endpoint.Secret;
        await app.BuyAsync(seats: 2);
        var customer = (await app.QueryAsync<string>("SELECT stripe_customer_id FROM billing.accounts"))!;

        // a thing of its own, once and every year, for the customer that Tollgate made
        await new PaymentIntentService(stripe).CreateAsync(
            new()
            {
                Amount = 500,
                Currency = "usd",
                Customer = customer,
                PaymentMethod = "pm_card_visa",
                Confirm = true,
                OffSession = true,
            },
            cancellationToken: Token
        );
        var own = await SellForAYearAsync(app);

        await HeardAsync(heard, "payment_intent.succeeded", one => true);
        await HeardAsync(heard, "customer.subscription.created", one => ((Subscription)one.Data.Object).Id == own.Id);
        await SettledAsync(app);
        await new SubscriptionService(stripe).CancelAsync(own.Id, cancellationToken: Token);
        await HeardAsync(heard, "customer.subscription.deleted", one => ((Subscription)one.Data.Object).Id == own.Id);
        await SettledAsync(app);

        var status = await app.GetAsync("status");
        Assert.Equal(
            ("team", "active", 2),
            (
                status.GetProperty("tier").GetString(),
                status.GetProperty("status").GetString(),
                status.GetProperty("seats").GetInt32()
            )
        );
        await ActivatorUtilities.CreateInstance<Watch>(app.Service<IServiceProvider>()).CheckAsync(Token);
        Assert.Null(await AlertsAsync(app));
    }

    [Fact]
    public async Task A_customer_of_its_own_subscription_buys_a_plan_beside_it()
    {
        await using var app = await LibraryApp.StartAsync(Some.CatalogThat(ignoresOthers: true));
        await app.OpenCheckoutAsync("team_monthly");
        await SellForAYearAsync(app);
        await SettledAsync(app);
        Assert.Equal("free", (await app.GetAsync("status")).GetProperty("tier").GetString());

        await app.BuyAsync();
        await SettledAsync(app);

        var status = await app.GetAsync("status");
        var left = status.GetProperty("period_end").GetDateTimeOffset() - status.GetProperty("now").GetDateTimeOffset();
        Assert.InRange(left.TotalDays, 27, 32); // what was paid for a year is not the plan
        Assert.Null(await AlertsAsync(app));
        Assert.Equal(0, (await app.CommandAsync("duplicates")).Code);
        Assert.Equal(0, (await app.CommandAsync("reconcile", "--dry-run")).Code);
    }

    [Fact]
    public async Task Where_the_catalog_says_nothing_of_other_business_an_unknown_price_raises_an_alert()
    {
        await using var app = await LibraryApp.StartAsync(Some.Catalog);
        await app.OpenCheckoutAsync("team_monthly");
        await SellForAYearAsync(app);
        await SettledAsync(app);

        Assert.Contains("unknown_price", await AlertsAsync(app), StringComparison.Ordinal);
    }

    private static async Task<Subscription> SellForAYearAsync(LibraryApp app)
    {
        var stripe = app.Service<IStripeClient>();
        var customer = (await app.QueryAsync<string>("SELECT stripe_customer_id FROM billing.accounts"))!;
        var price = await new PriceService(stripe).CreateAsync(
            new()
            {
                Currency = "usd",
                UnitAmount = 100,
                Recurring = new() { Interval = "year" },
                ProductData = new() { Name = "Printed report" },
            },
            cancellationToken: Token
        );
        var card = await new PaymentMethodService(stripe).AttachAsync(
            "pm_card_visa",
            new() { Customer = customer },
            cancellationToken: Token
        );
        return await new SubscriptionService(stripe).CreateAsync(
            new()
            {
                Customer = customer,
                Items = [new() { Price = price.Id }],
                DefaultPaymentMethod = card.Id,
            },
            cancellationToken: Token
        );
    }

    private static Task SettledAsync(LibraryApp app) =>
        Eventually.Async(
            async () =>
                await app.QueryAsync<long>("SELECT count(*) FROM billing.inbox_receipts") > 0
                && await app.QueryAsync<long>(
                    "SELECT count(*) FROM billing.inbox_receipts WHERE state IN ('received', 'waiting')"
                ) == 0,
            ct: Token,
            what: "the inbox to be empty"
        );

    private static Task<string?> AlertsAsync(LibraryApp app) =>
        app.QueryAsync<string>("SELECT string_agg(reason || ' ' || detail, ', ') FROM billing.alerts");

    private static async Task<IResult> HearAsync(HttpRequest request, string secret, ConcurrentQueue<Event> heard)
    {
        using var reader = new StreamReader(request.Body);
        heard.Enqueue(
            EventUtility.ConstructEvent(
                await reader.ReadToEndAsync(Token),
                request.Headers["Stripe-Signature"],
                secret,
                throwOnApiVersionMismatch: false
            )
        );
        return Results.StatusCode((int)HttpStatusCode.OK);
    }

    private static Task HeardAsync(ConcurrentQueue<Event> heard, string type, Func<Event, bool> isIt) =>
        Eventually.Async(
            () => Task.FromResult(heard.Any(one => one.Type == type && isIt(one))),
            ct: Token,
            what: $"{type} at the host's own webhook"
        );
}
