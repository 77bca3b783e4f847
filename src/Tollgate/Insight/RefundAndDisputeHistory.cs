using System.Text.Json;
using Tollgate.Subscriptions;

namespace Tollgate.Insight;

/// <summary>
/// Refunds and disputes as the audit's states record them: each when it was made, and what became of it when we saw
/// it. Pure.
/// </summary>
internal static class RefundAndDisputeHistory
{
    /// <param name="at">When the change was seen.</param>
    /// <param name="before">A state of the audit.</param>
    /// <param name="after">The next one.</param>
    public static IEnumerable<TimelineEntry> Between(DateTimeOffset at, string before, string after)
    {
        var known = Read(before);
        return Read(after)
            .Except(known)
            .Select(one => new TimelineEntry(
                known.Exists(former => former.Id == one.Id) ? at : one.At,
                TimelineKind.RefundOrDispute,
                $"{(one.Kind == RefundOrDisputeKind.Dispute ? "dispute" : "refund")} {one.Id} of {one.Amount.ToText()}",
                string.Join(", ", Words(one))
            ));
    }

    /// <summary>Those of a state's member.</summary>
    public static List<RefundOrDispute> Read(JsonElement member) =>
        member.Deserialize<List<RefundOrDispute>>(AuditEntry.Json) ?? [];

    private static List<RefundOrDispute> Read(string state)
    {
        using var read = JsonDocument.Parse(state);
        // a state that was written before there were any
        return read.RootElement.TryGetProperty(nameof(SubscriptionState.RefundsAndDisputes), out var member)
            ? Read(member)
            : [];
    }

    private static IEnumerable<string> Words(RefundOrDispute one)
    {
        yield return one.Status;
        if (one.Reason is { } reason)
        {
            yield return reason;
        }

        yield return one.IsWhole ? $"{one.ChargeId} in whole" : one.ChargeId;
    }
}
