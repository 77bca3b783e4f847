using Npgsql;
using Tollgate.Storage;

namespace Tollgate.Deadlines;

/// <summary>
/// One at a time per account, without holding a connection: a lease with a fencing token. The holder may call
/// Stripe; a commit needs that the token is still held, so that an older answer is never saved last. The same row holds
/// the account's next deadline.
/// </summary>
internal sealed class AccountLeases(NpgsqlDataSource database, TimeProvider machineTime)
{
    /// <summary>
    /// For statements that request the sync of several accounts: rows of account and time follow, and then
    /// <see cref="EarlierWins"/>.
    /// </summary>
    public const string RequestRows = "INSERT INTO billing.sync_leases AS lease (account_id, next_due_at)";

    public const string EarlierWins =
        "ON CONFLICT (account_id) DO UPDATE SET next_due_at = LEAST(lease.next_due_at, EXCLUDED.next_due_at)";

    /// <summary>
    /// After this long a lease whose holder died can be taken by another. Longer than a sync's calls to Stripe.
    /// </summary>
    public static readonly TimeSpan Length = TimeSpan.FromSeconds(45);

    private static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(50);

    /// <summary>Takes the lease inside the caller's transaction; null while another holds it.</summary>
    public static Task<AccountLease?> TryTakeAsync(
        NpgsqlConnection connection,
        NpgsqlTransaction? transaction,
        AccountId account,
        CancellationToken cancellationToken
    ) => TryTakeAsync(connection, transaction, account, dueBy: null, cancellationToken);

    /// <param name="dueBy">Null is whenever; else only while the account is due by then.</param>
    internal static async Task<AccountLease?> TryTakeAsync(
        NpgsqlConnection connection,
        NpgsqlTransaction? transaction,
        AccountId account,
        DateTimeOffset? dueBy,
        CancellationToken cancellationToken
    )
    {
        var tokens = await connection
            .Statement(
                transaction,
                """
                INSERT INTO billing.sync_leases AS lease (account_id, sync_token, leased_until)
                VALUES (@account, 1, clock_timestamp() + @length)
                ON CONFLICT (account_id) DO UPDATE
                    SET sync_token = lease.sync_token + 1, leased_until = clock_timestamp() + @length
                    WHERE (lease.leased_until IS NULL OR lease.leased_until < clock_timestamp())
                        AND (@due_by::timestamptz IS NULL OR lease.next_due_at <= @due_by)
                RETURNING sync_token
                """
            )
            .With("account", account)
            .With("due_by", dueBy)
            .With("length", Length)
            .ReadAsync(row => row.GetInt64(0), cancellationToken);
        return tokens is [var token] ? new AccountLease(account, token) : null;
    }

    /// <summary>Waits for the lease, for people who wait too; null when <paramref name="patience"/> is over.</summary>
    public async Task<AccountLease?> TakeAsync(
        AccountId account,
        TimeSpan patience,
        CancellationToken cancellationToken
    )
    {
        var started = machineTime.GetTimestamp();
        while (true)
        {
            await using (var connection = await database.OpenConnectionAsync(cancellationToken))
            {
                if (await TryTakeAsync(connection, transaction: null, account, cancellationToken) is { } lease)
                {
                    return lease;
                }
            }

            if (machineTime.GetElapsedTime(started) >= patience)
            {
                return null;
            }

            await Task.Delay(PollInterval, machineTime, cancellationToken);
        }
    }

    /// <summary>
    /// Ends the lease inside the holder's commit and sets the next deadline. False when the lease was lost meanwhile:
    /// roll back, another has synced since.
    /// </summary>
    public static async Task<bool> TryCommitAsync(
        NpgsqlConnection connection,
        NpgsqlTransaction transaction,
        AccountLease lease,
        DateTimeOffset? nextDueAt,
        CancellationToken cancellationToken
    ) =>
        await connection
            .Statement(
                transaction,
                """
                UPDATE billing.sync_leases SET leased_until = NULL, next_due_at = @due
                WHERE account_id = @account AND sync_token = @token
                """
            )
            .With("account", lease.Account)
            .With("token", lease.Token)
            .With("due", nextDueAt)
            .RunAsync(cancellationToken) == 1;

