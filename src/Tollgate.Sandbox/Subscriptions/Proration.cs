namespace Tollgate.Sandbox.Subscriptions;

/// <summary>
/// The arithmetic of a change within a period, to the second; times in unix seconds, amounts in minor units.
/// </summary>
internal static class Proration
{
    /// <summary>
    /// The share of an amount that falls on the rest of the period. Each line is rounded by itself, half away from
    /// zero, and never summed before.
    /// </summary>
    public static long Remaining(decimal amount, long periodStart, long periodEnd, long at) =>
        (long)Math.Round(amount * (periodEnd - at) / (periodEnd - periodStart), MidpointRounding.AwayFromZero);
}
