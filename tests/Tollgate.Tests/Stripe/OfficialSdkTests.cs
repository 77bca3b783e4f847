using Tollgate.Stripe;
using Sdk = global::Stripe;

namespace Tollgate.Tests.Stripe;

/// <summary>The official SDK over the library's transport, as a host gets it.</summary>
public sealed class OfficialSdkTests
{
    private const int LongestMs = 20_000;

    private static readonly string Leak = $"hushHush {SomeStripe.SecretKey}";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public void Its_version_is_the_pinned_one() =>
        Assert.Equal(StripeClient.ApiVersion, Sdk.StripeConfiguration.ApiVersion);

    [Fact(Timeout = LongestMs)]
    public async Task It_has_the_same_retries_and_sends_nothing_of_its_own()
    {
        await using var server = await ScriptedServer.Start(Token);
        var time = new FakeTime();
        using var client = SomeStripe.Client(server.Answers(503, "").Answers(200, Samples.Customer), time);

        var call = new Sdk.CustomerService(client.Official).CreateAsync(
            new() { Email = "owner@acme.test" },
            cancellationToken: Token
        );
        var customer = await time.Through(call, StripePatience.Job, Token);

        Assert.Equal("cus_1", customer.Id);
        var (first, second) = (await server.Next(Token), await server.Next(Token));
        Assert.Equal(first.Header("Idempotency-Key"), second.Header("Idempotency-Key"));
        Assert.Equal(first.Body, second.Body);
        Assert.DoesNotContain(first.Headers.Keys, name => name.StartsWith("X-Stripe", StringComparison.Ordinal));
        Assert.Equal("Tollgate", first.Header("User-Agent"));
    }

    [Fact(Timeout = LongestMs)]
    public async Task Where_no_answer_came_it_throws_why()
    {
        await using var server = await ScriptedServer.Start(Token);
        var time = new FakeTime();
        using var client = SomeStripe.Client(server.Hangs().Hangs(), time);

        var call = new Sdk.CustomerService(client.Official).GetAsync("cus_1", cancellationToken: Token);
        await server.Next(Token);
        time.Advance(StripePatience.Job.InTotal());

        var thrown = await Assert.ThrowsAsync<StripeRefusedException>(() => call);
        Assert.IsType<StripeRefusal.Unavailable>(thrown.Refusal);
    }

    [Theory(Timeout = LongestMs)]
    [InlineData(200, "<html>LEAK</html>")]
    [InlineData(200, "\"LEAK\"")]
    [InlineData(502, "<html>LEAK</html>")]
    [InlineData(404, "LEAK")]
    [InlineData(400, "{ \"fault\": \"LEAK\" }")]
    [InlineData(400, "{ \"error\": \"LEAK\" }")]
    [InlineData(400, "{ \"error\": null, \"x\": \"LEAK\" }")]
    [InlineData(400, "{ \"error\": { \"type\": 7, \"message\": \"LEAK\" } }")]
    [InlineData(401, "{ \"error\": { \"type\": \"invalid_request_error\", \"message\": \"LEAK\" } }")]
    public async Task What_it_cannot_read_is_in_no_exception_and_no_log(int status, string body)
    {
        await using var server = await ScriptedServer.Start(Token);
        var log = new LogLines();
        body = body.Replace("LEAK", Leak, StringComparison.Ordinal);
        (string, string) last = ("Stripe-Should-Retry", "false");
        server.Answers(status, body, last).Answers(status, body, last);
        using var client = SomeStripe.Client(server, log: log);

        var theirs = await Assert.ThrowsAsync<Sdk.StripeException>(() =>
            new Sdk.CustomerService(client.Official).GetAsync("cus_1", cancellationToken: Token)
        );
        var ours = await Record.ExceptionAsync(async () => (await client.GetCustomer("cus_1", Token)).OrThrow());

        foreach (var text in (string[])[$"{theirs}", $"{ours}", .. log.Lines.Select(line => line.Text)])
        {
            Assert.DoesNotContain("hushHush", text, StringComparison.Ordinal);
            Assert.DoesNotContain("mostSecret", text, StringComparison.Ordinal);
        }
    }

