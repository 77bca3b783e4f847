using System.Security.Cryptography;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Logging;
using Npgsql;
using Tollgate.Http;
using Tollgate.Inbox;
using Tollgate.Stripe;
using Tollgate.Subscriptions;
using Tollgate.Telemetry;

namespace Tollgate.Webhooks;

/// <summary>
/// Verify the raw bytes, insert once, answer. Only the signature decides 400; whatever a verified event holds, it is
/// recorded and answered 200, and nothing is applied here. When it could not be made durable, the host has chosen what
/// is answered, and the catch-up finds it in Stripe's list either way (decisions W1, W2).
/// </summary>
internal sealed partial class WebhookEndpoint(
    StripeSettings settings,
    EventInbox inbox,
    InboxSignal signal,
    UnrecordedEvents unrecorded,
    RefusedSignatures signatures,
    TollgateOptions options,
    TimeProvider machineTime,
    ILogger<WebhookEndpoint> log
)
{
    private const string Quarantined = "quarantined";
    private const int BodyBytesMax = 1024 * 1024;

    /// <summary>As long as events are; a longer body gets its memory as it comes, whatever its header says.</summary>
    private const int OrdinaryBytesMax = 32 * 1024;

    /// <summary>As decision W2 has it; Stripe itself would wait longer.</summary>
    private static readonly TimeSpan RecordPatience = TimeSpan.FromSeconds(3);

    public async Task<IResult> HandleAsync(HttpContext context)
    {
        var request = context.Request;
        if (!request.HasJsonContentType())
        {
            BillingMetrics.Delivered("malformed");
            return Results.StatusCode(StatusCodes.Status415UnsupportedMediaType);
        }

        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit)
        {
            limit.MaxRequestBodySize = BodyBytesMax;
        }

        var (body, refused) = await ReadBodyAsync(request, context.RequestAborted);
        if (body is null)
        {
            BillingMetrics.Delivered("malformed");
            return Results.StatusCode(refused);
        }

        if (FindFault(request, body) is { } fault)
        {
            BillingMetrics.Delivered("unsigned");
            signatures.Note(fault);
            return Results.StatusCode(StatusCodes.Status400BadRequest);
        }

        return await RecordAsync(Receive(body, settings.LiveMode, isDelivery: true), context.RequestAborted);
    }

    private SignatureFault? FindFault(HttpRequest request, byte[] body) =>
        request.Headers["Stripe-Signature"] switch
        {
            [] => SignatureFault.NoHeader,
            [{ } one] => WebhookSignature.FindFault(one, body, settings.WebhookSecrets, machineTime.GetUtcNow()),
            _ => SignatureFault.Malformed,
        };

    /// <summary>What a verified body is, and where it starts.</summary>
    /// <param name="isDelivery">
    /// A delivery in another version says that the endpoint is set up wrongly. Stripe's list always renders in the
    /// version that the account had.
    /// </param>
    internal static ReceivedEvent Receive(byte[] body, bool liveMode, bool isDelivery)
    {
        if (StripeEventReader.Read(body) is not StripeEventReading.Readable { Envelope: var envelope })
        {
            // no id to know it by: its bytes are its id, so that a redelivery is still the same event
            var id = "sha256:" + Convert.ToHexStringLower(SHA256.HashData(body));
            return new ReceivedEvent(
                id,
                "unreadable",
                null,
                null,
                null,
                null,
                null,
                Quarantined,
                EventInbox.Unreadable,
                body
            )
            {
                IsDelivery = isDelivery,
            };
        }

        var (state, reason) =
            envelope.Livemode != liveMode ? (Quarantined, EventInbox.Livemode)
            : EventRoutes.Find(envelope.Type) is null ? ("ignored", null)
            : isDelivery && envelope.ApiVersion is { } version && version != StripeClient.ApiVersion
                ? (Quarantined, EventInbox.ApiVersion)
            : ("received", (string?)null);
        return new ReceivedEvent(
            envelope.Id,
            envelope.Type,
            envelope.Created,
            envelope.ApiVersion,
            envelope.ObjectId,
            envelope.CustomerId,
            envelope.SubscriptionId,
            state,
            reason,
            body
        )
        {
            IsDelivery = isDelivery,
            IsUnnamed = envelope.CustomerId is null && EventRoutes.WithoutCustomer.Contains(envelope.Type),
        };
    }

    private async Task<IResult> RecordAsync(ReceivedEvent received, CancellationToken aborted)
    {
        using var span = BillingSpans.Start("webhook");
        span?.SetTag("stripe.event.id", received.EventId).SetTag("stripe.event.type", received.Type);
        try
        {
            using var patience = new CancellationTokenSource(RecordPatience, machineTime);
            using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, aborted);
            var state = await inbox.RecordAsync(received, either.Token);
            Measure(received, isNew: state is not null);
            if (state == "received")
            {
                signal.Raise();
            }

            return BillingJson.Answer(new ReceivedAnswer(Received: true));
        }
        catch (Exception failure) when (failure is NpgsqlException or OperationCanceledException or TimeoutException)
        {
            unrecorded.Note();
            span.Fail(failure);
            BillingMetrics.Delivered("unrecorded");
            var isAccepted = options.WhenUnrecordable == WhenUnrecordable.Accept;
            var status = isAccepted ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable;
            LogUnrecordable(failure, received.EventId, received.Type, status);
            return isAccepted ? BillingJson.Answer(new ReceivedAnswer(Received: true)) : Results.StatusCode(status);
        }
    }

    private void Measure(ReceivedEvent received, bool isNew)
    {
        BillingMetrics.Delivered(isNew ? received.State : "duplicate");
        if (isNew && received.StripeCreatedAt is { } made)
        {
            BillingMetrics.Recorded(machineTime.GetUtcNow() - made);
        }
    }

    // What did not arrive whole cannot be verified, and is answered as such: a sender that is too slow, or gone.
    private async Task<(byte[]? Body, int Refused)> ReadBodyAsync(HttpRequest request, CancellationToken aborted)
    {
        try
        {
            if (request.ContentLength is <= OrdinaryBytesMax and { } length)
            {
                var body = new byte[length];
                await request.Body.ReadExactlyAsync(body, aborted);
                return (body, 0);
            }

            using var buffer = new MemoryStream();
            await request.Body.CopyToAsync(buffer, aborted);
            return buffer.Length <= BodyBytesMax ? (buffer.ToArray(), 0) : (null, StatusCodes.Status413PayloadTooLarge);
        }
        catch (BadHttpRequestException tooLarge) when (tooLarge.StatusCode == StatusCodes.Status413PayloadTooLarge)
        {
            return (null, StatusCodes.Status413PayloadTooLarge);
        }
        catch (Exception failure) when (failure is IOException or OperationCanceledException)
        {
            LogIncomplete(failure is BadHttpRequestException { StatusCode: StatusCodes.Status408RequestTimeout });
            return (null, StatusCodes.Status400BadRequest);
        }
    }

    [LoggerMessage(
        Level = LogLevel.Warning,
        Message = "A delivery did not arrive whole and was not verified (too slow: {IsTooSlow})"
    )]
    private partial void LogIncomplete(bool isTooSlow);

    [LoggerMessage(
        Level = LogLevel.Error,
        Message = "Stripe event {EventId} {Type} could not be recorded; answered {Status}"
    )]
    private partial void LogUnrecordable(Exception failure, string eventId, string type, int status);
}

/// <summary>What every verified event is answered with 200 (decision W9).</summary>
internal sealed record ReceivedAnswer(bool Received);
