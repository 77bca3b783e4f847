using Polly;
using Polly.Retry;
using Polly.Timeout;

namespace Tollgate.Stripe;

/// <summary>
/// When a call is tried again: what is worth repeating, after half a second, doubling up to eight with jitter, or after
/// what <c>Retry-After</c> says; never beyond the caller's time limit.
/// </summary>
internal static class StripeRetries
{
    private const int RetriesMax = 6;

    public delegate void RetryLog(HttpMethod method, string path, double ms, string reason, string? requestId);

    public static ResiliencePipeline<StripeAttempt> Pipeline(
        StripePatience patience,
        TimeProvider machineTime,
        RetryLog log
    ) =>
        new ResiliencePipelineBuilder<StripeAttempt> { TimeProvider = machineTime }
            .AddTimeout(patience.InTotal())
            .AddRetry(
                new RetryStrategyOptions<StripeAttempt>
                {
                    MaxRetryAttempts = RetriesMax,
                    BackoffType = DelayBackoffType.Exponential,
                    UseJitter = true,
                    Delay = TimeSpan.FromMilliseconds(500),
                    MaxDelay = TimeSpan.FromSeconds(8),
                    ShouldHandle = arguments => new(IsRepeated(arguments)),
                    DelayGenerator = arguments => new(arguments.Outcome.Result?.RetryAfter),
                    OnRetry = arguments => Report(arguments, log),
                }
            )
            .AddTimeout(patience.PerAttempt())
            .Build();

    // A process that stood still for a day would repeat a write whose key Stripe has forgotten: so the clock is asked,
    // too, and not only the timer.
    private static bool IsRepeated(RetryPredicateArguments<StripeAttempt> arguments) =>
        arguments.Outcome switch
        {
            { Exception: TimeoutRejectedException } => CallOf(arguments.Context).Remaining > TimeSpan.Zero,
            { Result: { IsWorthRepeating: true } attempt } => (attempt.RetryAfter ?? TimeSpan.Zero)
                < CallOf(arguments.Context).Remaining,
            _ => false,
        };

    private static ValueTask Report(OnRetryArguments<StripeAttempt> arguments, RetryLog log)
    {
        var call = CallOf(arguments.Context);
        var attempt = arguments.Outcome.Result;
        var reason = attempt?.Refusal is { } refusal ? refusal.GetType().Name : "no answer in time";
        log(call.Method, call.Template, arguments.RetryDelay.TotalMilliseconds, reason, attempt?.RequestId);
        return default;
    }

    private static StripeCall CallOf(ResilienceContext context) =>
        context.Properties.TryGetValue(StripeCall.Property, out var call)
            ? call
            : throw new InvalidOperationException("A call to Stripe without its record.");
}
