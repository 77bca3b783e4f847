using Tollgate.Alerts;

namespace Tollgate.Changes;

/// <summary>
/// More or fewer seats on the plan that holds: first a quote, then the change exactly as quoted. On a monthly plan the
/// difference comes with the next invoice, on a yearly one it is charged at once.
/// </summary>
public sealed class ChangeSeats
{
    private readonly QuoteChange quote;
    private readonly ApplyChange apply;
    private readonly LastingRefusals refusals;

    internal ChangeSeats(QuoteChange quote, ApplyChange apply, LastingRefusals refusals)
    {
        this.quote = quote;
        this.apply = apply;
        this.refusals = refusals;
    }

    /// <summary>What it would cost, by Stripe's preview, kept as a quote for an hour; nothing changes.</summary>
    /// <param name="seats">After the change.</param>
    public Task<Outcome<Quote>> PreviewAsync(AccountId account, int seats, CancellationToken cancellationToken) =>
        refusals.WatchAsync(
            "preview of seats",
            quote.RunAsync(account, ChangeRequest.OtherSeats(seats), cancellationToken)
        );

    /// <summary>Changes it for what the quote said, or refuses.</summary>
    /// <param name="seats">Of the preview.</param>
    /// <param name="prorationDate">Of the preview that was accepted: its <see cref="Quote.ProrationDate"/>.</param>
    /// <returns>
    /// The quote; while it is <see cref="QuoteState.AwaitingPayment"/> the bank asks the payer to confirm, and the
    /// change comes about with that.
    /// </returns>
    public Task<Outcome<Quote>> ApplyAsync(
        AccountId account,
        int seats,
        DateTimeOffset prorationDate,
        CancellationToken cancellationToken
    ) =>
        refusals.WatchAsync(
            "change of seats",
            apply.RunAsync(account, ChangeRequest.OtherSeats(seats), prorationDate, cancellationToken)
        );
}
