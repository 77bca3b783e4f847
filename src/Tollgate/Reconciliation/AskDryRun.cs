using Npgsql;
using Tollgate.Storage;

namespace Tollgate.Reconciliation;

/// <summary>
/// Asks this node's worker for a dry run, and does not wait for it. Should the node die, it is to be asked for again.
/// </summary>
internal sealed class AskDryRun(NpgsqlDataSource database)
{
    private readonly SemaphoreSlim asked = new(initialCount: 0);

    /// <summary>False when a run is under way already: there is one at a time.</summary>
    public async Task<bool> RunAsync(CancellationToken cancellationToken)
    {
        var open = await database
            .CreateCommand(
                """
                SELECT EXISTS (SELECT FROM billing.reconcile_runs
                    WHERE finished_at IS NULL AND leased_until > clock_timestamp())
                """
            )
            .ReadAsync(row => row.GetBoolean(0), cancellationToken);
        if (open is [true])
        {
            return false;
        }

        asked.Release();
        return true;
    }

    /// <summary>True as soon as a run is asked for here, false when the time is over.</summary>
    internal async Task<bool> WaitAsync(TimeSpan most, TimeProvider machineTime, CancellationToken cancellationToken)
    {
        using var over = new CancellationTokenSource(most, machineTime);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(over.Token, cancellationToken);
        try
        {
            await asked.WaitAsync(either.Token);
            return true;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return false;
        }
    }
}
