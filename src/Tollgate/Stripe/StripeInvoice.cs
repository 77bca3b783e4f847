using Sdk = global::Stripe;

namespace Tollgate.Stripe;

/// <summary>
/// https://docs.stripe.com/api/invoices/object. Amounts are in minor units of <see cref="Currency"/>.
/// </summary>
internal sealed record StripeInvoice
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

    internal static StripeInvoice Of(Sdk.Invoice it, Shape at)
    {
        at.Needs("id attempt_count amount_due amount_paid total currency created status_transitions lines")
            .Names("customer parent status next_payment_attempt billing_reason");
        at.At("status_transitions").Names("finalized_at paid_at");
        var made = it.Parent?.SubscriptionDetails;
        if (made is not null)
        {
            at.At("parent").At("subscription_details").Needs("subscription");
        }

        return new()
        {
            Id = it.Id,
            CustomerId = it.CustomerId,
            SubscriptionId = made?.SubscriptionId,
            Status = it.Status,
            AttemptCount = it.AttemptCount,
            NextPaymentAttempt = it.NextPaymentAttempt.Utc(),
            DueDate = it.DueDate.Utc(),
            AmountDue = it.AmountDue,
            AmountPaid = it.AmountPaid,
            Total = it.Total,
            Currency = it.Currency,
            BillingReason = it.BillingReason,
            HostedInvoiceUrl = it.HostedInvoiceUrl,
            Created = it.Created.Utc(),
            FinalizedAt = it.StatusTransitions.FinalizedAt.Utc(),
            PaidAt = it.StatusTransitions.PaidAt.Utc(),
            Discount = at.Each("total_discount_amounts", it.TotalDiscountAmounts, AmountOf).Sum(),
            CreditGrants = at.Each("total_pretax_credit_amounts", it.TotalPretaxCreditAmounts, AmountOf).Sum(),
            Tax = at.Each("total_taxes", it.TotalTaxes, AmountOf).Sum(),
            Lines = at.Each("lines", it.Lines, StripeInvoiceLine.Of),
        };
    }

    private static long AmountOf(Sdk.InvoiceDiscountAmount it, Shape at)
    {
        at.Needs("amount");
        return it.Amount;
    }

    private static long AmountOf(Sdk.InvoiceTotalPretaxCreditAmount it, Shape at)
    {
        at.Needs("amount");
        return it.Type == "credit_balance_transaction" ? it.Amount : 0;
    }

    private static long AmountOf(Sdk.InvoiceTotalTax it, Shape at)
    {
        at.Needs("amount");
        return it.TaxBehavior == "exclusive" ? it.Amount : 0;
    }
}
