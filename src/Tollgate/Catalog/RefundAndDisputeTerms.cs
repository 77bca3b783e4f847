namespace Tollgate.Catalog;

/// <summary>
/// What becomes of access when the payment of the paid period is refunded or disputed. Either way refunds and disputes
/// are shown as they happen, and a dispute raises an alert.
/// </summary>
public sealed record RefundAndDisputeTerms
{
    /// <summary>The payment was given back in whole; a part of it never ends access.</summary>
    public OnRefundOrDispute OnFullRefund { get; init; }

    /// <summary>The payment is disputed, or the dispute was lost. One that is won brings access back.</summary>
    public OnRefundOrDispute OnDispute { get; init; }
}

/// <summary>Whether access goes on.</summary>
public enum OnRefundOrDispute
{
    Keep,

    /// <summary>Access ends until a later period is paid, or the money comes back.</summary>
    EndAccess,
}
