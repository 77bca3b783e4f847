namespace Tollgate.Sandbox.Chaos;

/// <summary>
/// Chance that can be repeated: a draw depends on the seed, the rule and how many things fitted that rule before, so
/// one rule does not disturb another. The numbers are SplitMix64's, which no release of .NET changes.
/// </summary>
internal static class SeededDraw
{
    public static ulong Bits(long seed, int rule, long nth)
    {
        unchecked
        {
            return Mix(Mix(Mix((ulong)seed) + (ulong)rule) + (ulong)nth);
        }
    }

    /// <summary>From 0 up to, but never, 1.</summary>
    public static double Unit(ulong bits) => (bits >> 11) * (1.0 / (1UL << 53));

    private static ulong Mix(ulong value)
    {
        unchecked
        {
            value += 0x9E3779B97F4A7C15;
            value = (value ^ (value >> 30)) * 0xBF58476D1CE4E5B9;
            value = (value ^ (value >> 27)) * 0x94D049BB133111EB;
            return value ^ (value >> 31);
        }
    }
}
