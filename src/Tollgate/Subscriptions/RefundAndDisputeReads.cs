using Tollgate.Stripe;

namespace Tollgate.Subscriptions;

/// <summary>
/// Reads refunds and disputes of a customer's payments: as a rule one read, which says that there are none.
/// </summary>
internal sealed class RefundAndDisputeReads(StripeClient stripe, StripeReadBudget budget)
{
    /// <param name="known">Those of the former sync: one that failed is to be seen, too.</param>
    /// <returns>The oldest first.</returns>
    public async Task<IReadOnlyList<RefundOrDispute>> RunAsync(
        string customerId,
        IReadOnlyList<RefundOrDispute> known,
        CancellationToken cancellationToken
    )
    {
        await budget.SpendAsync(cancellationToken);
        var charges = (await stripe.ListCharges(customerId, cancellationToken)).OrThrow();
        var found = new List<RefundOrDispute>();
        foreach (var charge in charges.Where(charge => WentBack(charge) || known.Any(one => one.ChargeId == charge.Id)))
        {
            // what a charge paid for does not change
            var paid = known.FirstOrDefault(one => one.ChargeId == charge.Id) is { } former
                ? new PaidPeriod(former.SubscriptionId, former.PaidThrough)
                : await ReadPaidPeriodAsync(charge, cancellationToken);
            await budget.SpendAsync(cancellationToken);
            var refunds = (await stripe.ListRefunds(charge.Id, cancellationToken)).OrThrow();
            found.AddRange(refunds.Select(refund => Of(refund, charge, paid)));
            if (charge.IsDisputed)
            {
                await budget.SpendAsync(cancellationToken);
                var disputes = (await stripe.ListDisputes(charge.Id, cancellationToken)).OrThrow();
                found.AddRange(disputes.Select(dispute => Of(dispute, charge, paid)));
            }
        }

        return [.. found.OrderBy(one => one.At).ThenBy(one => one.Id, StringComparer.Ordinal)];
    }

    private static bool WentBack(StripeCharge charge) => charge.AmountRefunded > 0 || charge.IsDisputed;

    private static RefundOrDispute Of(StripeRefund refund, StripeCharge charge, PaidPeriod paid) =>
        new(
            refund.Id,
            charge.Id,
            RefundOrDisputeKind.Refund,
            new Money(refund.Amount, refund.Currency),
            refund.Reason,
            refund.Status ?? "unknown",
            refund.Created
        )
        {
            IsWhole = charge.IsRefunded,
            SubscriptionId = paid.SubscriptionId,
            PaidThrough = paid.End,
        };

    private static RefundOrDispute Of(StripeDispute dispute, StripeCharge charge, PaidPeriod paid) =>
        new(
            dispute.Id,
            charge.Id,
            RefundOrDisputeKind.Dispute,
            new Money(dispute.Amount, dispute.Currency),
            dispute.Reason,
            dispute.Status,
            dispute.Created
        )
        {
            SubscriptionId = paid.SubscriptionId,
            PaidThrough = paid.End,
        };

    private async Task<PaidPeriod> ReadPaidPeriodAsync(StripeCharge charge, CancellationToken cancellationToken)
    {
        if (charge.PaymentIntentId is not { } intent)
        {
            return default;
        }

        await budget.SpendAsync(cancellationToken);
        var payments = (await stripe.ListInvoicePayments(intent, cancellationToken)).OrThrow();
        var periods = new List<PaidPeriod>();
        foreach (var payment in payments)
        {
            periods.Add(await ReadPeriodAsync(payment.InvoiceId, cancellationToken));
        }

        return periods.MaxBy(period => period.End);
    }

    // prorations and one-off invoices pay for no period
    private async Task<PaidPeriod> ReadPeriodAsync(string invoiceId, CancellationToken cancellationToken)
    {
        await budget.SpendAsync(cancellationToken);
        var invoice = (await stripe.GetInvoice(invoiceId, cancellationToken)).OrThrow();
        if (invoice.SubscriptionId is not { } subscription)
        {
            return default;
        }

        var end = StripeFacts.BaseLines(invoice, subscription).Max(line => (DateTimeOffset?)line.PeriodEnd);
        return new PaidPeriod(end is null ? null : subscription, end);
    }

    private readonly record struct PaidPeriod(string? SubscriptionId, DateTimeOffset? End);
}
