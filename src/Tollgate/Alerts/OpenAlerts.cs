using Npgsql;
using Tollgate.Storage;

namespace Tollgate.Alerts;

/// <summary>What needs an operator and is not resolved yet, the oldest first.</summary>
internal sealed class OpenAlerts(NpgsqlDataSource database)
{
    private const string Columns = "SELECT alert_id, account_id, reason, detail, raised_at FROM billing.alerts";

    public async Task<IReadOnlyList<OpenAlert>> OfAsync(string account, CancellationToken cancellationToken) =>
        await database
            .CreateCommand(
                $"{Columns} WHERE COALESCE(account_id, '') = @account AND resolved_at IS NULL ORDER BY alert_id"
            )
            .With("account", account)
            .ReadAsync(Read, cancellationToken);

    public async Task<IReadOnlyList<OpenAlert>> OfAllAsync(int most, CancellationToken cancellationToken) =>
        await database
            .CreateCommand($"{Columns} WHERE resolved_at IS NULL ORDER BY alert_id LIMIT @most")
            .With("most", most)
            .ReadAsync(Read, cancellationToken);

    private static OpenAlert Read(NpgsqlDataReader row) =>
        new(row.GetInt64(0), row.Nullable<string>(1), row.GetString(2), row.GetString(3), row.Time(4));
}

/// <param name="Account">Null for what is nobody's.</param>
/// <param name="RaisedAt">Machine time.</param>
internal sealed record OpenAlert(long Id, string? Account, string Reason, string Detail, DateTimeOffset RaisedAt);
