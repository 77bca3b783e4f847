using System.Globalization;
using Tollgate.Catalog;

namespace Tollgate.Usage;

/// <summary>The meter's window has no unit left. Answered with 402.</summary>
/// <param name="WorkflowType">Id of the meter: <c>fix</c>.</param>
/// <param name="Used">Counted runs. Runs without a result yet hold the rest, when it is below the limit.</param>
/// <param name="ResetAt">When the window ends and the counter starts again.</param>
public sealed record FreeTierLimitReached(
    string WorkflowType,
    int Used,
    int Limit,
    DateTimeOffset ResetAt,
    Uri UpgradeUrl,
    string Detail
) : Refusal(ProblemCodes.FreeTierLimitReached, 402, "The free limit is reached.", Detail)
{
    public override IEnumerable<KeyValuePair<string, object?>> Members =>
        [
            new("workflow_type", WorkflowType),
            new("used", Used),
            new("limit", Limit),
            new("reset_at", ResetAt),
            new("upgrade_url", UpgradeUrl.AbsoluteUri),
        ];

    internal static FreeTierLimitReached Of(Meter meter, MeterRow row, int limit, Uri upgradeUrl)
    {
        var resetAt = row.WindowEndsAt ?? throw new InvalidOperationException("A meter was asked without a window.");
        var day = resetAt.UtcDateTime.ToString("d MMMM yyyy", CultureInfo.InvariantCulture);
        var detail =
            $"{meter.Name}: all {limit} of this window are used or running. It starts again on {day} (UTC); "
            + "an upgrade lifts the limit at once.";
        return new(meter.Id, row.Used, limit, resetAt, upgradeUrl, detail);
    }
}
