namespace Tollgate.Stripe;

public sealed partial class StripeClient
{
    /// <summary>With its latest invoice expanded.</summary>
    public Task<StripeAnswer<StripeSubscription>> GetSubscription(string id, CancellationToken cancellationToken)
    {
        var query = new FormWriter();
        query.Add("expand", ["latest_invoice"]);
        return Send(
            StripeRequest.Get("/v1/subscriptions/{id}", id, query),
            StripeJson.Default.SubscriptionWire,
            wire => wire.Read(),
            cancellationToken
        );
    }

    /// <summary>
    /// All of a customer's, those that ended too, newest first, each with its latest invoice expanded.
    /// </summary>
    public Task<StripeAnswer<IReadOnlyList<StripeSubscription>>> ListSubscriptions(
        string customerId,
        CancellationToken cancellationToken
    ) =>
        SendAll(
            "/v1/subscriptions",
            id: null,
            query =>
            {
                query.Add("customer", customerId);
                query.Add("status", "all");
                query.Add("expand", ["data.latest_invoice"]);
            },
            StripeJson.Default.ListWireSubscriptionWire,
            wire => wire.Read(),
            subscription => subscription.Id,
            cancellationToken
        );

    /// <summary>
    /// Changes price or quantity of an item; the answer has its latest invoice expanded, which is the one that the
    /// change made where it is invoiced at once.
    /// </summary>
    public Task<StripeAnswer<StripeSubscription>> ChangeSubscriptionItem(
        string id,
        SubscriptionItemChange change,
        IdempotencyKey key,
        CancellationToken cancellationToken
    ) =>
        Send(
            StripeRequest.Post(
                "/v1/subscriptions/{id}",
                id,
                key,
                form =>
                {
                    change.Write(form);
                    // a declined change is no change at all, and the caller hears why
                    form.Add("payment_behavior", "error_if_incomplete");
                    form.Add("expand", ["latest_invoice"]);
                }
            ),
            StripeJson.Default.SubscriptionWire,
            wire => wire.Read(),
            cancellationToken
        );
}
