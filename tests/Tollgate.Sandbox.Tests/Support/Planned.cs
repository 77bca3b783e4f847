namespace Tollgate.Sandbox.Tests.Support;

/// <summary>Subscription schedules for tests.</summary>
internal static class Planned
{
    public const string Schedules = "/v1/subscription_schedules";

    /// <summary>A phase of one price; further members as pairs, e.g. <c>iterations=2</c>.</summary>
    public static string[] Phase(int index, string price, int quantity, params string[] more) =>
        [
            $"phases[{index}][items][0][price]={price}",
            $"phases[{index}][items][0][quantity]={quantity}",
            .. more.Select(pair =>
                $"phases[{index}][{pair.Split('=', '[')[0]}]{pair[pair.Split('=', '[')[0].Length..]}"
            ),
        ];

    /// <summary>
    /// A subscription (its path) of one interval, and a schedule (its path) that brings it to another at the period's
    /// end.
    /// </summary>
    public static async Task<(string Subscription, string Schedule)> ToIntervalAsync(
        TestSandbox sandbox,
        string from,
        string to,
        int amount
    )
    {
        var (was, becomes) = (
            await Some.PriceAsync(sandbox, interval: from),
            await Some.PriceAsync(sandbox, amount, to)
        );
        var subscription = await Some.SubscriptionAsync(sandbox, null, was);
        var schedule = await sandbox.PostAsync(Schedules, $"from_subscription={subscription.Id}");
        var (start, end) = (schedule.Int("phases.0.start_date"), schedule.Int("phases.0.end_date"));
        await sandbox.PostAsync(
            $"{Schedules}/{schedule.Id}",
            [
                "end_behavior=release",
                .. Phase(0, was, 1, $"start_date={start}", $"end_date={end}"),
                .. Phase(
                    1,
                    becomes,
                    1,
                    $"duration[interval]={to}",
                    "duration[interval_count]=1",
                    "proration_behavior=none"
                ),
            ]
        );
        return ($"/v1/subscriptions/{subscription.Id}", $"{Schedules}/{schedule.Id}");
    }

    public static async Task RefusedAsync(TestSandbox sandbox, string path, string? parameter, params string[] form)
    {
        var refused = await sandbox.RefusedAsync(400, HttpMethod.Post, path, form);
        if (parameter is not null)
        {
            Assert.Equal(parameter, refused["error.param"]);
        }
    }
}
