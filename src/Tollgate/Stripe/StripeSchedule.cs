using Sdk = global::Stripe;

namespace Tollgate.Stripe;

/// <summary>https://docs.stripe.com/api/subscription_schedules/object</summary>
/// <param name="Status"><c>not_started</c>, <c>active</c>, <c>completed</c>, <c>released</c>, <c>canceled</c>.</param>
internal sealed record StripeSchedule(string Id, string Status)
{
    /// <summary>The phase that is under way; null when none is.</summary>
    internal SchedulePhase? Present { get; init; }

    internal static StripeSchedule Of(Sdk.SubscriptionSchedule it, Shape at)
    {
        at.Needs("id status phases").Names("current_phase");
        if (it.CurrentPhase is null)
        {
            return new(it.Id, it.Status);
        }

        var start = at.At("current_phase").Needs("start_date").Json.GetProperty("start_date").GetInt64();
        return new(it.Id, it.Status)
        {
            Present = at
                .Json.GetProperty("phases")
                .EnumerateArray()
                .Select(phase => new SchedulePhase(phase))
                .FirstOrDefault(phase => phase.Start == start),
        };
    }

    /// <exception cref="ArgumentException">No phase is under way.</exception>
    internal Sdk.SubscriptionScheduleUpdateOptions ToChange(SchedulePhaseChange change)
    {
        var present = Present ?? throw new ArgumentException("No phase is under way.", nameof(change));
        return new()
        {
            EndBehavior = "release",
            // the SDK's own type would drop the members that it does not know
            ExtraParams =
            {
                ["phases"] = new List<object> { present.Present(), present.Next(change) },
            },
        };
    }
}
