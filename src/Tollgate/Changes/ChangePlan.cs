using Tollgate.Alerts;
using Tollgate.Catalog;

namespace Tollgate.Changes;

/// <summary>
/// Another plan with the seats as they are: first a quote, then the change exactly as quoted. At once it is one of the
/// same interval, up or down; from the end of the period on it may be of another one, too.
/// </summary>
public sealed class ChangePlan
{
    private readonly QuoteChange quote;
    private readonly ApplyChange apply;
    private readonly ChangeAtPeriodEnd later;
    private readonly WithdrawChange waiting;
    private readonly LastingRefusals refusals;
    private readonly PlanCatalog catalog;
    private readonly PriceBook prices;

    internal ChangePlan(
        QuoteChange quote,
        ApplyChange apply,
        ChangeAtPeriodEnd later,
        WithdrawChange waiting,
        LastingRefusals refusals,
        PlanCatalog catalog,
        PriceBook prices
    )
    {
        this.quote = quote;
        this.apply = apply;
        this.later = later;
        this.waiting = waiting;
        this.refusals = refusals;
        this.catalog = catalog;
        this.prices = prices;
    }

    /// <summary>What it would cost, by Stripe's preview, kept as a quote for an hour; nothing changes.</summary>
    /// <param name="priceName">Alias, alias with the prefix <c>price_</c>, or Stripe's id of a price that is
    /// sold.</param>
    public async Task<Outcome<Quote>> PreviewAsync(
        AccountId account,
        string priceName,
        CancellationToken cancellationToken
    )
    {
        var price = prices.FindOffered(catalog, priceName);
        return price.Refusal is { } refusal
            ? refusal
            : await refusals.WatchAsync(
                $"preview of {price.Value!.Price.Alias}",
                quote.RunAsync(account, ChangeRequest.OtherPlan(price.Value!), cancellationToken)
            );
    }

    /// <summary>Changes it for what the quote said, or refuses.</summary>
    /// <inheritdoc cref="PreviewAsync"/>
    /// <param name="prorationDate">Of the preview that was accepted: its <see cref="Quote.ProrationDate"/>.</param>
    /// <returns>
    /// The quote; while it is <see cref="QuoteState.AwaitingPayment"/> the bank asks the payer to confirm, and the
    /// change comes about with that.
    /// </returns>
    public async Task<Outcome<Quote>> ApplyAsync(
        AccountId account,
        string priceName,
        DateTimeOffset prorationDate,
        CancellationToken cancellationToken
    )
    {
        var price = prices.FindOffered(catalog, priceName);
        return price.Refusal is { } refusal
            ? refusal
            : await refusals.WatchAsync(
                $"change to {price.Value!.Price.Alias}",
                apply.RunAsync(account, ChangeRequest.OtherPlan(price.Value!), prorationDate, cancellationToken)
            );
    }

    /// <summary>What it costs from the end of the period on. Nothing is due before, and nothing arranged.</summary>
    /// <inheritdoc cref="PreviewAsync"/>
    public Task<Outcome<Quote>> PreviewAtPeriodEndAsync(
        AccountId account,
        string priceName,
        CancellationToken cancellationToken
    ) => later.PreviewAsync(account, priceName, cancellationToken);

    /// <summary>Arranges the change for the end of the period. The same twice is arranged once.</summary>
    /// <inheritdoc cref="PreviewAsync"/>
    /// <returns>When it takes effect.</returns>
    public async Task<Outcome<DateTimeOffset>> ArrangeAtPeriodEndAsync(
        AccountId account,
        string priceName,
        CancellationToken cancellationToken
    )
    {
        var arranged = await later.ArrangeAsync(account, priceName, cancellationToken);
        return arranged.Refusal is { } refusal ? refusal : arranged.Value!.EffectiveAt;
    }

    /// <summary>
    /// Takes back the change that waits for its payment, or else the one that is arranged for the end of the period.
    /// </summary>
    /// <returns>Why not; null when the subscription goes on as it is.</returns>
    public async Task<Refusal?> TakeBackAsync(AccountId account, CancellationToken cancellationToken)
    {
        var withdrawn = await waiting.RunAsync(account, cancellationToken);
        return withdrawn.Refusal
            ?? (withdrawn.Value ? null : (await later.TakeBackAsync(account, cancellationToken)).Refusal);
    }
}
