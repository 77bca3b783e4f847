using System.Globalization;
using Npgsql;
using Tollgate.Catalog;
using Tollgate.Storage;

namespace Tollgate.Insight;

/// <summary>
/// The accounts as operators see them, in the order of their ids, a page at a time; or those that a search finds. One
/// statement, whatever it finds.
/// </summary>
internal sealed class FindAccounts(NpgsqlDataSource database, PlanCatalog catalog, BillingClock clock)
{
    public const int PageSizeMax = 100;

    private const string Columns = """
        SELECT account.account_id, account.name, account.billing_email, account.stripe_customer_id,
            state.subscription_id, COALESCE(CASE WHEN state.override_until IS NULL OR state.override_until > @now
                THEN state.override_tier END, state.plan, @without),
            state.override_tier IS NOT NULL AND (state.override_until IS NULL OR state.override_until > @now),
            state.status, state.seats, state.paid_through, state.past_due_since, state.ends_at,
            (SELECT count(*) FROM billing.alerts
                WHERE COALESCE(account_id, '') = account.account_id AND resolved_at IS NULL),
            state.override_until
        """;

    private const string All = $"""
        {Columns}
        FROM billing.accounts account LEFT JOIN billing.subscriptions state USING (account_id)
        WHERE account.account_id > @after ORDER BY account.account_id LIMIT @most
        """;

    private const string One = $"""
        {Columns}
        FROM billing.accounts account LEFT JOIN billing.subscriptions state USING (account_id)
        WHERE account.account_id = @account
        """;

    private const string OpenEnded = $"""
        {Columns}
        FROM billing.subscriptions state JOIN billing.accounts account USING (account_id)
        WHERE state.override_tier IS NOT NULL AND state.override_until IS NULL AND account.account_id > @after
        ORDER BY account.account_id LIMIT @most
        """;

    private const string Found = $"""
        WITH found AS (
            SELECT account_id FROM billing.accounts WHERE account_id = @search
            UNION SELECT account_id FROM billing.stripe_bindings WHERE stripe_id = @search
            UNION SELECT account_id FROM billing.accounts
            WHERE to_tsvector('simple', name || ' ' || replace(billing_email, '@', ' ')) @@ to_tsquery('simple', @words)
        )
        {Columns}
        FROM found JOIN billing.accounts account USING (account_id)
        LEFT JOIN billing.subscriptions state USING (account_id)
        WHERE account.account_id > @after ORDER BY account.account_id LIMIT @most
        """;

    /// <param name="search">
    /// An account's id, Stripe's id of its customer or one of its subscriptions, or beginnings of the words of its name
    /// or its billing e-mail. Empty finds all.
    /// </param>
    /// <param name="after">The cursor of the former page; empty for the first.</param>
    public async Task<AccountPage> RunAsync(string search, string after, int most, CancellationToken cancellationToken)
    {
        most = Math.Clamp(most, 1, PageSizeMax);
        var given = search.Trim();
        var rows = await database
            .CreateCommand(given.Length == 0 ? All : Found)
            .With("search", given)
            .With("words", WordsOf(given))
            .With("now", clock.Now)
            .With("without", catalog.WithoutSubscription.Id)
            .With("after", after)
            .With("most", most + 1)
            .ReadAsync(Read, cancellationToken);
        return PageOf(rows, most);
    }

    /// <summary>
    /// Those whose tier was set by hand without an end, which only an operator ends (decision S10).
    /// </summary>
    public async Task<AccountPage> OpenEndedAsync(string after, int most, CancellationToken cancellationToken)
    {
        most = Math.Clamp(most, 1, PageSizeMax);
        var rows = await database
            .CreateCommand(OpenEnded)
            .With("now", clock.Now)
            .With("without", catalog.WithoutSubscription.Id)
            .With("after", after)
            .With("most", most + 1)
            .ReadAsync(Read, cancellationToken);
        return PageOf(rows, most);
    }

    private static AccountPage PageOf(List<AccountRow> rows, int most)
    {
        var page = rows.Take(most).ToList();
        return new AccountPage(page, rows.Count > most ? page[^1].Account : null);
    }

    /// <summary>Null when there is no such account.</summary>
    public async Task<AccountRow?> FindAsync(string account, CancellationToken cancellationToken)
    {
        var found = await database
            .CreateCommand(One)
            .With("account", account)
            .With("now", clock.Now)
            .With("without", catalog.WithoutSubscription.Id)
            .ReadAsync(Read, cancellationToken);
        return found is [var one] ? one : null;
    }

    /// <summary>
    /// Every word as the beginning of one. Quoted, so that nothing that was typed is an operator of the query.
    /// </summary>
    internal static string WordsOf(string search) =>
        string.Join(
            " & ",
            search
                .Replace('@', ' ')
                .Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)
                .Select(word => word.Replace("'", "''", StringComparison.Ordinal))
                .Select(word => word.Replace(@"\", @"\\", StringComparison.Ordinal))
                .Select(word => string.Create(CultureInfo.InvariantCulture, $"'{word}':*"))
        );

    private static AccountRow Read(NpgsqlDataReader row) =>
        new(row.GetString(0), row.GetString(1), row.GetString(2))
        {
            Customer = row.Nullable<string>(3),
            Subscription = row.Nullable<string>(4),
            Tier = row.GetString(5),
            IsOverridden = !row.IsDBNull(6) && row.GetBoolean(6),
            Status = row.Nullable<string>(7),
            Seats = row.IsDBNull(8) ? null : row.GetInt32(8),
            PaidThrough = row.IsDBNull(9) ? null : row.Time(9),
            PastDueSince = row.IsDBNull(10) ? null : row.Time(10),
            EndsAt = row.IsDBNull(11) ? null : row.Time(11),
            OpenAlerts = row.GetInt64(12),
            OverrideUntil = row.IsDBNull(13) ? null : row.Time(13),
        };
}

/// <param name="Next">The cursor of the next page; null when this is the last.</param>
internal sealed record AccountPage(IReadOnlyList<AccountRow> Accounts, string? Next);

/// <summary>An account in a list.</summary>
internal sealed record AccountRow(string Account, string Name, string BillingEmail)
{
    /// <summary>Stripe's id; null before the first checkout.</summary>
    public string? Customer { get; init; }

    public string? Subscription { get; init; }

    /// <summary>The tier that holds now.</summary>
    public required string Tier { get; init; }

    /// <summary>The tier is an administrator's word (decision S10).</summary>
    public bool IsOverridden { get; init; }

    /// <summary>When that ends by itself; null where it does not, or there is none.</summary>
    public DateTimeOffset? OverrideUntil { get; init; }

    /// <summary>The contract's word for the subscription's status.</summary>
    public string? Status { get; init; }

    public int? Seats { get; init; }

    public DateTimeOffset? PaidThrough { get; init; }

    public DateTimeOffset? PastDueSince { get; init; }

    public DateTimeOffset? EndsAt { get; init; }

    public long OpenAlerts { get; init; }
}
