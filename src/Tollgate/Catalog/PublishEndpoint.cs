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
            await FindOrChangeAsync(what, one, wish, cancellationToken);
            return null;
        }

        var made = await steps.MakeAsync(
            ours.Count > 0 ? $"{what}, in place of one whose secret is lost" : what,
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

    private async Task FindOrChangeAsync(
        string what,
        StripeWebhookEndpoint endpoint,
        PublishWish wish,
        CancellationToken cancellationToken
    )
    {
        var listens =
            endpoint.Status == "enabled"
            && endpoint
                .EnabledEvents.Order(StringComparer.Ordinal)
                .SequenceEqual(wish.EventTypes.Order(StringComparer.Ordinal));
        if (listens)
        {
            steps.Found(what);
            return;
        }

        await steps.ChangeAsync(
            what,
            () =>
                stripe.UpdateWebhookEndpoint(
                    endpoint.Id,
                    new WebhookEndpointUpdate { EnabledEvents = wish.EventTypes, Disabled = false },
                    IdempotencyKey.Unrepeated(),
                    cancellationToken
                )
        );
    }
}
