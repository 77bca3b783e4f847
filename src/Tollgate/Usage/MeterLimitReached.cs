using System.Globalization;
using Tollgate.Catalog;

namespace Tollgate.Usage;

/// <summary>A meter whose window has no unit left.</summary>
/// <param name="Used">Counted runs. Runs without a result yet hold the rest, when it is below the limit.</param>
/// <param name="ResetAt">When the window ends and the counter starts again.</param>
public sealed record MeterUse(Meter Meter, int Used, int Limit, DateTimeOffset ResetAt)
{
    /// <summary>The next plan that allows more; null where none does.</summary>
    public Plan? PlanWithMore { get; init; }

    internal string Detail
    {
        get
        {
            var day = ResetAt.UtcDateTime.ToString("d MMMM yyyy", CultureInfo.InvariantCulture);
            var starts =
                $"{Meter.Name}: all {Limit} of this window are used or running. It starts again on {day} (UTC)";
            return PlanWithMore switch
            {
                null => $"{starts}.",
                { } plan when plan.Limits.TryGetValue(Meter.Id, out var more) =>
                    $"{starts}; {plan.Name} has {Meter.Noun.Counted(more)} from the first moment.",
                { } plan => $"{starts}; {plan.Name} has no limit, from the first moment.",
            };
        }
    }
}

/// <summary>The plan allows no more of a meter until its window ends. Answered with 402.</summary>
public abstract record MeterLimitReached(string Code, string Title, MeterUse Use, Uri UpgradeUrl)
    : Refusal(Code, 402, Title, Use.Detail)
{
    /// <summary>Another member that names the meter, beside <c>meter</c>; see <c>PlanCatalog.MeterMember</c>.</summary>
    public string? MeterMember { get; init; }

    public override IEnumerable<KeyValuePair<string, object?>> Members =>
        [
            new("meter", Use.Meter.Id),
            .. MeterMember is { } other ? [new(other, Use.Meter.Id)] : Array.Empty<KeyValuePair<string, object?>>(),
            new("used", Use.Used),
            new("limit", Use.Limit),
            new("reset_at", Use.ResetAt),
            new("upgrade_url", UpgradeUrl.AbsoluteUri),
        ];
}

/// <summary>What the free plan allows is used.</summary>
internal sealed record FreeTierLimitReached(MeterUse Use, Uri UpgradeUrl)
    : MeterLimitReached(ProblemCodes.FreeTierLimitReached, "The free limit is reached.", Use, UpgradeUrl);

/// <summary>What a paid plan allows is used.</summary>
internal sealed record UsageLimitReached(Plan Plan, MeterUse Use, Uri UpgradeUrl)
    : MeterLimitReached(ProblemCodes.UsageLimitReached, $"The limit of {Plan.Name} is reached.", Use, UpgradeUrl)
{
    public override IEnumerable<KeyValuePair<string, object?>> Members => [new("plan", Plan.Id), .. base.Members];
}
