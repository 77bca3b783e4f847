using System.Text.Json;

namespace Tollgate.Sandbox.Tests.Support;

/// <summary>Fails a test whose Sandbox answers in a shape that Stripe does not have.</summary>
internal sealed class SchemaCheck : DelegatingHandler
{
    protected override async Task<HttpResponseMessage> SendAsync(
        HttpRequestMessage request,
        CancellationToken cancellationToken
    )
    {
        var response = await base.SendAsync(request, cancellationToken);
        if (
            request.RequestUri!.AbsolutePath.StartsWith("/v1/", StringComparison.Ordinal)
            && StripeSchema.OfRecord is { } schema
        )
        {
            await response.Content.LoadIntoBufferAsync(cancellationToken);
            var bytes = await response.Content.ReadAsByteArrayAsync(cancellationToken);
            using var document = JsonDocument.Parse(bytes);
            var faults = schema.FaultsOf(document.RootElement);
            Assert.True(
                faults.Count == 0,
                $"{request.Method} {request.RequestUri.PathAndQuery}:\n{string.Join('\n', faults.Take(20))}"
            );
        }

        return response;
    }
}