    [Fact(Timeout = LongestMs)]
    public async Task An_error_of_Stripes_keeps_its_words_without_the_key()
    {
        await using var server = await ScriptedServer.Start(Token);
        var body = $$$"""{ "error": { "type": "invalid_request_error", "message": "No such x: {{{Leak}}}" } }""";
        using var client = SomeStripe.Client(server.Answers(400, body));

        var theirs = await Assert.ThrowsAsync<Sdk.StripeException>(() =>
            new Sdk.CustomerService(client.Official).GetAsync("cus_1", cancellationToken: Token)
        );

        Assert.Equal("No such x: hushHush (secret key)", theirs.Message);
        Assert.DoesNotContain("mostSecret", theirs.StripeResponse.Content, StringComparison.Ordinal);
    }

    [Theory(Timeout = LongestMs)]
    [InlineData("has_more")]
    [InlineData("data")]
    public async Task A_page_that_does_not_say_whether_it_is_the_last_is_none(string member)
    {
        await using var server = await ScriptedServer.Start(Token);
        var page = Samples.Text(Samples.Without(Samples.List(hasMore: true, Samples.Customer), member));
        using var client = SomeStripe.Client(server.Answers(200, page));

        var shape = await Assert.ThrowsAsync<StripeShapeException>(() => client.ListCustomers("x@acme.test", Token));

        Assert.Contains(member, shape.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("9223372036854775807")]
    [InlineData("-1")]
    [InlineData("1e300")]
    public void A_time_beyond_all_bounds_is_no_fact(string seconds)
    {
        var json = Samples.Subscription.Replace(
            "1795000000, \"currency\"",
            $"{seconds}, \"currency\"",
            StringComparison.Ordinal
        );

        Assert.NotEqual(Samples.Subscription, json);
        Assert.Throws<StripeShapeException>(() =>
            Samples.Read<Sdk.Subscription, StripeSubscription>(Samples.Utf8(json), StripeSubscription.Of)
        );
    }

    // the SDK makes 0 of it
    [Fact]
    public void A_metered_item_has_no_quantity() =>
        Assert.Null(
            Samples
                .Read<Sdk.Subscription, StripeSubscription>(
                    Samples.Without(Samples.Subscription, "items.data.0.quantity"),
                    StripeSubscription.Of
                )
                .Items[0]
                .Quantity
        );

    [Fact(Timeout = LongestMs)]
    public async Task An_event_is_read_whatever_its_object_looks_like()
    {
        await using var server = await ScriptedServer.Start(Token);
        const string old = """
            { "id": "evt_1", "object": "event", "type": "invoice.paid", "created": 1795003600, "livemode": false,
              "api_version": "2015-10-16", "request": "req_9",
              "data": { "object": { "object": "invoice", "id": "in_1", "lines": 7, "created": "long ago" } } }
            """;
        using var client = SomeStripe.Client(server.Answers(200, old));

        var read = (await client.GetEvent("evt_1", Token)).OrThrow();

        Assert.Equal(("invoice.paid", "req_9"), (read.Type, read.RequestId));
        Assert.Equal(7, read.DataObject.GetProperty("lines").GetInt32());
        Assert.Equal("/v1/events/evt_1", (await server.Next(Token)).Target);
    }

    [Fact(Timeout = LongestMs)]
    public async Task Where_a_host_uses_no_Stripe_every_call_says_so()
    {
        using var client = AbsentStripe.Client(TimeProvider.System, static () => new StartupException("None here."));

        await Assert.ThrowsAsync<StartupException>(() => client.GetCustomer("cus_1", Token));
        await Assert.ThrowsAsync<StartupException>(() => client.CreateCustomer(new(), SomeStripe.Key, Token));
        await Assert.ThrowsAsync<StartupException>(() => client.ListCustomers("owner@acme.test", Token));
        await Assert.ThrowsAsync<StartupException>(async () =>
        {
            await foreach (var one in client.ListEvents(DateTimeOffset.UnixEpoch, types: null, Token))
            {
                Assert.Fail($"{one.Id} came from nowhere.");
            }
        });
    }
}
