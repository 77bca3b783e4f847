using Npgsql;
using Tollgate.Storage;

namespace Tollgate.Insight;

/// <summary>An operator has seen to what an alert was about.</summary>
public sealed class ResolveAlert(NpgsqlDataSource database)
{
    /// <summary>False when no such alert is open.</summary>
    public async Task<bool> RunAsync(long alertId, string author, CancellationToken cancellationToken)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(author);
        return await database
                .CreateCommand(
                    """
                    UPDATE billing.alerts SET resolved_at = clock_timestamp(), resolved_by = @author
                    WHERE alert_id = @id AND resolved_at IS NULL
                    """
                )
                .With("id", alertId)
                .With("author", author)
                .RunAsync(cancellationToken) == 1;
    }
}
