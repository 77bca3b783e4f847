using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Logging;
using Tollgate.Stripe;

namespace Tollgate.Tests.Stripe;

/// <summary>What goes over the wire and what is made of the answer.</summary>
public sealed class StripeCallsTests
{
    // a client that waits where it should not would otherwise wait for ever, as nothing advances the fake clock
    private const int LongestMs = 20_000;

    private static readonly CustomerParams Acme = new() { Email = "owner@acme.test", Name = "Acme & Söhne" };

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact(Timeout = LongestMs)]
    public async Task Write_names_version_key_and_account()
    {
        await using var server = await ScriptedServer.Start(Token);
        using var client = SomeStripe.Client(server.Answers(200, Samples.Customer));

        var customer = (await client.CreateCustomer(Acme, SomeStripe.Key, Token)).OrThrow();

        var sent = await server.Next(Token);
        Assert.Equal(("POST", "/v1/customers"), (sent.Method, sent.Target));
        Assert.Equal("email=owner%40acme.test&name=Acme+%26+S%C3%B6hne", sent.Body);
        Assert.StartsWith("application/x-www-form-urlencoded", sent.Header("Content-Type"), StringComparison.Ordinal);
        Assert.Equal("2026-10-28.endive", sent.Header("Stripe-Version"));
        Assert.Equal($"Bearer {SomeStripe.SecretKey}", sent.Header("Authorization"));
        Assert.Equal(SomeStripe.Key.Value, sent.Header("Idempotency-Key"));
        Assert.Equal("Tollgate", sent.Header("User-Agent"));
        Assert.Equal(("cus_1", "acme"), (customer.Id, customer.Metadata["hydra_tenant_id"]));
    }

    [Fact(Timeout = LongestMs)]
    public async Task Read_and_delete_carry_no_key()
    {
        await using var server = await ScriptedServer.Start(Token);
        server.Answers(200, Samples.Subscription).Answers(200, """{ "id": "we_1", "deleted": true }""");
        using var client = SomeStripe.Client(server);

        Assert.Equal("sub_1", (await client.GetSubscription("sub_1", Token)).Value.Id);
        Assert.True((await client.DeleteWebhookEndpoint("we_1", Token)).Value);

        var read = await server.Next(Token);
        Assert.Equal(("GET", "/v1/subscriptions/sub_1?expand[0]=latest_invoice"), (read.Method, read.Target));
        Assert.Null(read.Header("Idempotency-Key"));
        var delete = await server.Next(Token);
        Assert.Equal(("DELETE", "/v1/webhook_endpoints/we_1"), (delete.Method, delete.Target));
        Assert.Null(delete.Header("Idempotency-Key"));
    }

    [Fact(Timeout = LongestMs)]
    public async Task Lists_that_an_object_embeds_are_read_to_their_last_page()
    {
        await using var server = await ScriptedServer.Start(Token);
        server
            .Answers(200, Samples.Text(Samples.With(Samples.Invoice, "lines.has_more", true)))
            .Answers(200, Samples.List(hasMore: true, Samples.ProrationLine))
            .Answers(200, Samples.List(hasMore: false, Samples.Line));
        using var client = SomeStripe.Client(server);

        var invoice = (await client.GetInvoice("in_1", Token)).OrThrow();

        Assert.Equal(["il_2", "il_1"], invoice.Lines.Select(line => line.Id));
        Assert.Equal("/v1/invoices/in_1", (await server.Next(Token)).Target);
        Assert.Equal("/v1/invoices/in_1/lines?limit=100", (await server.Next(Token)).Target);
        Assert.Equal("/v1/invoices/in_1/lines?limit=100&starting_after=il_2", (await server.Next(Token)).Target);
    }

    [Fact(Timeout = LongestMs)]
    public async Task Page_that_is_refused_leaves_no_half_list()
    {
        await using var server = await ScriptedServer.Start(Token);
        server
            .Answers(200, Samples.List(hasMore: true, Samples.Subscription))
            .Answers(403, """{"error":{"type":"x"}}""");
        using var client = SomeStripe.Client(server);

        var answer = await client.ListSubscriptions("cus_1", Token);

        Assert.IsType<StripeRefusal.PermissionDenied>(answer.Refusal);
        Assert.Equal(
            "/v1/subscriptions?customer=cus_1&status=all&limit=100&expand[0]=data.latest_invoice",
            (await server.Next(Token)).Target
        );
    }

    [Fact(Timeout = LongestMs)]
    public async Task Empty_page_that_promises_more_is_not_followed_for_ever()
    {
        await using var server = await ScriptedServer.Start(Token);
        using var client = SomeStripe.Client(server.Answers(200, Samples.List(hasMore: true)));

        await Assert.ThrowsAsync<StripeShapeException>(() => client.ListCustomers("owner@acme.test", Token));
    }

    [Fact(Timeout = LongestMs)]
    public async Task Events_come_page_by_page_with_the_bytes_that_a_webhook_would_have_brought()
    {
        await using var server = await ScriptedServer.Start(Token);
        server
            .Answers(200, Samples.List(hasMore: true, Samples.Event))
            .Answers(
                200,
                Samples.List(hasMore: false, Samples.Event.Replace("evt_1", "evt_0", StringComparison.Ordinal))
            );
        using var client = SomeStripe.Client(server);

        var events = new List<StripeEvent>();
        await foreach (var one in client.ListEvents(DateTimeOffset.FromUnixTimeSeconds(1795000000), types: null, Token))
        {
            events.Add(one);
        }

        Assert.Equal(["evt_1", "evt_0"], events.Select(one => one.Id));
        Assert.Equal("req_1", events[0].RequestId);
        Assert.Equal("in_1", events[0].DataObject.GetProperty("id").GetString());
        Assert.Equal(Samples.Utf8(Samples.Event), events[0].Payload.ToArray());
        Assert.Equal("/v1/events?created[gte]=1795000000&limit=100", (await server.Next(Token)).Target);
        Assert.EndsWith("&starting_after=evt_1", (await server.Next(Token)).Target, StringComparison.Ordinal);
    }

    [Fact(Timeout = LongestMs)]
    public async Task Refused_page_of_events_throws()
    {
        await using var server = await ScriptedServer.Start(Token);
        using var client = SomeStripe.Client(server.Answers(401, "{}"));

        var thrown = await Assert.ThrowsAsync<StripeRefusedException>(async () =>
        {
            await foreach (var one in client.ListEvents(DateTimeOffset.UnixEpoch, types: null, Token))
            {
                Assert.Fail($"{one.Id} came from nowhere.");
            }
        });

        Assert.IsType<StripeRefusal.AuthenticationFailed>(thrown.Refusal);
    }

    [Fact(Timeout = LongestMs)]
    public async Task Redirect_is_not_followed()
    {
        await using var server = await ScriptedServer.Start(Token);
        server.Answers(302, "", ("Location", $"{server.Address}v1/customers/cus_2")).Answers(200, Samples.Customer);
        using var client = SomeStripe.Client(server);

        var answer = await client.GetCustomer("cus_1", Token);

        Assert.Equal(302, Assert.IsType<StripeRefusal.UnexpectedAnswer>(answer.Refusal).Status);
        Assert.Equal("/v1/customers/cus_1", (await server.Next(Token)).Target);
        Assert.Equal(0, server.Unseen);
    }

    [Fact(Timeout = LongestMs)]
    public async Task Success_of_another_shape_throws_where_it_is_read()
    {
        await using var server = await ScriptedServer.Start(Token);
        using var client = SomeStripe.Client(server.Answers(200, Samples.Customer));

        var shape = await Assert.ThrowsAsync<StripeShapeException>(() => client.GetSubscription("sub_1", Token));

        Assert.Equal("$", shape.Path);
    }

    [Fact(Timeout = LongestMs)]
    public async Task Prices_are_never_asked_for_without_a_name()
    {
        await using var server = await ScriptedServer.Start(Token);
        using var client = SomeStripe.Client(server);

        await Assert.ThrowsAsync<ArgumentException>(() => client.ListPrices([], Token));
        await Assert.ThrowsAsync<ArgumentException>(() => client.ListPrices([.. Enumerable.Repeat("x", 11)], Token));
        Assert.Equal(0, server.Unseen);
    }

    [Fact(Timeout = LongestMs)]
    public async Task Log_has_one_line_for_a_call_and_names_no_secret_and_no_object()
    {
        await using var server = await ScriptedServer.Start(Token);
        var log = new LogLines();
        using var client = SomeStripe.Client(server.Answers(200, Samples.CheckoutSession), log: log);

        await client.ExpireCheckoutSession("cs_test_1", SomeStripe.Key, Token);

        var (level, text) = Assert.Single(log.Lines);
        Assert.Equal(LogLevel.Debug, level);
        Assert.StartsWith(
            "Stripe POST /v1/checkout/sessions/{id}/expire: 200 (req_scripted), 1 attempts",
            text,
            StringComparison.Ordinal
        );
        Assert.DoesNotContain("cs_test_1", text, StringComparison.Ordinal);
        Assert.DoesNotContain("mostSecret", text, StringComparison.Ordinal);
    }

    [Fact(Timeout = LongestMs)]
    public async Task Nobody_at_the_address_is_told_as_unavailable()
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0)); // bound and not listening: the port refuses
        var address = new Uri($"http://127.0.0.1:{((IPEndPoint)socket.LocalEndPoint!).Port}");
        var time = new FakeTime();
        using var client = StripeClient.Create(SomeStripe.Settings(address), time);

        var answer = await time.Through(client.GetCustomer("cus_1", Token), StripePatience.Job, Token);

        var unavailable = Assert.IsType<StripeRefusal.Unavailable>(answer.Refusal);
        Assert.Equal(UnavailableReason.Connection, unavailable.Reason);
        Assert.True(unavailable.IsTransient);
    }
}
