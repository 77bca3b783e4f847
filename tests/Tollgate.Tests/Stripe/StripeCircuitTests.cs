using System.Net;
using System.Net.Sockets;
using Tollgate.Stripe;

namespace Tollgate.Tests.Stripe;

/// <summary>When a Stripe that is away is not asked any more, and how it is asked again (F72).</summary>
public sealed class StripeCircuitTests
{
    private const int LongestMs = 20_000;
    private const string ServerError = """{ "error": { "type": "api_error", "message": "Something broke." } }""";
    private readonly FakeTime time = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public void It_opens_after_failures_in_a_row_and_an_answer_between_them_begins_the_count_anew()
    {
        var circuit = new StripeCircuit(time);
        FailTimes(circuit, StripeCircuit.OpensAfter - 1);
        Assert.False(circuit.Answered());
        FailTimes(circuit, StripeCircuit.OpensAfter - 1);
        Assert.Null(circuit.Refuse());

        Assert.True(circuit.Failed());

        Assert.True(circuit.IsOpen);
        Assert.Equal(StripeCircuit.Break, circuit.Refuse());
        time.Advance(TimeSpan.FromSeconds(4));
        Assert.Equal(StripeCircuit.Break - TimeSpan.FromSeconds(4), circuit.Refuse());
    }

    [Fact]
    public void After_the_break_one_asks_and_its_answer_opens_the_way_for_all()
    {
        var circuit = Opened();
        time.Advance(StripeCircuit.Break);

        Assert.Null(circuit.Refuse());
        Assert.NotNull(circuit.Refuse());
        Assert.True(circuit.Answered());

        Assert.False(circuit.IsOpen);
        Assert.Null(circuit.Refuse());
        Assert.Null(circuit.Refuse());
    }

    [Fact]
    public void A_probe_that_fails_begins_another_break()
    {
        var circuit = Opened();
        time.Advance(StripeCircuit.Break);
        Assert.Null(circuit.Refuse());

        Assert.False(circuit.Failed());

        Assert.Equal(StripeCircuit.Break, circuit.Refuse());
    }

    [Fact]
    public void A_probe_whose_caller_went_leaves_the_turn_to_the_next()
    {
        var circuit = Opened();
        time.Advance(StripeCircuit.Break);
        Assert.Null(circuit.Refuse());

        circuit.GivenUp();

        Assert.True(circuit.IsOpen);
        Assert.Null(circuit.Refuse());
    }

    [Fact]
    public void Attempts_that_were_under_way_when_it_opened_make_no_break_longer()
    {
        var circuit = Opened();
        time.Advance(TimeSpan.FromSeconds(9));

        circuit.Failed();

        Assert.Equal(TimeSpan.FromSeconds(1), circuit.Refuse());
    }

    [Fact(Timeout = LongestMs)]
    public async Task Who_is_watched_is_refused_at_once_and_nothing_is_sent()
    {
        await using var server = await ScriptedServer.Start(Token);
        using var client = SomeStripe.Client(server, time);
        await CutOffAsync(client, server);

        var answer = await client.With(StripePatience.Interactive).GetCustomer("cus_1", Token);

        var refusal = Assert.IsType<StripeRefusal.Unavailable>(answer.Refusal);
        Assert.Equal((UnavailableReason.CircuitOpen, true), (refusal.Reason, refusal.IsTransient));
        Assert.InRange(refusal.RetryAfter!.Value, TimeSpan.FromTicks(1), StripeCircuit.Break);
        Assert.Equal(0, server.Unseen);
        Assert.Contains(new("retry_after_seconds", 10L), new StripeSaidNo(refusal).Members);
    }

    [Fact(Timeout = LongestMs)]
    public async Task Who_has_time_waits_for_the_break_and_asks_then()
    {
        await using var server = await ScriptedServer.Start(Token);
        using var client = SomeStripe.Client(server, time);
        await CutOffAsync(client, server);
        server.Answers(200, Samples.Customer);

        var answer = await time.Through(client.GetCustomer("cus_1", Token), StripePatience.Job, Token);

        Assert.Equal("cus_1", answer.Value.Id);
        Assert.False(client.IsCutOff);
    }

