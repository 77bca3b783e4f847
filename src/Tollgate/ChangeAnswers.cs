using Tollgate.Changes;

namespace Tollgate;

/// <summary>What a change would cost. Amounts are in minor units.</summary>
/// <param name="ProrationDate">What accepting names; in seconds.</param>
internal sealed record ChangePreview(
    long AmountDue,
    string Currency,
    long ProrationDate,
    IReadOnlyList<QuotedLine> Lines,
    long DueNow,
    long NextInvoiceTotal
);

/// <summary>What a change at the end of the period would cost: nothing before.</summary>
internal sealed record LaterPreview(
    long AmountDue,
    string Currency,
    long DueNow,
    long NextInvoiceTotal,
    DateTimeOffset EffectiveAt
);

internal sealed record ScheduledAnswer(string Status, DateTimeOffset EffectiveAt);

internal sealed record DoneAnswer(string Status);

internal sealed record PortalAnswer(string PortalUrl);
