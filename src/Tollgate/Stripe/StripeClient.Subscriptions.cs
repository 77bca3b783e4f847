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

    /// <summary>All items of a subscription.</summary>
    internal Task<StripeAnswer<IReadOnlyList<SubscriptionItemWire>>> ReadSubscriptionItems(
        string subscriptionId,
        CancellationToken cancellationToken
    ) =>
        SendAll(
            "/v1/subscription_items",
            id: null,
            query => query.Add("subscription", subscriptionId),
            StripeJson.Default.ListWireSubscriptionItemWire,
            wire => wire,
            item => item.Id,
            cancellationToken
        );

    /// <summary>
    /// Changes price or quantity of an item; the answer has its latest invoice expanded, which is the one that the
    /// change made where it is invoiced at once. A declined change is no change at all, and the caller hears why.
    /// </summary>
    public Task<StripeAnswer<StripeSubscription>> ChangeSubscriptionItem(
        string id,
        SubscriptionItemChange change,
        IdempotencyKey key,
        CancellationToken cancellationToken
    ) => ChangeItem(id, change, "error_if_incomplete", key, cancellationToken);

    /// <summary>
    /// The same for a change that is invoiced at once and whose payment the customer is to confirm: it waits as
    /// <see cref="StripeSubscription.PendingUpdate"/> until its invoice is paid or it expires.
    /// </summary>
    public Task<StripeAnswer<StripeSubscription>> ChangeSubscriptionItemWhenPaid(
        string id,
        SubscriptionItemChange change,
        IdempotencyKey key,
        CancellationToken cancellationToken
    ) => ChangeItem(id, change, "pending_if_incomplete", key, cancellationToken);

    private Task<StripeAnswer<StripeSubscription>> ChangeItem(
        string id,
        SubscriptionItemChange change,
        string paymentBehavior,
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
                    // with pending_if_incomplete Stripe takes these and no other members
                    change.Write(form);
                    form.Add("payment_behavior", paymentBehavior);
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
