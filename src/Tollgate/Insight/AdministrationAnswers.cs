using System.Text.Json.Nodes;
using Tollgate.Alerts;
using Tollgate.Inbox;
using Tollgate.Reconciliation;
using Tollgate.Subscriptions;

namespace Tollgate.Insight;

/// <param name="Access">Why access is what it is, in one sentence.</param>
/// <param name="RefundsAndDisputes">Refunds and disputes, the newest first.</param>
/// <param name="Timeline">The newest first.</param>
/// <param name="Next">The cursor of what came before; null when this is all.</param>
internal sealed record AccountAnswer(
    AccountRow? Account,
    string Access,
    OverrideShown? Override,
    IReadOnlyList<NamedId> Tiers,
    IReadOnlyList<RefundOrDispute> RefundsAndDisputes,
    IReadOnlyList<OpenAlert> Alerts,
    IReadOnlyList<TimelineEntry> Timeline,
    int? Next
);

internal sealed record OverrideShown(string Tier, string? Author, string? Reason, DateTimeOffset? Until);

internal sealed record NamedId(string Id, string Name);

/// <param name="Next">Id of the last event of this page, for the next one.</param>
internal sealed record EventPage(IReadOnlyList<InboxEvent> Events, string? Next);

/// <param name="Payload">Without what opens something.</param>
internal sealed record EventAnswer(InboxEvent Event, JsonNode? Payload, bool CanReplay);

/// <param name="Run">The run whose findings these are.</param>
internal sealed record DriftAnswer(
    IReadOnlyList<DriftRun> Runs,
    long? Run,
    IReadOnlyList<FindingShown> Findings,
    FindingCursor? Next,
    IReadOnlyList<OpenAlert> Alerts
);

/// <param name="Change">What differed, in words; null when the finding is no drift.</param>
internal sealed record FindingShown(
    string Subject,
    string Kind,
    string? Account,
    DateTimeOffset FoundAt,
    string? Change
);

internal sealed record FindingCursor(string Subject, string Kind);

/// <param name="By"><c>day</c> or <c>month</c>.</param>
internal sealed record FiguresAnswer(
    Figures Now,
    string By,
    IReadOnlyList<NamedId> Plans,
    IReadOnlyList<NamedId> Meters,
    IReadOnlyList<FigurePoint> Series
);

internal sealed record ActionPage(SwitchShown Billing, IReadOnlyList<ActionShown> Actions, long? Next);

internal sealed record SwitchShown(bool IsOn, bool IsOffByEnvironment);

internal sealed record ActionShown(
    long Id,
    DateTimeOffset At,
    string Author,
    string Action,
    string? Account,
    string Subject,
    string Why,
    string? Outcome
);
