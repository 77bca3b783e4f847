namespace Tollgate.Stripe;

public sealed partial class StripeClient
{
    /// <summary>
    /// Puts a subscription under a schedule whose first phase is its present period; nothing changes by that alone.
    /// </summary>
    public Task<StripeAnswer<StripeSchedule>> ScheduleSubscription(
        string subscriptionId,
        IdempotencyKey key,
        CancellationToken cancellationToken
    ) =>
        Send(
            StripeRequest.Post(
                "/v1/subscription_schedules",
                id: null,
                key,
                form => form.Add("from_subscription", subscriptionId)
            ),
            StripeJson.Default.ScheduleWire,
            wire => wire.Read(),
            cancellationToken
        );

    /// <summary>
    /// As things are until the present phase ends, then other items for one interval, whole and without proration; then
    /// the subscription goes on by itself. A phase bills what it names and nothing else.
    /// </summary>
    public Task<StripeAnswer<StripeSchedule>> ChangeAtPhaseEnd(
        StripeSchedule schedule,
        IReadOnlyList<SchedulePhaseItem> now,
        IReadOnlyList<SchedulePhaseItem> then,
        string interval,
        IdempotencyKey key,
        CancellationToken cancellationToken
    ) =>
        Send(
            StripeRequest.Post(
                "/v1/subscription_schedules/{id}",
                schedule.Id,
                key,
                form =>
                {
                    form.Add("end_behavior", "release");
                    var present = form.At("phases").At(0);
                    present.Add("start_date", schedule.PhaseStart);
                    present.Add("end_date", schedule.PhaseEnd);
                    SchedulePhaseItem.Write(present, now);
                    var next = form.At("phases").At(1);
                    SchedulePhaseItem.Write(next, then);
                    next.Add("proration_behavior", "none");
                    next.At("duration").Add("interval", interval);
                    next.At("duration").Add("interval_count", 1);
                }
            ),
            StripeJson.Default.ScheduleWire,
            wire => wire.Read(),
            cancellationToken
        );

    /// <summary>The subscription stays as it is and goes on by itself.</summary>
    public Task<StripeAnswer<StripeSchedule>> ReleaseSchedule(
        string id,
        IdempotencyKey key,
        CancellationToken cancellationToken
    ) =>
        Send(
            StripeRequest.Post("/v1/subscription_schedules/{id}/release", id, key),
            StripeJson.Default.ScheduleWire,
            wire => wire.Read(),
            cancellationToken
        );
}

/// <summary>https://docs.stripe.com/api/subscription_schedules/object</summary>
/// <param name="Status"><c>not_started</c>, <c>active</c>, <c>completed</c>, <c>released</c>, <c>canceled</c>.</param>
/// <param name="PhaseStart">Of the present phase; null when none is under way.</param>
/// <param name="PhaseEnd">Of the present phase.</param>
public sealed record StripeSchedule(string Id, string Status, DateTimeOffset? PhaseStart, DateTimeOffset? PhaseEnd);

/// <summary>What a phase bills.</summary>
/// <param name="Quantity">Null for a metered price.</param>
public sealed record SchedulePhaseItem(string PriceId, long? Quantity)
{
    internal static void Write(FormWriter phase, IReadOnlyList<SchedulePhaseItem> items)
    {
        for (var i = 0; i < items.Count; i++)
        {
            var item = phase.At("items").At(i);
            item.Add("price", items[i].PriceId);
            item.Add("quantity", items[i].Quantity);
        }
    }
}

internal sealed record ScheduleWire(string Id, string Status, SchedulePhaseTimesWire? CurrentPhase)
{
    public StripeSchedule Read() => new(Id, Status, CurrentPhase?.StartDate, CurrentPhase?.EndDate);
}

internal sealed record SchedulePhaseTimesWire(DateTimeOffset StartDate, DateTimeOffset EndDate);