    /// <summary>
    /// True while nobody else has taken the lease; nobody can until the transaction ends. For writes of a holder whose
    /// calls to Stripe may have outlasted it.
    /// </summary>
    internal static async Task<bool> IsHeldAsync(
        NpgsqlConnection connection,
        NpgsqlTransaction transaction,
        AccountLease lease,
        CancellationToken cancellationToken
    )
    {
        var tokens = await connection
            .Statement(
                transaction,
                """
                SELECT sync_token FROM billing.sync_leases
                WHERE account_id = @account AND sync_token = @token FOR UPDATE
                """
            )
            .With("account", lease.Account)
            .With("token", lease.Token)
            .ReadAsync(row => row.GetInt64(0), cancellationToken);
        return tokens is [_];
    }

    /// <summary>Ends the lease without a commit, if it is still ours. The deadline stays.</summary>
    public async Task ReleaseAsync(AccountLease lease, CancellationToken cancellationToken) =>
        await database
            .CreateCommand(
                "UPDATE billing.sync_leases SET leased_until = NULL WHERE account_id = @account AND sync_token = @token"
            )
            .With("account", lease.Account)
            .With("token", lease.Token)
            .RunAsync(cancellationToken);

    /// <summary>
    /// Requests a sync of the account at this time, or earlier when it is due earlier. It also fences off whoever is
    /// syncing now, who may have asked Stripe before what makes this sync necessary.
    /// </summary>
    public static async Task RequestSyncAsync(
        NpgsqlConnection connection,
        NpgsqlTransaction? transaction,
        AccountId account,
        DateTimeOffset dueAt,
        CancellationToken cancellationToken
    ) =>
        await connection
            .Statement(
                transaction,
                """
                INSERT INTO billing.sync_leases AS lease (account_id, next_due_at) VALUES (@account, @due)
                ON CONFLICT (account_id) DO UPDATE
                    SET next_due_at = LEAST(lease.next_due_at, @due),
                        sync_token = lease.sync_token + 1, leased_until = NULL
                """
            )
            .With("account", account)
            .With("due", dueAt)
            .RunAsync(cancellationToken);

    /// <summary>
    /// Requests a sync of the account at this time, or earlier when it is due earlier. Whoever is syncing now goes on,
    /// and sets the next deadline as it finds best.
    /// </summary>
    internal static async Task AdvanceDeadlineAsync(
        NpgsqlConnection connection,
        NpgsqlTransaction? transaction,
        AccountId account,
        DateTimeOffset dueAt,
        CancellationToken cancellationToken
    ) =>
        await connection
            .Statement(transaction, $"{RequestRows} VALUES (@account, @due) {EarlierWins}")
            .With("account", account)
            .With("due", dueAt)
            .RunAsync(cancellationToken);

    /// <summary>Moves a deadline that could not be met to a later time, unless it was changed meanwhile.</summary>
    public async Task PostponeAsync(
        AccountId account,
        DateTimeOffset now,
        TimeSpan by,
        CancellationToken cancellationToken
    ) =>
        await database
            .CreateCommand(
                """
                UPDATE billing.sync_leases SET next_due_at = @later
                WHERE account_id = @account AND next_due_at <= @now
                """
            )
            .With("account", account)
            .With("now", now)
            .With("later", now + by)
            .RunAsync(cancellationToken);

    /// <summary>Accounts whose deadline has come and whom nobody is syncing, the oldest first.</summary>
    public async Task<List<AccountId>> FindDueAsync(
        DateTimeOffset now,
        int most,
        CancellationToken cancellationToken
    ) =>
        await database
            .CreateCommand(
                """
                SELECT account_id FROM billing.sync_leases
                WHERE next_due_at <= @now AND (leased_until IS NULL OR leased_until < clock_timestamp())
                ORDER BY next_due_at LIMIT @most
                """
            )
            .With("now", now)
            .With("most", most)
            .ReadAsync(row => new AccountId(row.GetString(0)), cancellationToken);
}

/// <summary>The right to sync one account until someone else takes it.</summary>
internal readonly record struct AccountLease(AccountId Account, long Token);
