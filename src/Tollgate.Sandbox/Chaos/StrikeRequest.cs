using System.Text.Json.Nodes;
using Tollgate.Sandbox.Engine;
using Tollgate.Sandbox.Wire;

namespace Tollgate.Sandbox.Chaos;

/// <summary>
/// What happens to one request: it may be slow, and then one other fault at most strikes, the first rule's that does.
/// </summary>
internal sealed class StrikeRequest(RequestChaos chaos, ChaosSubject subject) : IRequestFault
{
    private ChaosRules.Strike? strike;

    private Fault? Fault => strike?.Rule.Fault;

    /// <summary>Waits, and refuses where the request is not to be run at all.</summary>
    /// <exception cref="StripeException">403, 429, or 500.</exception>
    public async Task BeforeAsync(CancellationToken cancellationToken)
    {
        if (!chaos.Rules.StrikesRequests)
        {
            return;
        }

        var slow = TimeSpan.Zero;
        foreach (var next in chaos.Rules.On(subject))
        {
            if (next.Rule.Fault != Chaos.Fault.Slow)
            {
                strike = next;
                break;
            }

            slow += next.Rule.Span;
        }

        if (slow > TimeSpan.Zero)
        {
            await Task.Delay(slow, chaos.Machine, cancellationToken);
        }

        switch (Fault)
        {
            case Chaos.Fault.RateLimit:
                throw RequestRate.Refusal("global-rate");
            case Chaos.Fault.LockTimeout:
                throw LockTimeout();
            case Chaos.Fault.Forbid:
                throw Forbidden();
            case Chaos.Fault.Fail:
                throw Failure();
            default:
                break;
        }
    }

    /// <summary>Runs the request on the loop, or what stands for it.</summary>
    public (int Status, JsonObject Body) Run(Transaction tx, Func<Transaction, (int Status, JsonObject Body)> execute)
    {
        switch (Fault)
        {
            case Chaos.Fault.FailForKey:
                return (500, Failure().ToJson());
            case Chaos.Fault.FailAfterCommit:
                execute(tx);
                return (500, Failure().ToJson());
            case Chaos.Fault.StaleRead:
                var now = execute(tx);
                var past = chaos.Former.Read(tx, strike!.Rule.Span, execute);
                if (JsonNode.DeepEquals(now.Body, past.Body))
                {
                    chaos.Rules.TakeBack(strike);
                }

                return past;
            default:
                return execute(tx);
        }
    }

    /// <summary>True if the caller is to get no answer but a lost connection.</summary>
    public bool LosesAnswer => Fault is Chaos.Fault.LoseAnswer or Chaos.Fault.NeverAnswer;

    /// <summary>An answer that never comes: waits until the caller or the Sandbox is gone.</summary>
    public async Task HoldAnswerAsync(CancellationToken cancellationToken)
    {
        if (Fault == Chaos.Fault.NeverAnswer)
        {
            using var either = CancellationTokenSource.CreateLinkedTokenSource(chaos.Stopping, cancellationToken);
            var gone = new TaskCompletionSource();
            await using var hungUp = either.Token.Register(gone.SetResult);
            await gone.Task;
        }
    }

    private static StripeException Failure() =>
        new(
            500,
            "api_error",
            "Sorry! There was an error while talking to Stripe. Contact us at support@stripe.com. (A fault on request.)"
        );

    private static StripeException Forbidden() =>
        new(
            403,
            "invalid_request_error",
            "The provided key does not have the required permissions for this endpoint. (A fault on request.)"
        );

    private static StripeException LockTimeout() =>
        new(
            429,
            "invalid_request_error",
            "This object cannot be accessed right now because another API request or Stripe process is currently "
                + "accessing it. If you see this error intermittently, retry the request."
        )
        {
            Code = "lock_timeout",
        };
}
