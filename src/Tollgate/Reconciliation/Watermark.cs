using Npgsql;
using Tollgate.Storage;

namespace Tollgate.Reconciliation;

/// <summary>
/// How far Stripe's list of events was recorded: one row, worked on under a lease, so that two nodes do not both read
/// the list.
/// </summary>
internal sealed class Watermark(NpgsqlDataSource database)
{
    /// <summary>A node that died keeps others waiting this long; each page extends it.</summary>
    private static readonly TimeSpan LeaseLength = TimeSpan.FromMinutes(2);

    /// <summary>
    /// Null while another node is at it. Before the first run all that was recorded counts, or else all since the first
    /// customer.
    /// </summary>
    public async Task<WatermarkLease?> TryTakeAsync(DateTimeOffset now, CancellationToken cancellationToken)
    {
        var taken = await database
            .CreateCommand(
                """
                UPDATE billing.catch_up SET token = token + 1, leased_until = clock_timestamp() + @length
                WHERE leased_until IS NULL OR leased_until < clock_timestamp()
                RETURNING token, COALESCE(
                    caught_up_to,
                    (SELECT max(stripe_created_at) FROM billing.inbox_receipts),
                    (SELECT min(bound_at) FROM billing.stripe_bindings),
                    @now)
                """
            )
            .With("length", LeaseLength)
            .With("now", now)
            .ReadAsync(row => new WatermarkLease(row.GetInt64(0), row.Time(1)), cancellationToken);
        return taken is [var lease] ? lease : null;
    }

    /// <summary>False when it was lost: another node works on it.</summary>
    public async Task<bool> TryExtendAsync(WatermarkLease lease, CancellationToken cancellationToken) =>
        await database
            .CreateCommand(
                "UPDATE billing.catch_up SET leased_until = clock_timestamp() + @length WHERE token = @token"
            )
            .With("length", LeaseLength)
            .With("token", lease.Token)
            .RunAsync(cancellationToken) == 1;

    /// <summary>All that Stripe made before this time is recorded.</summary>
    public async Task MoveAsync(WatermarkLease lease, DateTimeOffset to, CancellationToken cancellationToken) =>
        await database
            .CreateCommand(
                """
                UPDATE billing.catch_up SET caught_up_to = @to, finished_at = clock_timestamp(), leased_until = NULL
                WHERE token = @token
                """
            )
            .With("to", to)
            .With("token", lease.Token)
            .RunAsync(cancellationToken);

    /// <summary>Ends the lease without a step forward; the next run begins where this one did.</summary>
    public async Task ReleaseAsync(WatermarkLease lease, CancellationToken cancellationToken) =>
        await database
            .CreateCommand("UPDATE billing.catch_up SET leased_until = NULL WHERE token = @token")
            .With("token", lease.Token)
            .RunAsync(cancellationToken);
}

/// <summary>The right to move the watermark, and where it stands.</summary>
internal sealed record WatermarkLease(long Token, DateTimeOffset CaughtUpTo);
