using System.Diagnostics;
using System.Net.Http.Headers;
using System.Text;
using Microsoft.Extensions.Logging;
using Polly;
using Polly.Timeout;

namespace Tollgate.Stripe;

/// <summary>
/// Sends a request until it is answered or the caller's patience is at its end. Every attempt is the same to the
/// byte, the idempotency key included.
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

    /// <summary>Stripe does not answer, and is not asked for a while.</summary>
    public bool IsCutOff => circuit.IsOpen;

    /// <summary>The body of a success, or the refusal.</summary>
    public async Task<StripeAnswer<byte[]>> Send(
        StripeRequest request,
        StripePatience patience,
        CancellationToken cancellationToken
    )
    {
        var call = new StripeCall(request, patience, machineTime, cancellationToken);
        using var span = BillingSpans.Start($"stripe {request.Method} {request.Template}", ActivityKind.Client);
        var attempt = await Attempt(call, cancellationToken);
        var outcome = StripeOutcome.Of(attempt.Refusal);
        BillingMetrics.Called(request.Method, request.Template, outcome, call.Elapsed);
        span?.SetTag("tollgate.outcome", outcome)
            .SetTag("tollgate.attempts", call.Attempts)
            .SetTag("stripe.request_id", attempt.RequestId);
        LogCall(
            request.Method,
            request.Template,
            attempt.Reply?.Status,
            attempt.RequestId,
            call.Attempts,
            call.Elapsed.TotalMilliseconds
        );
        return attempt.Refusal is { } refusal ? refusal : attempt.Reply!.Body;
    }

    public void Dispose() => http.Dispose();

    private async Task<StripeAttempt> Attempt(StripeCall call, CancellationToken cancellationToken)
    {
        var context = ResilienceContextPool.Shared.Get(cancellationToken);
        context.Properties.Set(StripeCall.Property, call);
        try
        {
            return await pipelines[call.Patience]
                .ExecuteAsync(
                    static async (context, its) => await its.Transport.Once(its.Call, context.CancellationToken),
                    context,
                    (Transport: this, Call: call)
                );
        }
        catch (TimeoutRejectedException)
        {
            // patience ended: in the pause after an answer, which then stands, or while waiting for one
            return call.LastAnswered
                ?? StripeAttempt.Failed(UnavailableReason.Timeout, "Stripe did not answer in time.");
        }
        finally
        {
            ResilienceContextPool.Shared.Return(context);
        }
    }

    private async ValueTask<StripeAttempt> Once(StripeCall call, CancellationToken cancellationToken)
    {
        call.Begin();
        if (circuit.Refuse() is { } wait)
        {
            return call.End(StripeAttempt.NotAsked(wait, call.Patience));
        }

        try
        {
            var attempt = await Exchange(call, cancellationToken);
            Hear(attempt.IsNoAnswer);
            return call.End(attempt);
        }
        catch (OperationCanceledException) when (!call.IsGivenUp)
        {
            Hear(isNoAnswer: true); // one of our time-outs
            throw;
        }
        catch
        {
            circuit.GivenUp();
            throw;
        }
    }

    private void Hear(bool isNoAnswer)
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

    private async Task<StripeAttempt> Exchange(StripeCall call, CancellationToken cancellationToken)
    {
        try
        {
            using var message = Message(call.Request);
            using var response = await http.SendAsync(message, cancellationToken);
            var body = await response.Content.ReadAsByteArrayAsync(cancellationToken);
            var reply = new StripeReply((int)response.StatusCode, body, response.Headers);
            return StripeAttempt.Of(reply, machineTime.GetUtcNow(), settings.SecretKey);
        }
        catch (Exception cause) when (cause is HttpRequestException or IOException)
        {
            var what = cause is HttpRequestException http ? http.HttpRequestError.ToString() : nameof(IOException);
            return StripeAttempt.Failed(UnavailableReason.Connection, $"No connection to Stripe: {what}.");
        }
    }

    private HttpRequestMessage Message(StripeRequest request)
    {
        var form = request.Form.ToString();
        var isPost = request.Method == HttpMethod.Post;
        var address = settings.ApiBase.AbsoluteUri.TrimEnd('/') + request.Path;
        var message = new HttpRequestMessage(
            request.Method,
            isPost || form.Length == 0 ? address : $"{address}?{form}"
        );
        message.Headers.Authorization = new("Bearer", settings.SecretKey);
        message.Headers.Add("Stripe-Version", StripeClient.ApiVersion);
        message.Headers.UserAgent.Add(new ProductInfoHeaderValue("Tollgate", productVersion: null));
        if (request.Key is { } key)
        {
            message.Headers.TryAddWithoutValidation("Idempotency-Key", key.Value);
        }

        if (isPost)
        {
            message.Content = new StringContent(form, Encoding.ASCII, "application/x-www-form-urlencoded");
        }

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
