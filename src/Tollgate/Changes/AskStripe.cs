using Tollgate.Catalog;
using Tollgate.Stripe;

namespace Tollgate.Changes;

/// <summary>What Stripe's previews say a change would cost. Nothing is changed, there or here.</summary>
internal sealed class AskStripe(StripeClient stripe, PlanCatalog catalog, BillingClock clock)
{
    /// <summary>A change now.</summary>
    public async Task<Outcome<Quote>> NowAsync(
        AccountId account,
        ChangeRequest request,
        ChangeTarget subject,
        CancellationToken cancellationToken
    )
    {
        var price = request.PriceOn(subject);
        var isInvoicedAtOnce = IsInvoicedAtOnce(price, subject);
        var quote = Begun(account, request.Kind, price, request.SeatsOn(subject), subject) with
        {
            PriceId = request.PriceIdOn(subject),
            IsInvoicedAtOnce = isInvoicedAtOnce,
        };
        var preview = await PreviewAsync(quote, quote.Change, cancellationToken);
        if (preview.Refusal is { } refusal)
        {
            return refusal;
        }

        var next = preview;
        if (isInvoicedAtOnce)
        {
            next = await PreviewAsync(quote, WithoutProration(quote), cancellationToken);
            if (next.Refusal is { } later)
            {
                return later;
            }
        }

        return Of(quote, preview.Value!) with
        {
            DueNow = isInvoicedAtOnce ? preview.Value!.AmountDue : 0,
            NextInvoiceTotal = next.Value!.Total,
        };
    }

    /// <summary>A change at the end of the period: the invoice that the next period begins with.</summary>
    public async Task<Outcome<Quote>> AtPeriodEndAsync(
        AccountId account,
        CatalogPrice price,
        ChangeTarget subject,
        CancellationToken cancellationToken
    )
    {
        var quote = Begun(account, ChangeKind.PlanAtPeriodEnd, price, subject.Seats, subject);
        var preview = await PreviewAsync(quote, WithoutProration(quote), cancellationToken);
        return preview.Refusal is { } refusal
            ? refusal
            : Of(quote, preview.Value!) with
            {
                NextInvoiceTotal = preview.Value!.Total,
            };
    }

    // A yearly change is paid at once, and so is a higher monthly plan where the catalog wants the money first.
    private bool IsInvoicedAtOnce(CatalogPrice price, ChangeTarget subject) =>
        price.Price.Interval == BillingInterval.Year
        || (catalog.UpgradeNeedsMoney && catalog.IsAbove(price.Plan, subject.Price.Plan));

    private static SubscriptionItemChange WithoutProration(Quote quote) =>
        quote.Change with
        {
            ProrationBehavior = "none",
            ProrationDate = null,
        };

    private async Task<Outcome<StripeInvoice>> PreviewAsync(
        Quote quote,
        SubscriptionItemChange change,
        CancellationToken cancellationToken
    )
    {
        var interactive = stripe.With(StripePatience.Interactive);
        var preview = await interactive.PreviewInvoice(quote.SubscriptionId, change, cancellationToken);
        return preview.Refusal is { } refusal ? new StripeSaidNo(refusal)
            : QuotedLines.Of(preview.Value) is null ? new QuoteDoesNotAddUp()
            : preview.Value;
    }

    private Quote Begun(AccountId account, ChangeKind kind, CatalogPrice price, int seats, ChangeTarget subject)
    {
        var now = clock.Now;
        return new Quote
        {
            AccountId = account,
            Kind = kind,
            ProrationDate = DateTimeOffset.FromUnixTimeSeconds(now.ToUnixTimeSeconds()),
            Price = price.Price.Alias,
            Seats = seats,
            SubscriptionId = subject.Subscription.Id,
            Basis = subject.Basis,
            ItemId = subject.Item.Id,
            PriceId = price.StripeId,
            IsInvoicedAtOnce = false,
            PeriodEnd = subject.Item.CurrentPeriodEnd,
            Currency = string.Empty,
            AmountDue = 0,
            DueNow = 0,
            NextInvoiceTotal = 0,
            Lines = [],
            CreatedAt = now,
        };
    }

    private static Quote Of(Quote begun, StripeInvoice preview) =>
        begun with
        {
            Currency = preview.Currency,
            AmountDue = preview.AmountDue,
            Lines = QuotedLines.Of(preview)!,
        };
}
