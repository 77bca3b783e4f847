using Tollgate.Catalog;

namespace Tollgate.Accounts;

/// <summary>Fewer seats than are in use.</summary>
/// <param name="Active">How many are.</param>
/// <param name="Holder">Who sits on a seat, as the catalog calls them.</param>
internal sealed record SeatsBelowActive(int Active, Noun Holder)
    : Refusal(
        ProblemCodes.SeatsBelowActive,
        409,
        $"More {Holder.Many} are active than that.",
        Active == 1
            ? $"{Holder.Counted(Active)} is active today, so 1 seat is the least."
            : $"{Holder.Counted(Active)} are active today, so {Active} seats are the least."
    )
{
    public override IEnumerable<KeyValuePair<string, object?>> Members => [new("active", Active)];
}
