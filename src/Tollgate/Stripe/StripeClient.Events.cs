using System.Runtime.CompilerServices;
using Sdk = global::Stripe;

namespace Tollgate.Stripe;

/// <content>Events, and where Stripe delivers them.</content>
internal sealed partial class StripeClient
{
    public Task<StripeAnswer<StripeEvent>> GetEvent(string id, CancellationToken cancellationToken) =>
        calls.Ask<RawEvent, StripeEvent>("/v1/events", id, StripeEvent.Of, cancellationToken);

    /// <summary>
    /// What happened since, newest first, page by page until the list ends; Stripe keeps 30 days.
    /// </summary>
    /// <param name="createdGte">Whole seconds count; an event of that very second is in.</param>
    /// <param name="types">Those asked for, at most 20; null asks for all.</param>
    /// <exception cref="StripeRefusedException">A page was refused. What came before it stands.</exception>
    public async IAsyncEnumerable<StripeEvent> ListEvents(
        DateTimeOffset createdGte,
        IReadOnlyList<string>? types,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        var options = new Sdk.EventListOptions
        {
            Created = new Sdk.DateRangeOptions { GreaterThanOrEqual = createdGte.UtcDateTime },
            Types = types is null ? null : [.. types],
        };
        string? after = null;
        do
        {
            var answer = await calls.ReadPage(
                (its, request, token) =>
                    calls.Client.RequestAsync<Sdk.StripeList<RawEvent>>(
                        HttpMethod.Get,
                        "/v1/events",
                        its,
                        request,
                        token
                    ),
                options,
                after,
                StripeEvent.Of,
                cancellationToken
            );
            var page = answer.OrThrow();
            foreach (var one in page.Data)
            {
                yield return one;
            }

            after = page.Next;
        } while (after is not null);
    }

    /// <summary>The answer alone carries the signing secret: <see cref="StripeWebhookEndpoint.Secret"/>.</summary>
    public Task<StripeAnswer<StripeWebhookEndpoint>> CreateWebhookEndpoint(
        WebhookEndpointParams endpoint,
        IdempotencyKey key,
        CancellationToken cancellationToken
    ) =>
        calls.Write(
            key,
            V1.WebhookEndpoints.CreateAsync,
            endpoint.ToOptions(),
            StripeWebhookEndpoint.Of,
            cancellationToken
        );

    public Task<StripeAnswer<IReadOnlyList<StripeWebhookEndpoint>>> ListWebhookEndpoints(
        CancellationToken cancellationToken
    ) =>
        calls.ReadAll(
            V1.WebhookEndpoints.ListAsync,
            new Sdk.WebhookEndpointListOptions(),
            StripeWebhookEndpoint.Of,
            cancellationToken
        );

    public Task<StripeAnswer<StripeWebhookEndpoint>> UpdateWebhookEndpoint(
        string id,
        WebhookEndpointUpdate change,
        IdempotencyKey key,
        CancellationToken cancellationToken
    ) =>
        calls.Write(
            key,
            V1.WebhookEndpoints.UpdateAsync,
            id,
            change.ToOptions(),
            StripeWebhookEndpoint.Of,
            cancellationToken
        );

    /// <summary>
    /// Takes no key, as Stripe ignores one on DELETE: a second attempt after a lost answer gets
    /// <c>resource_missing</c>, which then means that the first one succeeded.
    /// </summary>
    /// <returns>True when Stripe says so.</returns>
    public Task<StripeAnswer<bool>> DeleteWebhookEndpoint(string id, CancellationToken cancellationToken) =>
        calls.Delete<Sdk.WebhookEndpoint, bool>(
            "/v1/webhook_endpoints",
            id,
            options: null,
            static (endpoint, at) =>
            {
                at.Needs("deleted");
                return endpoint.Deleted ?? false;
            },
            cancellationToken
        );
}
