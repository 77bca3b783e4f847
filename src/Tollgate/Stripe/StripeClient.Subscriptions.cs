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

    /// <summary>It goes on until the end of its period, and the cancellation can be undone until then.</summary>
    /// <param name="comment">Kept with the cancellation, for people.</param>
    public Task<StripeAnswer<StripeSubscription>> CancelSubscriptionAtPeriodEnd(
        string id,
        string comment,
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
                    form.Add("cancel_at_period_end", value: true);
                    form.At("cancellation_details").Add("comment", comment);
                }
            ),
            StripeJson.Default.SubscriptionWire,
            wire => wire.Read(),
            cancellationToken
        );

    /// <summary>It ends at once. Once ended it cannot be brought back.</summary>
    /// <param name="comment">Kept with the cancellation, for people.</param>
    public Task<StripeAnswer<StripeSubscription>> CancelSubscription(
        string id,
        string comment,
        CancellationToken cancellationToken
    ) =>
        Send(
            StripeRequest.Delete(
                "/v1/subscriptions/{id}",
                id,
                form => form.At("cancellation_details").Add("comment", comment)
            ),
            StripeJson.Default.SubscriptionWire,
            wire => wire.Read(),
            cancellationToken
        );
}
