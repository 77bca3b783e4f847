using Tollgate;

namespace ImportCsv.PlanLimits;

/// <summary>The month's imports are used or running.</summary>
internal sealed record ImportLimitReached(int Limit, int Used, string Tier, DateTimeOffset ResetsAt, Uri UpgradeUrl)
    : Refusal(
        "import_limit_reached",
        402,
        "The imports of this month are used up.",
        "They start again with the next month; a bigger plan lifts the limit at once."
    )
{
    public override IEnumerable<KeyValuePair<string, object?>> Members =>
        [
            new("limit", Limit),
            new("used", Used),
            new("tier", Tier),
            new("upgrade_url", UpgradeUrl),
            new("resets_at", ResetsAt),
        ];
}
