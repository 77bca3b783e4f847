using Microsoft.EntityFrameworkCore;
using Npgsql;
using Tollgate.Storage;

namespace Tollgate.Changes;

/// <summary>The rows of quotes. The same preview twice within a second is the same quote.</summary>
internal static class Quotes
{
    public static async Task<Quote> KeepAsync(
        IDbContextFactory<TollgateDb> contexts,
        Quote quote,
        CancellationToken cancellationToken
    )
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        if (await FindSameAsync(db, quote, cancellationToken) is { } known)
        {
            return known;
        }

        db.Add(quote);
        try
        {
            await db.SaveChangesAsync(cancellationToken);
            return quote;
        }
        catch (DbUpdateException failure)
            when (failure.InnerException is PostgresException { SqlState: PostgresErrorCodes.UniqueViolation })
        {
            // asked twice at once: the other was faster
            return await FindSameAsync(db, quote, cancellationToken)
                ?? throw new InvalidOperationException("A quote is known by its key and cannot be found.", failure);
        }
    }

    /// <summary>What was last shown of a change at the period's end, while it can be accepted; null for none.</summary>
    public static Task<Quote?> FindOpenAsync(
        TollgateDb db,
        ScheduledChange change,
        DateTimeOffset now,
        CancellationToken cancellationToken
    ) =>
        db.Set<Quote>()
            .AsNoTracking()
            .Where(row => row.AccountId == change.AccountId && row.SubscriptionId == change.SubscriptionId)
            .Where(row => row.Kind == ChangeKind.PlanAtPeriodEnd && row.State == QuoteState.Open)
            .Where(row => row.Price == change.Price && row.Seats == change.Seats)
            .Where(row => row.CreatedAt > now - Quote.Lifetime)
            .OrderByDescending(row => row.CreatedAt)
            .FirstOrDefaultAsync(cancellationToken);

    private static Task<Quote?> FindSameAsync(TollgateDb db, Quote quote, CancellationToken cancellationToken) =>
        db.Set<Quote>()
            .AsNoTracking()
            .SingleOrDefaultAsync(
                row =>
                    row.AccountId == quote.AccountId
                    && row.Kind == quote.Kind
                    && row.ProrationDate == quote.ProrationDate
                    && row.Price == quote.Price
                    && row.Seats == quote.Seats,
                cancellationToken
            );
}
