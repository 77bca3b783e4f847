namespace Tollgate.Changes;

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

/// <summary>What a change at the end of the period would cost then; nothing is due before.</summary>
internal sealed record LaterPreview(
    long AmountDue,
    string Currency,
    IReadOnlyList<QuotedLine> Lines,
    long DueNow,
    long NextInvoiceTotal,
    DateTimeOffset EffectiveAt
);

internal sealed record ScheduledAnswer(string Status, DateTimeOffset EffectiveAt);

/// <summary>The bank requires the payer to confirm; the change comes with the money, or not at all.</summary>
internal sealed record WaitingAnswer(string Status, string? PaymentUrl, DateTimeOffset? ExpiresAt);
