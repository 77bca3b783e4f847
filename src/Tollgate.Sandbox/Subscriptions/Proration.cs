using Tollgate.Sandbox.Wire;

namespace Tollgate.Sandbox.Subscriptions;

/// <summary>
/// The arithmetic of a change within a period, to the second; times in unix seconds, amounts in minor units.
/// </summary>
internal static class Proration
{
    /// <summary>
    /// The share of an amount that falls on a part of the period. Each line is rounded by itself, to what can be
    /// charged, half away from zero, and never summed before.
    /// </summary>
    public static long Share(decimal amount, long periodStart, long periodEnd, long from, long to, string currency) =>
        Currencies.Round(amount * (to - from) / (periodEnd - periodStart), currency);
}
