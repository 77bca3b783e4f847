using System.Text.Json;
using Tollgate.Simulation.World;

namespace Tollgate.Simulation.Checks;

/// <summary>Everything that Stripe holds of the one customer, read at its own side.</summary>
internal sealed record StripeTruth(IReadOnlyList<BoughtSubscription> Subscriptions, IReadOnlyList<SentInvoice> Invoices)
{
    public static async Task<StripeTruth> ReadAsync(StripeSide stripe)
    {
        var subscriptions = await stripe.ListAsync("/v1/subscriptions?status=all&limit=100");
        var invoices = await stripe.ListAsync("/v1/invoices?limit=100");
        return new StripeTruth([.. subscriptions.Select(ReadSubscription)], [.. invoices.Select(ReadInvoice)]);
    }

    private static BoughtSubscription ReadSubscription(JsonElement found)
    {
        var item = found.GetProperty("items").GetProperty("data")[0];
        return new BoughtSubscription(
            found.GetProperty("id").GetString()!,
            item.GetProperty("id").GetString()!,
            found.GetProperty("status").GetString()!,
            item.GetProperty("price").GetProperty("id").GetString()!,
            item.GetProperty("quantity").GetInt32(),
            item.GetProperty("current_period_end").Time()!.Value,
            found.GetProperty("cancel_at").Time(),
            found.GetProperty("cancel_at_period_end").GetBoolean()
        );
    }

    private static SentInvoice ReadInvoice(JsonElement found)
    {
        var lines = found.GetProperty("lines").GetProperty("data").EnumerateArray().Select(ReadLine).OfType<PaidLine>();
        return new SentInvoice(
            found.GetProperty("id").GetString()!,
            found.GetProperty("status").GetString()!,
            found.GetProperty("attempt_count").GetInt32(),
            found.GetProperty("status_transitions").GetProperty("finalized_at").Time(),
            found.GetProperty("hosted_invoice_url").GetString(),
            [.. lines]
        );
    }

    // null for what covers no period of its own
    private static PaidLine? ReadLine(JsonElement line)
    {
        var item = line.GetProperty("parent").GetProperty("subscription_item_details");
        return item.ValueKind == JsonValueKind.Null || item.GetProperty("proration").GetBoolean()
            ? null
            : new PaidLine(
                item.GetProperty("subscription").GetString()!,
                line.GetProperty("period").GetProperty("end").Time()!.Value
            );
    }
}

internal sealed record BoughtSubscription(
    string Id,
    string Item,
    string Status,
    string Price,
    int Seats,
    DateTimeOffset PeriodEnd,
    DateTimeOffset? CancelAt,
    bool CancelsAtPeriodEnd
)
{
    /// <summary>It takes money, or would.</summary>
    public bool IsLive => Status is "active" or "past_due";
}

/// <param name="Page">Where a person pays it.</param>
/// <param name="Covers">Its lines that cover a period.</param>
internal sealed record SentInvoice(
    string Id,
    string Status,
    int Attempts,
    DateTimeOffset? FinalizedAt,
    string? Page,
    IReadOnlyList<PaidLine> Covers
);

internal sealed record PaidLine(string Subscription, DateTimeOffset PeriodEnd);

internal static class UnixTime
{
    public static DateTimeOffset? Time(this JsonElement seconds) =>
        seconds.ValueKind == JsonValueKind.Null ? null : DateTimeOffset.FromUnixTimeSeconds(seconds.GetInt64());
}
