namespace Tollgate.Accounts;

/// <summary>Fewer seats than are in use.</summary>
public sealed record SeatsBelowActive(int Active)
    : Refusal(
        ProblemCodes.SeatsBelowActive,
        409,
        "More developers are active than that.",
        $"{Active} developers are active today, so {Active} seats are the least."
    )
{
    public override IEnumerable<KeyValuePair<string, object?>> Members => [new("active", Active)];
}
