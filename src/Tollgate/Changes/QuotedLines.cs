using Tollgate.Stripe;

namespace Tollgate.Changes;

/// <summary>The lines of a quote, which add up to its amount to the cent.</summary>
internal static class QuotedLines
{
    /// <summary>Null when Stripe's lines do not make Stripe's total: then nobody is shown either.</summary>
    public static IReadOnlyList<QuotedLine>? Of(StripeInvoice invoice)
    {
        List<QuotedLine> lines =
        [
            .. invoice.Lines.Select(line => new QuotedLine(line.Description ?? string.Empty, line.Amount)),
            .. OfAll("Discount", -invoice.Discount),
            .. OfAll("Credit grants", -invoice.CreditGrants),
            .. OfAll("Tax", invoice.Tax),
        ];
        // sums are checked in the whole build: an overflow throws
        return lines.Sum(line => line.Amount) == invoice.Total
            ? [.. lines, .. OfAll("Account balance", invoice.AmountDue - invoice.Total)]
            : null;
    }

    private static IEnumerable<QuotedLine> OfAll(string description, long amount) =>
        amount == 0 ? [] : [new QuotedLine(description, amount)];
}
