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

    public Task<Outcome<Quote>> PreviewAsync(AccountId account, int seats, CancellationToken cancellationToken) =>
        refusals.WatchAsync(
            "preview of seats",
            quote.RunAsync(account, ChangeRequest.OtherSeats(seats), cancellationToken)
        );

    /// <param name="prorationDate">Of the preview that was accepted.</param>
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
