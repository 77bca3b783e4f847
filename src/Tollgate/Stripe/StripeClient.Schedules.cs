using System.Text.Json;

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
    /// As things are until the present phase ends, then one item at another price for one interval, whole and without
    /// proration; then the subscription goes on by itself. All else of the present phase stays, and stays in the next.
    /// </summary>
    public Task<StripeAnswer<StripeSchedule>> ChangeAtPhaseEnd(
        StripeSchedule schedule,
        SchedulePhaseChange change,
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
                    var present =
                        schedule.Present ?? throw new ArgumentException("No phase is under way.", nameof(schedule));
                    form.Add("end_behavior", "release");
                    present.Write(form.At("phases").At(0));
                    present.WriteNext(form.At("phases").At(1), change);
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
public sealed record StripeSchedule(string Id, string Status)
{
    /// <summary>The phase that is under way; null when none is.</summary>
    internal SchedulePhase? Present { get; init; }
}

internal sealed record ScheduleWire(
    string Id,
    string Status,
    SchedulePhaseTimesWire? CurrentPhase,
    IReadOnlyList<JsonElement> Phases
)
{
    public StripeSchedule Read() =>
        new(Id, Status)
        {
            Present = CurrentPhase is { } current
                ? Phases
                    .Select(phase => new SchedulePhase(phase))
                    .FirstOrDefault(phase => phase.Start == current.StartDate.ToUnixTimeSeconds())
                : null,
        };
}

internal sealed record SchedulePhaseTimesWire(DateTimeOffset StartDate, DateTimeOffset EndDate);
