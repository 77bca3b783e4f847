using Npgsql;
using Tollgate.Storage;

namespace Tollgate.Alerts;

/// <summary>An operator has seen to what an alert was about.</summary>
internal sealed class ResolveAlert(NpgsqlDataSource database)
{
    /// <summary>False when no such alert is open.</summary>
    public async Task<bool> RunAsync(long alertId, string author, CancellationToken cancellationToken)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(author);
        return await database
                .CreateCommand($"{AlertLog.ResolveOpen} alert_id = @id")
                .With("id", alertId)
                .With("by", author)
                .RunAsync(cancellationToken) == 1;
    }
}
