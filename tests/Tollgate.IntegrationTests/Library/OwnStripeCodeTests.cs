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
            Some.Catalog,
            configure: null,
            routes => routes.MapPost("/own-webhook", (HttpContext http) => HearAsync(http, secret, heard))
        );
        var stripe = app.Service<IStripeClient>();
        var endpoint = await new WebhookEndpointService(stripe).CreateAsync(
            new() { Url = $"{app.Address}own-webhook", EnabledEvents = ["*"] },
            cancellationToken: Token
        );
        secret = endpoint.Secret;
        await app.BuyAsync(seats: 2);
        var customer = (await app.QueryAsync<string>("SELECT stripe_customer_id FROM billing.accounts"))!;

        // a thing of its own, once and every month, for the customer that Tollgate made
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
        var price = await new PriceService(stripe).CreateAsync(
            new()
            {
                Currency = "usd",
                UnitAmount = 700,
                Recurring = new() { Interval = "month" },
                ProductData = new() { Name = "Printed report" },
            },
            cancellationToken: Token
        );
        var cards = await new CustomerPaymentMethodService(stripe).ListAsync(customer, cancellationToken: Token);
        var own = await new SubscriptionService(stripe).CreateAsync(
            new()
            {
                Customer = customer,
                Items = [new() { Price = price.Id }],
                DefaultPaymentMethod = cards.Data[0].Id,
            },
            cancellationToken: Token
        );

        await HeardAsync(heard, "payment_intent.succeeded", one => true);
        await HeardAsync(heard, "customer.subscription.created", one => ((Subscription)one.Data.Object).Id == own.Id);
        await Eventually.Async(
            async () =>
                await app.QueryAsync<long>(
                    "SELECT count(*) FROM billing.inbox_receipts WHERE state IN ('received', 'waiting')"
                ) == 0,
            ct: Token,
            what: "the inbox to be empty"
        );
        await new SubscriptionService(stripe).CancelAsync(own.Id, cancellationToken: Token);
        await HeardAsync(heard, "customer.subscription.deleted", one => ((Subscription)one.Data.Object).Id == own.Id);
        await Eventually.Async(
            async () =>
                await app.QueryAsync<long>(
                    "SELECT count(*) FROM billing.inbox_receipts WHERE state IN ('received', 'waiting')"
                ) == 0,
            ct: Token,
            what: "the inbox to be empty"
        );

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
        Assert.Null(
            await app.QueryAsync<string>("SELECT string_agg(reason || ' ' || detail, ', ') FROM billing.alerts")
        );
    }

    private static async Task<IResult> HearAsync(HttpContext http, string secret, ConcurrentQueue<Event> heard)
    {
        using var reader = new StreamReader(http.Request.Body);
        heard.Enqueue(
            EventUtility.ConstructEvent(
                await reader.ReadToEndAsync(http.RequestAborted),
                http.Request.Headers["Stripe-Signature"],
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
