using System.Net.Http.Headers;
using Sdk = global::Stripe;

namespace Tollgate.Stripe;

/// <summary>
/// What the SDK sends its requests through: one for each patience, over the one <see cref="StripeTransport"/> with its
/// connections, retries and circuit. The SDK retries nothing by itself, and sends no telemetry.
/// </summary>
internal sealed class StripeHttp(StripeTransport transport, StripePatience patience) : Sdk.IHttpClient
{
    public Task<Sdk.StripeResponse> MakeRequestAsync(
        Sdk.StripeRequest request,
        CancellationToken cancellationToken = default
    ) => transport.SendAsync(request, patience, cancellationToken);

    public Task<Sdk.StripeStreamedResponse> MakeStreamingRequestAsync(
        Sdk.StripeRequest request,
        CancellationToken cancellationToken = default
    ) => throw new NotSupportedException("This client reads no files; make a StripeClient of your own for that.");
}

/// <summary>A request's body, encoded once for all attempts.</summary>
internal sealed record StripeBody(byte[] Bytes, MediaTypeHeaderValue? Type)
{
    /// <summary>Null for a request without a body.</summary>
    public static async Task<StripeBody?> OfAsync(Sdk.StripeRequest request, CancellationToken cancellationToken)
    {
        using var content = request.Content;
        return content is null
            ? null
            : new(await content.ReadAsByteArrayAsync(cancellationToken), content.Headers.ContentType);
    }

    public HttpContent Content() => new ByteArrayContent(Bytes) { Headers = { ContentType = Type } };
}
