using Microsoft.Extensions.Logging;
using Tollgate.Stripe;

namespace Tollgate.Tests.Stripe;

/// <summary>When a call is sent again, and that it is the same call.</summary>
public sealed class StripeRetriesTests
{
    // a client that waits where it should not would otherwise wait for ever, as nothing advances the fake clock
    private const int LongestMs = 20_000;

    private const string ServerError = """{ "error": { "type": "api_error", "message": "Something broke." } }""";
    private const string KeyInUse =
        """{ "error": { "type": "invalid_request_error", "code": "idempotency_key_in_use", "message": "Wait." } }""";
    private const string TooMany =
        """{ "error": { "type": "invalid_request_error", "code": "rate_limit", "message": "Slow down." } }""";

    private readonly FakeTime time = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact(Timeout = LongestMs)]
    public async Task Write_whose_answer_was_lost_is_repeated_under_the_same_key()
    {
        await using var server = await ScriptedServer.Start(Token);
        server.BreaksTheConnection().Answers(200, Samples.Customer);

        await RepeatsTheSameWrite(server);
    }

    [Fact(Timeout = LongestMs)]
    public async Task Write_that_is_still_running_is_repeated_under_the_same_key()
    {
        await using var server = await ScriptedServer.Start(Token);
        server.Answers(409, KeyInUse).Answers(200, Samples.Customer);

        await RepeatsTheSameWrite(server);
    }

    [Theory(Timeout = LongestMs)]
    [InlineData(500)]
    [InlineData(502)]
    [InlineData(503)]
    public async Task Write_that_Stripe_failed_is_repeated_under_the_same_key(int status)
    {
        await using var server = await ScriptedServer.Start(Token);
        server.Answers(status, ServerError).Answers(200, Samples.Customer);

        await RepeatsTheSameWrite(server);
    }

    [Fact(Timeout = LongestMs)]
    public async Task Write_of_a_process_that_stood_still_is_not_repeated()
    {
        await using var server = await ScriptedServer.Start(Token);
        server.BreaksTheConnection().Answers(200, Samples.Customer);
        using var client = SomeStripe.Client(server, new Standing());

        var answer = await client.CreateCustomer(new(), SomeStripe.Key, Token);

        Assert.IsType<StripeRefusal.Unavailable>(answer.Refusal);
        await server.Next(Token);
        Assert.Equal(0, server.Unseen);
    }

    /// <summary>A day goes by between any two looks at the clock, and no timer fires.</summary>
    private sealed class Standing : TimeProvider
    {
        private long days;

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => Interlocked.Increment(ref days) * TimeSpan.TicksPerDay;

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
            System.CreateTimer(callback, state, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    [Fact(Timeout = LongestMs)]
    public async Task Declined_card_is_not_tried_again_unless_Stripe_says_so()
    {
        const string declined = """{ "error": { "type": "card_error", "code": "card_declined" } }""";
        await using var server = await ScriptedServer.Start(Token);
        server
            .Answers(402, declined)
            .Answers(402, declined, ("Stripe-Should-Retry", "true"))
            .Answers(200, Samples.Customer);
        using var client = SomeStripe.Client(server, time);

        var once = await client.CreateCustomer(new(), SomeStripe.Key, Token);
        var again = await time.Through(client.CreateCustomer(new(), SomeStripe.Key, Token), StripePatience.Job, Token);

        Assert.IsType<StripeRefusal.CardDeclined>(once.Refusal);
        Assert.Equal("cus_1", again.Value.Id);
    }

    [Theory(Timeout = LongestMs)]
    [InlineData("Stripe-Should-Retry", "false", nameof(UnavailableReason.ServerError))]
    [InlineData("Idempotent-Replayed", "true", nameof(UnavailableReason.ReplayedServerError))]
    public async Task Server_error_that_would_only_come_again_is_not_asked_for(
        string header,
        string value,
        string reason
    )
    {
        await using var server = await ScriptedServer.Start(Token);
        server.Answers(500, ServerError, (header, value)).Answers(200, Samples.Customer);
        using var client = SomeStripe.Client(server, time);

        var answer = await client.CreateCustomer(new(), SomeStripe.Key, Token);

        Assert.Equal(reason, $"{Assert.IsType<StripeRefusal.Unavailable>(answer.Refusal).Reason}");
        await server.Next(Token);
        Assert.Equal(0, server.Unseen);
    }

    [Fact(Timeout = LongestMs)]
    public async Task Wait_that_Stripe_asks_for_is_kept()
    {
        await using var server = await ScriptedServer.Start(Token);
        server.Answers(429, TooMany, ("Retry-After", "7")).Answers(200, Samples.Customer);
        using var client = SomeStripe.Client(server, time);

        var call = client.With(StripePatience.Interactive).GetCustomer("cus_1", Token);

        Assert.Equal(TimeSpan.FromSeconds(7), await time.WhenPausing(StripePatience.Interactive, Token));
        time.Advance(TimeSpan.FromSeconds(7));
        Assert.Equal("cus_1", (await call).Value.Id);
    }

    [Fact(Timeout = LongestMs)]
    public async Task Wait_beyond_the_patience_is_handed_to_the_caller_at_once()
    {
        await using var server = await ScriptedServer.Start(Token);
        server.Answers(429, TooMany, ("Retry-After", "11")).Answers(200, Samples.Customer);
        using var client = SomeStripe.Client(server, time);

        var answer = await client.With(StripePatience.Interactive).GetCustomer("cus_1", Token);

        Assert.Equal(TimeSpan.FromSeconds(11), Assert.IsType<StripeRefusal.RateLimited>(answer.Refusal).RetryAfter);
    }

    [Theory(Timeout = LongestMs)]
    [InlineData(nameof(StripePatience.Job))]
    [InlineData(nameof(StripePatience.Interactive))]
    public async Task Write_that_hangs_is_repeated_under_the_same_key_after_half_the_patience(string name)
    {
        var patience = Enum.Parse<StripePatience>(name);
        await using var server = await ScriptedServer.Start(Token);
        server.Hangs().Answers(200, Samples.Customer);
        using var client = SomeStripe.Client(server, time);

        var call = client.With(patience).CreateCustomer(new() { Name = "Acme" }, SomeStripe.Key, Token);
        var first = await server.Next(Token);
        time.Advance(patience.PerAttempt());
        time.Advance(await time.WhenPausing(patience, Token));

        Assert.Equal("cus_1", (await call).Value.Id);
        AssertSame(first, await server.Next(Token));
    }

    [Theory(Timeout = LongestMs)]
    [InlineData(nameof(StripePatience.Job), 30)]
    [InlineData(nameof(StripePatience.Interactive), 10)]
    public async Task Patience_is_for_all_attempts_together(string name, int seconds)
    {
        var patience = Enum.Parse<StripePatience>(name);
        await using var server = await ScriptedServer.Start(Token);
        server.Hangs().Hangs();
        using var client = SomeStripe.Client(server, time);
        var start = time.GetUtcNow();

        var call = client.With(patience).CreateCustomer(new(), SomeStripe.Key, Token);
        await server.Next(Token);
        time.Advance(patience.PerAttempt());
        time.Advance(await time.WhenPausing(patience, Token));
        await server.Next(Token);
        time.Advance(start + TimeSpan.FromSeconds(seconds) - time.GetUtcNow());

        var unavailable = Assert.IsType<StripeRefusal.Unavailable>((await call).Refusal);
        Assert.Equal(UnavailableReason.Timeout, unavailable.Reason);
        Assert.Equal(0, server.Unseen);
    }

    [Fact(Timeout = LongestMs)]
    public async Task Last_answer_stands_when_the_tries_are_used_up()
    {
        await using var server = await ScriptedServer.Start(Token);
        for (var i = 0; i < 10; i++)
        {
            server.Answers(429, TooMany, ("Retry-After", "1"));
        }

        using var client = SomeStripe.Client(server, time);
        var start = time.GetUtcNow();

        var answer = await time.Through(client.GetCustomer("cus_1", Token), StripePatience.Job, Token);

        Assert.IsType<StripeRefusal.RateLimited>(answer.Refusal);
        Assert.Equal(7, server.Unseen);
        Assert.Equal(TimeSpan.FromSeconds(6), time.GetUtcNow() - start);
    }

    [Fact(Timeout = LongestMs)]
    public async Task Last_answer_stands_when_patience_ends_in_a_pause()
    {
        await using var server = await ScriptedServer.Start(Token);
        server.Answers(429, TooMany, ("Retry-After", "9"));
        for (var i = 0; i < 10; i++)
        {
            server.Answers(503, ServerError);
        }

        // one second is left after the first pause, and less than what the pauses after it come to
        using var client = SomeStripe.Client(server, time);
        var call = client.With(StripePatience.Interactive).GetCustomer("cus_1", Token);
        var answer = await time.Through(call, StripePatience.Interactive, Token);

        var unavailable = Assert.IsType<StripeRefusal.Unavailable>(answer.Refusal);
        Assert.Equal((UnavailableReason.ServerError, "req_scripted"), (unavailable.Reason, unavailable.RequestId));
    }

    [Fact(Timeout = LongestMs)]
    public async Task Caller_that_gives_up_is_let_go()
    {
        await using var server = await ScriptedServer.Start(Token);
        using var client = SomeStripe.Client(server.Hangs(), time);
        using var given = CancellationTokenSource.CreateLinkedTokenSource(Token);

        var call = client.GetCustomer("cus_1", given.Token);
        await server.Next(Token);
        await given.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);
    }

    [Fact(Timeout = LongestMs)]
    public async Task Log_says_that_and_why_a_call_is_tried_again()
    {
        await using var server = await ScriptedServer.Start(Token);
        var log = new LogLines();
        server.Answers(429, TooMany, ("Retry-After", "2")).Answers(200, Samples.Customer);
        using var client = SomeStripe.Client(server, time, log);

        await time.Through(client.GetCustomer("cus_1", Token), StripePatience.Job, Token);

        Assert.Equal([LogLevel.Information, LogLevel.Debug], log.Lines.Select(line => line.Level));
        Assert.Contains("in 2000 ms: RateLimited (req_scripted)", log.Lines[0].Text, StringComparison.Ordinal);
        Assert.Contains("2 attempts, 2000 ms", log.Lines[1].Text, StringComparison.Ordinal);
    }

    private async Task RepeatsTheSameWrite(ScriptedServer server)
    {
        using var client = SomeStripe.Client(server, time);

        var call = client.CreateCustomer(new() { Name = "Acme" }, SomeStripe.Key, Token);
        var answer = await time.Through(call, StripePatience.Job, Token);

        Assert.Equal("cus_1", answer.Value.Id);
        AssertSame(await server.Next(Token), await server.Next(Token));
    }

    private static void AssertSame(Received first, Received second)
    {
        Assert.Equal(SomeStripe.Key.Value, first.Header("Idempotency-Key"));
        Assert.Equal(SomeStripe.Key.Value, second.Header("Idempotency-Key"));
        Assert.Equal((first.Method, first.Target, first.Body), (second.Method, second.Target, second.Body));
    }
}
