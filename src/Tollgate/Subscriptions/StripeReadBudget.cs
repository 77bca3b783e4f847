using Npgsql;
using Tollgate.Storage;

namespace Tollgate.Subscriptions;

/// <summary>
/// What all nodes together may read from Stripe in a second: a token bucket in one row, from which each node leases a
/// few at a time (decision W4).
/// </summary>
internal sealed class StripeReadBudget(NpgsqlDataSource database, TimeProvider machineTime) : IDisposable
{
    private const int Chunk = 5;

    /// <summary>Reads a second, of Stripe's limit of 25 in test and 100 in live mode.</summary>
    internal const double Rate = 20;

    private static readonly TimeSpan RetryAfter = TimeSpan.FromMilliseconds(100);

    private readonly SemaphoreSlim gate = new(1);
    private int leased;

    public void Dispose() => gate.Dispose();

    /// <summary>Waits until one more read is allowed.</summary>
    public async Task SpendAsync(CancellationToken cancellationToken)
    {
        await gate.WaitAsync(cancellationToken);
        try
        {
            while (leased == 0 && !await TryLeaseAsync(cancellationToken))
            {
                await Task.Delay(RetryAfter, machineTime, cancellationToken);
            }

            leased--;
        }
        finally
        {
            gate.Release();
        }
    }

    private async Task<bool> TryLeaseAsync(CancellationToken cancellationToken)
    {
        var rows = await database
            .CreateCommand(
                """
                UPDATE billing.stripe_read_budget SET refilled_at = clock_timestamp(), tokens =
                    LEAST(@rate, tokens + @rate * EXTRACT(EPOCH FROM clock_timestamp() - refilled_at)) - @chunk
                WHERE LEAST(@rate, tokens + @rate * EXTRACT(EPOCH FROM clock_timestamp() - refilled_at)) >= @chunk
                """
            )
            .With("rate", Rate)
            .With("chunk", (double)Chunk)
            .RunAsync(cancellationToken);
        leased = rows == 1 ? Chunk : 0;
        return rows == 1;
    }
}
