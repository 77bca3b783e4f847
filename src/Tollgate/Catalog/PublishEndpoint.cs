using Tollgate.Stripe;

namespace Tollgate.Catalog;

/// <summary>
/// The webhook endpoint with its events. Its secret is shown when it is made and never again: one whose secret is lost
/// is replaced.
/// </summary>
internal sealed class PublishEndpoint(StripeClient stripe, PublishSteps steps)
{
    /// <summary>The secret, when the endpoint was made now.</summary>
    public async Task<string?> RunAsync(PublishWish wish, CancellationToken cancellationToken)
    {
        if (wish.WebhookUrl is not { } url)
        {
            return null;
        }

        var what = $"webhook endpoint {url.AbsoluteUri}";
        var known = (await stripe.ListWebhookEndpoints(cancellationToken)).OrThrow();
        var ours = known.Where(endpoint => endpoint.Url == url.AbsoluteUri).ToList();
        if (ours is [var one, ..] && wish.IsSecretKnown)
        {
            await steps.SettleAsync(
                what,
                FactsOf(one, wish),
                () =>
                    stripe.UpdateWebhookEndpoint(
                        one.Id,
                        new WebhookEndpointUpdate { EnabledEvents = wish.EventTypes, Disabled = false },
                        IdempotencyKey.Unrepeated(),
                        cancellationToken
                    )
            );
            return null;
        }

        var made = await steps.MakeAsync(
            ours.Count > 0 ? $"{what}, in place of one whose secret is lost" : what,
            ours is [var lost, ..]
                ? [.. FactsOf(lost, wish), new PublishFact("secret", "of the endpoint that is there", "of a new one")]
                : wish.EventTypes.Select(type => new PublishFact("enabled_events", type)),
            () =>
                stripe.CreateWebhookEndpoint(
                    new WebhookEndpointParams { Url = url, EnabledEvents = wish.EventTypes },
                    IdempotencyKey.Unrepeated(),
                    cancellationToken
                )
        );
        if (made is null)
        {
            return null;
        }

        foreach (var endpoint in ours)
        {
            (await stripe.DeleteWebhookEndpoint(endpoint.Id, cancellationToken)).OrThrow();
        }

        return made.Secret
            ?? throw new InvalidOperationException("Stripe made a webhook endpoint without showing its secret.");
    }

    private static IReadOnlyList<PublishFact> FactsOf(StripeWebhookEndpoint endpoint, PublishWish wish) =>
        [
            new PublishFact("status", endpoint.Status, "enabled"),
            .. from type in endpoint.EnabledEvents.Union(wish.EventTypes).Order(StringComparer.Ordinal)
            select new PublishFact(
                "enabled_events",
                endpoint.EnabledEvents.Contains(type) ? type : null,
                wish.EventTypes.Contains(type) ? type : null
            ),
        ];
}
