using Sdk = global::Stripe;

namespace Tollgate.Stripe;

internal sealed partial class StripeClient
{
    /// <summary>With its latest invoice expanded.</summary>
    public Task<StripeAnswer<StripeSubscription>> GetSubscription(string id, CancellationToken cancellationToken) =>
        calls.Ask(
            V1.Subscriptions,
            id,
            new Sdk.SubscriptionGetOptions { Expand = ["latest_invoice"] },
            StripeSubscription.Of,
            cancellationToken
        );

    /// <summary>
    /// All of a customer's, those that ended too, newest first, each with its latest invoice expanded.
    /// </summary>
    public Task<StripeAnswer<IReadOnlyList<StripeSubscription>>> ListSubscriptions(
        string customerId,
        CancellationToken cancellationToken
    ) =>
        calls.ReadAll(
            V1.Subscriptions.ListAsync,
            new Sdk.SubscriptionListOptions
            {
                Customer = customerId,
                Status = "all",
                Expand = ["data.latest_invoice"],
            },
            StripeSubscription.Of,
            cancellationToken
        );

    /// <summary>
    /// Changes price or quantity of an item; the answer has its latest invoice expanded, which is the one that the
    /// change made where it is invoiced at once. A declined change changes nothing; the refusal has the reason.
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
        calls.Write(
            key,
            V1.Subscriptions.UpdateAsync,
            id,
            hooks.On(
                change.ToOptions(paymentBehavior),
                account is { } of ? new SubscriptionChangeContext(of, id) : null
            ),
            StripeSubscription.Of,
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
        calls.Write(
            key,
            V1.Subscriptions.UpdateAsync,
            id,
            new Sdk.SubscriptionUpdateOptions
            {
                CancelAtPeriodEnd = true,
                CancellationDetails = new() { Comment = comment },
            },
            StripeSubscription.Of,
            cancellationToken
        );

    /// <summary>It ends at once. Once ended it cannot be brought back.</summary>
    /// <param name="comment">Kept with the cancellation, for people.</param>
    public Task<StripeAnswer<StripeSubscription>> CancelSubscription(
        string id,
        string comment,
        CancellationToken cancellationToken
    ) =>
        calls.Delete<Sdk.Subscription, StripeSubscription>(
            "/v1/subscriptions",
            id,
            new Sdk.SubscriptionCancelOptions { CancellationDetails = new() { Comment = comment } },
            StripeSubscription.Of,
            cancellationToken
        );

    /// <summary>
    /// Puts a subscription under a schedule whose first phase is its present period; nothing changes by that alone.
    /// </summary>
    public Task<StripeAnswer<StripeSchedule>> ScheduleSubscription(
        string subscriptionId,
        IdempotencyKey key,
        CancellationToken cancellationToken
    ) =>
        calls.Write(
            key,
            V1.SubscriptionSchedules.CreateAsync,
            new Sdk.SubscriptionScheduleCreateOptions { FromSubscription = subscriptionId },
            StripeSchedule.Of,
            cancellationToken
        );

    /// <summary>
    /// As things are until the present phase ends, then one item at another price for one interval, whole and without
    /// proration; then the subscription goes on by itself. All else of the present phase stays, and stays in the next.
    /// </summary>
    public Task<StripeAnswer<StripeSchedule>> ChangeAtPhaseEnd(
        StripeSchedule schedule,
        SchedulePhaseChange change,
        IdempotencyKey key,
        CancellationToken cancellationToken
    ) =>
        calls.Write(
            key,
            V1.SubscriptionSchedules.UpdateAsync,
            schedule.Id,
            schedule.ToChange(change),
            StripeSchedule.Of,
            cancellationToken
        );

    /// <summary>The subscription stays as it is and goes on by itself.</summary>
    public Task<StripeAnswer<StripeSchedule>> ReleaseSchedule(
        string id,
        IdempotencyKey key,
        CancellationToken cancellationToken
    ) =>
        calls.Write(
            key,
            V1.SubscriptionSchedules.ReleaseAsync,
            id,
            new Sdk.SubscriptionScheduleReleaseOptions(),
            StripeSchedule.Of,
            cancellationToken
        );
}
