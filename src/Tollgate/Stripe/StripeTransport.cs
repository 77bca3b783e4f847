using System.Diagnostics;
using System.Net.Http.Headers;
using Microsoft.Extensions.Logging;
using Polly;
using Polly.Timeout;
using Tollgate.Telemetry;
using Sdk = global::Stripe;

namespace Tollgate.Stripe;

/// <summary>
/// The one way to Stripe: sends a request of the SDK until it is answered or the caller's time limit is reached. Every
/// attempt is the same to the byte, the idempotency key included.
/// </summary>
internal sealed partial class StripeTransport : IDisposable
{
    private readonly HttpClient http;
    private readonly StripeSettings settings;
    private readonly TimeProvider machineTime;
    private readonly ILogger log;
    private readonly StripeCircuit circuit;
    private readonly Dictionary<StripePatience, ResiliencePipeline<StripeAttempt>> pipelines;

    public StripeTransport(
        StripeSettings settings,
        HttpMessageHandler handler,
        TimeProvider machineTime,
        ILogger<StripeClient> log
    )
    {
        StripeSettings.ThrowIfUnusable(settings);
        this.settings = settings;
        this.machineTime = machineTime;
        this.log = log;
        circuit = new(machineTime);
        // the time-outs are the pipelines', on machine time
        http = new(handler) { Timeout = Timeout.InfiniteTimeSpan, MaxResponseContentBufferSize = 16 * 1024 * 1024 };
        pipelines = Enum.GetValues<StripePatience>()
            .ToDictionary(patience => patience, patience => StripeRetries.Pipeline(patience, machineTime, LogRetry));
    }

    /// <summary>The circuit is open: Stripe does not answer, and is not called for a while.</summary>
    public bool IsCutOff => circuit.IsOpen;

    /// <summary>The answer as the SDK takes it, a refusal in Stripe's own form too.</summary>
    /// <exception cref="StripeRefusedException">No usable answer came at all.</exception>
    public async Task<Sdk.StripeResponse> SendAsync(
        Sdk.StripeRequest request,
        StripePatience patience,
        CancellationToken cancellationToken
    )
    {
        var call = new StripeCall(request.Method, request.Uri, patience, machineTime, cancellationToken);
        using var span = BillingSpans.Start($"stripe {call.Method} {call.Template}", ActivityKind.Client);
        var body = await StripeBody.OfAsync(request, cancellationToken);
        var attempt = await AttemptAsync(call, () => Message(request, body), cancellationToken);
        var outcome = StripeOutcome.Of(attempt.Refusal);
        BillingMetrics.Called(call.Method, call.Template, outcome, call.Elapsed);
        span?.SetTag("tollgate.outcome", outcome)
            .SetTag("tollgate.attempts", call.Attempts)
            .SetTag("stripe.request_id", attempt.RequestId);
        LogCall(
            call.Method,
            call.Template,
            attempt.Reply?.Status,
            attempt.RequestId,
            call.Attempts,
            call.Elapsed.TotalMilliseconds
        );
        return attempt.Reply?.Response ?? throw new StripeRefusedException(attempt.Refusal!);
    }

    public void Dispose() => http.Dispose();

    private async Task<StripeAttempt> AttemptAsync(
        StripeCall call,
        Func<HttpRequestMessage> message,
        CancellationToken cancellationToken
    )
    {
        var context = ResilienceContextPool.Shared.Get(cancellationToken);
        context.Properties.Set(StripeCall.Property, call);
        try
        {
            return await pipelines[call.Patience]
                .ExecuteAsync(
                    static async (context, its) =>
                        await its.Transport.OnceAsync(its.Call, its.Message, context.CancellationToken),
                    context,
                    (Transport: this, Call: call, Message: message)
                );
        }
        catch (TimeoutRejectedException)
        {
            // the time limit was reached: in the pause after an answer, which then stands, or while waiting for one
            return call.LastAnswered
                ?? StripeAttempt.Failed(UnavailableReason.Timeout, "Stripe did not answer in time.");
        }
        finally
        {
            ResilienceContextPool.Shared.Return(context);
        }
    }

    private async ValueTask<StripeAttempt> OnceAsync(
        StripeCall call,
        Func<HttpRequestMessage> message,
        CancellationToken cancellationToken
    )
    {
        call.Begin();
        if (circuit.Refuse() is { } wait)
        {
            return call.End(StripeAttempt.NotAsked(wait, call.Patience));
        }

        try
        {
            var attempt = await ExchangeAsync(message, cancellationToken);
            RecordAnswer(attempt.IsNoAnswer);
            return call.End(attempt);
        }
        catch (OperationCanceledException) when (!call.IsGivenUp)
        {
            RecordAnswer(isNoAnswer: true); // one of our time-outs
            throw;
        }
        catch
        {
            circuit.GivenUp();
            throw;
        }
    }

    private void RecordAnswer(bool isNoAnswer)
    {
        if (isNoAnswer && circuit.Failed())
        {
            BillingMetrics.CutOff();
            LogCutOff(StripeCircuit.OpensAfter, StripeCircuit.Break);
        }
        else if (!isNoAnswer && circuit.Answered())
        {
            LogBack();
        }
    }

    private async Task<StripeAttempt> ExchangeAsync(Func<HttpRequestMessage> write, CancellationToken cancellationToken)
    {
        try
        {
            using var message = write();
            using var response = await http.SendAsync(message, cancellationToken);
            var reply = await StripeReply.ReadAsync(response, settings.SecretKey, cancellationToken);
            return StripeAttempt.Of(reply, machineTime.GetUtcNow(), settings.SecretKey);
        }
        catch (Exception cause) when (cause is HttpRequestException or IOException)
        {
            var what = cause is HttpRequestException http ? http.HttpRequestError.ToString() : nameof(IOException);
            return StripeAttempt.Failed(UnavailableReason.Connection, $"No connection to Stripe: {what}.");
        }
    }

    private static HttpRequestMessage Message(Sdk.StripeRequest request, StripeBody? body)
    {
        var message = new HttpRequestMessage(request.Method, request.Uri);
        message.Headers.Authorization = request.AuthorizationHeader;
        message.Headers.UserAgent.Add(new ProductInfoHeaderValue("Tollgate", productVersion: null));
        foreach (var (name, value) in request.StripeHeaders)
        {
            message.Headers.TryAddWithoutValidation(name, value);
        }

        message.Content = body?.Content();
        return message;
    }

    [LoggerMessage(
        Level = LogLevel.Error,
        Message = "Stripe gave {Failures} times in a row no usable answer and is not asked for {Break}"
    )]
    private partial void LogCutOff(int failures, TimeSpan @break);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Stripe answers again")]
    private partial void LogBack();

    [LoggerMessage(
        Level = LogLevel.Debug,
        Message = "Stripe {Method} {Path}: {Status} ({RequestId}), {Attempts} attempts, {Milliseconds:F0} ms"
    )]
    private partial void LogCall(
        HttpMethod method,
        string path,
        int? status,
        string? requestId,
        int attempts,
        double milliseconds
    );

    [LoggerMessage(
        Level = LogLevel.Information,
        Message = "Stripe {Method} {Path} is tried again in {Milliseconds:F0} ms: {Reason} ({RequestId})"
    )]
    private partial void LogRetry(
        HttpMethod method,
        string path,
        double milliseconds,
        string reason,
        string? requestId
    );
}
