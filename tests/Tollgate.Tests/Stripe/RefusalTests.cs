using System.Net;
using System.Text.Json.Nodes;
using Tollgate.Stripe;
using Sdk = global::Stripe;

namespace Tollgate.Tests.Stripe;

public sealed class RefusalTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 21, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Declined_card_says_why()
    {
        var refusal = Refused(402, "card_error", code: "card_declined", declineCode: "insufficient_funds");

        var declined = Assert.IsType<StripeRefusal.CardDeclined>(refusal);
        Assert.Equal(("card_declined", "insufficient_funds"), (declined.Code, declined.DeclineCode));
        Assert.Equal("req_1", declined.RequestId);
        Assert.False(declined.IsTransient);
    }

    [Theory]
    [InlineData(404)]
    [InlineData(400)]
    public void Missing_object_is_told_from_other_mistakes(int status)
    {
        var refusal = Refused(status, "invalid_request_error", code: "resource_missing", param: "customer");

        Assert.Equal("customer", Assert.IsType<StripeRefusal.ResourceMissing>(refusal).Param);
    }

    [Theory]
    [InlineData(400)]
    [InlineData(404)]
    public void Anything_else_that_was_asked_wrongly_is_an_invalid_request(int status)
    {
        var refusal = Refused(status, "invalid_request_error", code: "parameter_missing", param: "items[0][price]");

        var invalid = Assert.IsType<StripeRefusal.InvalidRequest>(refusal);
        Assert.Equal((status, "parameter_missing", "items[0][price]"), (invalid.Status, invalid.Code, invalid.Param));
    }

    [Theory]
    [InlineData(400, "idempotency_error", null, typeof(StripeRefusal.IdempotencyMismatch), false)]
    [InlineData(409, "idempotency_error", null, typeof(StripeRefusal.KeyInUse), true)]
    [InlineData(409, "invalid_request_error", "idempotency_key_in_use", typeof(StripeRefusal.KeyInUse), true)]
    [InlineData(409, "invalid_request_error", "lock_timeout", typeof(StripeRefusal.ObjectLocked), true)]
    [InlineData(429, "invalid_request_error", "lock_timeout", typeof(StripeRefusal.ObjectLocked), true)]
    [InlineData(429, "invalid_request_error", "rate_limit", typeof(StripeRefusal.RateLimited), true)]
    [InlineData(403, "invalid_request_error", null, typeof(StripeRefusal.PermissionDenied), false)]
    [InlineData(500, "api_error", null, typeof(StripeRefusal.Unavailable), true)]
    [InlineData(503, "api_error", null, typeof(StripeRefusal.Unavailable), true)]
    public void Status_type_and_code_make_the_refusal(
        int status,
        string type,
        string? code,
        Type refusal,
        bool transient
    )
    {
        var refused = Refused(status, type, code);

        Assert.IsType(refusal, refused);
        Assert.Equal(transient, refused.IsTransient);
    }

    [Fact]
    public void Stored_server_error_is_not_worth_another_try_even_if_Stripe_says_so()
    {
        var reply = Reply(500, "", ("Idempotent-Replayed", "true"), ("Stripe-Should-Retry", "true"));

        var refusal = RefusalReader.Read(reply, Now, SomeStripe.SecretKey);

        var unavailable = Assert.IsType<StripeRefusal.Unavailable>(refusal);
        Assert.Equal(UnavailableReason.ReplayedServerError, unavailable.Reason);
        Assert.False(unavailable.IsTransient);
        Assert.False(RefusalReader.IsWorthRepeating(reply, refusal));
    }

    [Theory]
    [InlineData(500, "false", false)]
    [InlineData(429, "false", false)]
    [InlineData(402, "true", true)]
    [InlineData(500, null, true)]
    [InlineData(402, null, false)]
    public void Stripes_own_word_on_trying_again_wins(int status, string? word, bool repeated)
    {
        (string, string)[] headers = word is null ? [] : [("Stripe-Should-Retry", word)];
        var reply = Reply(status, Body("card_error"), headers);

        Assert.Equal(
            repeated,
            RefusalReader.IsWorthRepeating(reply, RefusalReader.Read(reply, Now, SomeStripe.SecretKey))
        );
    }

    [Theory]
    [InlineData("7", 7)]
    [InlineData("Sat, 21 Nov 2026 12:00:30 GMT", 30)]
    [InlineData("Sat, 21 Nov 2026 11:00:00 GMT", null)]
    [InlineData("0", null)]
    [InlineData("soon", null)]
    public void Wait_is_read_in_seconds_or_as_a_date(string header, int? seconds)
    {
        var reply = Reply(429, Body("invalid_request_error"), ("Retry-After", header));

        var limited = Assert.IsType<StripeRefusal.RateLimited>(RefusalReader.Read(reply, Now, SomeStripe.SecretKey));

        Assert.Equal(seconds, limited.RetryAfter?.TotalSeconds);
    }

    [Theory]
    [InlineData(302, "")]
    [InlineData(404, "<html>not here</html>")]
    [InlineData(400, "{}")]
    [InlineData(402, "pay the proxy")]
    public void Answer_that_is_not_Stripes_is_called_unexpected(int status, string body)
    {
        var refusal = RefusalReader.Read(Reply(status, body), Now, SomeStripe.SecretKey);

        Assert.Equal(status, Assert.IsType<StripeRefusal.UnexpectedAnswer>(refusal).Status);
    }

    [Fact]
    public void Key_that_an_answer_quotes_is_taken_out()
    {
        var unauthorized = Refused(401, "invalid_request_error", message: $"Invalid API Key: {SomeStripe.SecretKey}");
        var invalid = Refused(400, "invalid_request_error", message: $"Bad header Bearer {SomeStripe.SecretKey}");

        Assert.IsType<StripeRefusal.AuthenticationFailed>(unauthorized);
        foreach (var refusal in (StripeRefusal[])[unauthorized, invalid])
        {
            Assert.DoesNotContain("mostSecret", refusal.ToString(), StringComparison.Ordinal);
            Assert.DoesNotContain(
                "mostSecret",
                new StripeRefusedException(refusal).ToString(),
                StringComparison.Ordinal
            );
        }
    }

    [Fact]
    public void Refused_answer_has_no_value()
    {
        StripeAnswer<string> refused = new StripeRefusal.KeyInUse("Another one is running.", "req_1");

        Assert.True(refused.IsRefused);
        var thrown = Assert.Throws<StripeRefusedException>(() => refused.OrThrow());
        Assert.Same(refused.Refusal, thrown.Refusal);
        Assert.Throws<InvalidOperationException>(() => default(StripeAnswer<string>).Value);
        Assert.Equal("yes", ((StripeAnswer<string>)"yes").Value);
    }

    private static StripeRefusal Refused(
        int status,
        string type,
        string? code = null,
        string? declineCode = null,
        string? param = null,
        string? message = null
    ) => RefusalReader.Read(Reply(status, Body(type, code, declineCode, param, message)), Now, SomeStripe.SecretKey);

    private static string Body(
        string type,
        string? code = null,
        string? declineCode = null,
        string? param = null,
        string? message = null
    ) =>
        new JsonObject
        {
            ["error"] = new JsonObject
            {
                ["type"] = type,
                ["code"] = code,
                ["decline_code"] = declineCode,
                ["param"] = param,
                ["message"] = message ?? "No.",
            },
        }.ToJsonString();

    private static StripeReply Reply(int status, string body, params (string Name, string Value)[] headers)
    {
        using var response = new HttpResponseMessage((HttpStatusCode)status);
        response.Headers.TryAddWithoutValidation("Request-Id", "req_1");
        foreach (var (name, value) in headers)
        {
            response.Headers.TryAddWithoutValidation(name, value);
        }

        return new(new Sdk.StripeResponse((HttpStatusCode)status, response.Headers, body));
    }
}
