namespace Tollgate.Load.Paths;

/// <summary>What is wrong where a database does not hold what was answered; null where it does.</summary>
internal static class Exactness
{
    /// <param name="counted">Units that the meters say are reserved.</param>
    /// <param name="held">Rows of reservations.</param>
    public static string? OfReserves(long granted, long counted, long held) =>
        counted == granted && held == granted
            ? null
            : $"{granted} were granted, the meters count {counted}, {held} are held.";

    /// <param name="held">Units that were held before.</param>
    /// <param name="used">Units that the meters say are used.</param>
    /// <param name="reserved">Units that they say are still reserved.</param>
    public static string? OfCommits(long committed, long held, long used, long reserved) =>
        used == committed && reserved == held - committed
            ? null
            : $"{committed} of {held} were committed, the meters count {used} and hold {reserved}.";
}
