using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;
using Tollgate.Stripe;

namespace Tollgate.Changes;

/// <summary>
/// What a change would cost, as it was shown to the customer; applying names it, so that what is charged is what was
/// seen (decision M1). The row is also the intent of the write to Stripe, and what operators compare invoices with.
/// </summary>
public sealed record Quote
{
    /// <summary>How long a quote can be accepted.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromHours(1);

    public required AccountId AccountId { get; init; }

    public required ChangeKind Kind { get; init; }

    /// <summary>Whole seconds of billing time; from then on the change is charged.</summary>
    public required DateTimeOffset ProrationDate { get; init; }

    /// <summary>Alias of the price after the change.</summary>
    public required string Price { get; init; }

    /// <summary>Seats after the change.</summary>
    public required int Seats { get; init; }

    public required string SubscriptionId { get; init; }

    /// <summary>What the subscription looked like at Stripe, in one line; another line makes the quote stale.</summary>
    public required string Basis { get; init; }

    public required string ItemId { get; init; }

    /// <summary>Stripe's id of <see cref="Price"/>.</summary>
    public required string PriceId { get; init; }

    /// <summary>Charged by an invoice of its own, at once; else with the next one.</summary>
    public required bool IsInvoicedAtOnce { get; init; }

    public required DateTimeOffset PeriodEnd { get; init; }

    /// <summary>ISO 4217, lower case.</summary>
    public required string Currency { get; init; }

    /// <summary>Of Stripe's preview, in minor units.</summary>
    public required long AmountDue { get; init; }

    /// <summary>What accepting charges at once, in minor units.</summary>
    public required long DueNow { get; init; }

    /// <summary>What the next regular invoice comes to, in minor units.</summary>
    public required long NextInvoiceTotal { get; init; }

    public required IReadOnlyList<QuotedLine> Lines { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public QuoteState State { get; init; }

    /// <summary>Grows when Stripe refused for good, so that the next try has a key of its own.</summary>
    public int Attempt { get; init; }

    public DateTimeOffset? AppliedAt { get; init; }

    /// <summary>The invoice that charged it; null where the next one will.</summary>
    public string? InvoiceId { get; init; }

    /// <summary>
    /// What Stripe made of <see cref="AmountDue"/> when it was applied; unequal is a mismatch, listed for operators.
    /// </summary>
    public long? AppliedAmount { get; init; }

    /// <summary>While the change waits for the customer's bank: Stripe's page where the payment is confirmed.</summary>
    public string? PaymentUrl { get; init; }

    /// <summary>When a change that waits is forgotten.</summary>
    public DateTimeOffset? PaymentExpiresAt { get; init; }

    internal IdempotencyKey Key =>
        new($"quote-{AccountId}-{Kind}-{ProrationDate.ToUnixTimeSeconds()}-{Price}-{Seats}-{Attempt}");

    /// <summary>Of the second call, by which the change waits for its payment to be confirmed.</summary>
    internal IdempotencyKey KeyWhenPaid => new($"{Key.Value}-when-paid");

    internal SubscriptionItemChange Change =>
        new(ItemId, PriceId, Seats, IsInvoicedAtOnce ? "always_invoice" : "create_prorations", ProrationDate);
}

/// <summary>One line of a quote.</summary>
/// <param name="Amount">In minor units; negative for a credit.</param>
public sealed record QuotedLine(string Description, long Amount);

/// <summary>What a change is about: each kind is quoted and applied by its own endpoint.</summary>
public enum ChangeKind
{
    Seats,
    Plan,

    /// <summary>Another plan or interval from the next period on; nothing is due before.</summary>
    PlanAtPeriodEnd,
}

/// <summary>How far a quote came.</summary>
public enum QuoteState
{
    Open,

    /// <summary>Stripe was asked to change it; whether it did is known once it is applied, or open again.</summary>
    Applying,
    Applied,

    /// <summary>It comes about when its invoice is paid; the subscription says whether it has.</summary>
    AwaitingPayment,
}

internal sealed class QuoteMapping : IEntityTypeConfiguration<Quote>
{
    public void Configure(EntityTypeBuilder<Quote> builder)
    {
        builder.ToTable("quotes");
        builder.HasKey(quote => new
        {
            quote.AccountId,
            quote.Kind,
            quote.ProrationDate,
            quote.Price,
            quote.Seats,
        });
        builder.Property(quote => quote.AccountId).HasMaxLength(AccountId.LongestValue);
        builder.Property(quote => quote.Kind).HasConversion<string>();
        builder.Property(quote => quote.State).HasConversion<string>();
        var lines = builder.Property(quote => quote.Lines);
        lines.HasColumnType("jsonb").HasConversion<LinesConverter, LinesComparer>();
        builder.Ignore(quote => quote.Key);
        builder.Ignore(quote => quote.KeyWhenPaid);
        builder.Ignore(quote => quote.Change);
    }

    private sealed class LinesConverter()
        : ValueConverter<IReadOnlyList<QuotedLine>, string>(
            lines => JsonSerializer.Serialize(lines, JsonSerializerOptions.Web),
            text => JsonSerializer.Deserialize<List<QuotedLine>>(text, JsonSerializerOptions.Web)!
        );

    private sealed class LinesComparer()
        : ValueComparer<IReadOnlyList<QuotedLine>>(
            (one, other) => one!.SequenceEqual(other!),
            lines => lines.Count,
            lines => lines
        );
}
