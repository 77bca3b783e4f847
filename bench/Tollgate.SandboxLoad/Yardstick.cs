using System.Text.Json.Nodes;

namespace Tollgate.SandboxLoad;

/// <summary>
/// What one subscription's twelve events would cost if they were only copied and written: the least that a Sandbox of
/// JSON nodes could do, on the machine of the run.
/// </summary>
internal static class Yardstick
{
    private const int Events = 12;

    public static Task<Spent> MeasureAsync(JsonObject subscription, int count) =>
        Spent.OnAsync(
            count,
            () =>
            {
                for (var i = 0; i < count * Events; i++)
                {
                    _ = subscription.DeepClone().ToJsonString();
                }

                return Task.CompletedTask;
            }
        );
}