    [Theory(Timeout = LongestMs)]
    [InlineData(400)]
    [InlineData(401)]
    [InlineData(404)]
    [InlineData(429)]
    public async Task A_refusal_is_an_answer(int status)
    {
        await using var server = await ScriptedServer.Start(Token);
        using var client = SomeStripe.Client(server, time);
        for (var i = 0; i <= StripeCircuit.OpensAfter; i++)
        {
            server.Answers(status, "{}", ("Stripe-Should-Retry", "false"));
            Assert.True((await client.GetCustomer("cus_1", Token)).IsRefused);
        }

        Assert.False(client.IsCutOff);
        Assert.Equal(StripeCircuit.OpensAfter + 1, server.Unseen);
    }

    [Fact(Timeout = LongestMs)]
    public async Task A_stored_server_error_is_an_answer()
    {
        await using var server = await ScriptedServer.Start(Token);
        using var client = SomeStripe.Client(server, time);
        for (var i = 0; i <= StripeCircuit.OpensAfter; i++)
        {
            server.Answers(500, ServerError, ("Idempotent-Replayed", "true"));
            Assert.True((await client.CreateCustomer(new(), SomeStripe.Key, Token)).IsRefused);
        }

        Assert.False(client.IsCutOff);
    }

    [Fact(Timeout = LongestMs)]
    public async Task Silence_counts_and_a_caller_who_goes_does_not()
    {
        await using var server = await ScriptedServer.Start(Token);
        using var client = SomeStripe.Client(server, time);
        var interactive = client.With(StripePatience.Interactive);
        for (var i = 0; i < 4 * StripeCircuit.OpensAfter; i++)
        {
            server.Hangs();
        }

        for (var i = 0; i < StripeCircuit.OpensAfter; i++)
        {
            using var given = CancellationTokenSource.CreateLinkedTokenSource(Token);
            var left = interactive.GetCustomer("cus_1", given.Token);
            await server.Next(Token);
            await given.CancelAsync();
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => left);
        }

        Assert.False(client.IsCutOff);
        var calls = new List<Task<StripeAnswer<StripeCustomer>>>();
        for (var i = 0; i < StripeCircuit.OpensAfter; i++)
        {
            calls.Add(interactive.GetCustomer("cus_1", Token));
            await server.Next(Token);
        }

        var all = Task.WhenAll(calls);
        while (!all.IsCompleted)
        {
            time.Advance(StripePatience.Interactive.PerAttempt());
            await Task.Yield();
        }

        Assert.All(await all, answer => Assert.True(answer.IsRefused));

        Assert.True(client.IsCutOff);
    }

    [Fact(Timeout = LongestMs)]
    public async Task Nobody_at_the_address_counts()
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0)); // bound and not listening: the port refuses
        var address = new Uri($"http://127.0.0.1:{((IPEndPoint)socket.LocalEndPoint!).Port}");
        using var client = StripeClient.Create(SomeStripe.Settings(address), time);

        await time.Through(client.GetCustomer("cus_1", Token), StripePatience.Job, Token);
        await time.Through(client.GetCustomer("cus_1", Token), StripePatience.Job, Token);

        Assert.True(client.IsCutOff);
    }

    private StripeCircuit Opened()
    {
        var circuit = new StripeCircuit(time);
        FailTimes(circuit, StripeCircuit.OpensAfter);
        return circuit;
    }

    private static void FailTimes(StripeCircuit circuit, int times)
    {
        for (var i = 0; i < times; i++)
        {
            circuit.Failed();
        }
    }

    private static async Task CutOffAsync(StripeClient client, ScriptedServer server)
    {
        for (var i = 0; i < StripeCircuit.OpensAfter; i++)
        {
            server.Answers(500, ServerError, ("Stripe-Should-Retry", "false"));
            Assert.True((await client.GetCustomer("cus_1", Token)).IsRefused);
            await server.Next(Token);
        }

        Assert.True(client.IsCutOff);
    }
}
