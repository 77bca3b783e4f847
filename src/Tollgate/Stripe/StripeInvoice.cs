namespace Tollgate.Stripe;

/// <summary>
/// https://docs.stripe.com/api/invoices/object. Amounts are in minor units of <see cref="Currency"/>.
/// </summary>
public sealed record StripeInvoice
{
    public required string Id { get; init; }

    public string? CustomerId { get; init; }

    /// <summary>Of <c>parent.subscription_details</c>; null for an invoice that no subscription made.</summary>
    public string? SubscriptionId { get; init; }

    /// <summary>
    /// As Stripe spells it: <c>draft</c>, <c>open</c>, <c>paid</c>, <c>uncollectible</c>, <c>void</c>.
    /// </summary>
    public string? Status { get; init; }

    /// <summary>
    /// Failed or not; the first attempt counts whatever its kind, later on only automatic retries do.
    /// </summary>
    public required long AttemptCount { get; init; }

    public DateTimeOffset? NextPaymentAttempt { get; init; }

    /// <summary>Until when an invoice that is sent is to be paid; null for one that is charged by itself.</summary>
    public DateTimeOffset? DueDate { get; init; }

    public required long AmountDue { get; init; }

    public required long AmountPaid { get; init; }

    /// <summary>After discounts and taxes, before the customer's credit balance; negative for a credit.</summary>
    public required long Total { get; init; }

    /// <summary>ISO 4217, lower case.</summary>
    public required string Currency { get; init; }

    /// <summary>
    /// <c>subscription_create</c>, <c>subscription_cycle</c>, <c>subscription_update</c>, <c>manual</c>, ...
    /// </summary>
    public string? BillingReason { get; init; }

    /// <summary>Stripe's page to pay it; null before it is finalized.</summary>
    public string? HostedInvoiceUrl { get; init; }

    public required DateTimeOffset Created { get; init; }

    public DateTimeOffset? FinalizedAt { get; init; }

    public DateTimeOffset? PaidAt { get; init; }

    /// <summary>Off the lines' amounts by coupons and codes, as one positive number.</summary>
    public long Discount { get; init; }

    /// <summary>Off the lines' amounts by credit grants, as one positive number.</summary>
    public long CreditGrants { get; init; }

    /// <summary>On top of the lines' amounts; tax that is in them already does not count.</summary>
    public long Tax { get; init; }

    /// <summary>All lines, however many.</summary>
    public required IReadOnlyList<StripeInvoiceLine> Lines { get; init; }
}

internal sealed record InvoiceWire(
    string Id,
    ExpandableId? Customer,
    InvoiceParentWire? Parent,
    string? Status,
    long AttemptCount,
    DateTimeOffset? NextPaymentAttempt,
    long AmountDue,
    long AmountPaid,
    long Total,
    string Currency,
    string? BillingReason,
    DateTimeOffset Created,
    StatusTransitionsWire StatusTransitions,
    ListWire<InvoiceLineWire> Lines,
    string? HostedInvoiceUrl = null,
    IReadOnlyList<AmountWire>? TotalDiscountAmounts = null,
    IReadOnlyList<AmountWire>? TotalPretaxCreditAmounts = null,
    IReadOnlyList<AmountWire>? TotalTaxes = null,
    DateTimeOffset? DueDate = null
) : IEmbedsLists<InvoiceWire>
{
    public async Task<StripeAnswer<InvoiceWire>> ReadListsAsync(
        StripeClient client,
        CancellationToken cancellationToken
    ) =>
        !Lines.HasMore
            ? this
            : (await client.ReadInvoiceLines(Id, cancellationToken)).Then(lines =>
                this with
                {
                    Lines = new ListWire<InvoiceLineWire>(lines, HasMore: false),
                }
            );

    public StripeInvoice Read() =>
        new()
        {
            Id = Id,
            CustomerId = Customer?.Id,
            SubscriptionId = Parent?.SubscriptionDetails?.Subscription.Id,
            Status = Status,
            AttemptCount = AttemptCount,
            NextPaymentAttempt = NextPaymentAttempt,
            DueDate = DueDate,
            AmountDue = AmountDue,
            AmountPaid = AmountPaid,
            Total = Total,
            Currency = Currency,
            BillingReason = BillingReason,
            HostedInvoiceUrl = HostedInvoiceUrl,
            Created = Created,
            FinalizedAt = StatusTransitions.FinalizedAt,
            PaidAt = StatusTransitions.PaidAt,
            Discount = Sum(TotalDiscountAmounts),
            CreditGrants = Sum(TotalPretaxCreditAmounts?.Where(one => one.Type == "credit_balance_transaction")),
            Tax = Sum(TotalTaxes?.Where(one => one.TaxBehavior == "exclusive")),
            Lines = Lines.Read(line => line.Read()),
        };

    private static long Sum(IEnumerable<AmountWire>? amounts) => amounts?.Sum(one => one.Amount) ?? 0;
}

/// <summary>What takes from an invoice's lines, or comes on top of them.</summary>
internal sealed record AmountWire(long Amount, string? Type = null, string? TaxBehavior = null);

internal sealed record InvoiceParentWire(InvoiceSubscriptionDetailsWire? SubscriptionDetails);

internal sealed record InvoiceSubscriptionDetailsWire(ExpandableId Subscription);

internal sealed record StatusTransitionsWire(DateTimeOffset? FinalizedAt, DateTimeOffset? PaidAt);
